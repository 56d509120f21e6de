import type { Key } from "../model/c/index.ts";

/** A lock by its kind and its last name, by which functions that reach it otherwise may mean the same. */
export const lockName = ({ object, text }: Key): string =>
  `${object} ${/(?:->|\.)(\w+)[^>.]*$/.exec(text)?.[1] ?? text}`;
