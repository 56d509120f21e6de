import type { Key } from "../model/c/index.ts";

/** A lock by its kind and its last name, by which functions that reach it otherwise may mean the same. */
export const lockName = ({ object, text }: Key): string =>
  `${object} ${/(?:->|\.)(\w+)[^>.]*$/.exec(text)?.[1] ?? text}`;

/** The last name in a path, whatever leads there; all of it where it has none. */
export const lastNameOf = (path: string): string => /(\w+)\W*$/.exec(path)?.[1] ?? path;
