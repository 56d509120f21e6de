import { mayLeave } from "../../kernel/lock-name.ts";
import type { Knowledge } from "../knowledge/effect.ts";
import type { Unit } from "../source/unit.ts";

/** Whether a name is that of a macro which may leave the function, while nothing in sight says what it is. */
export const isUnseenExit = (
  name: string,
  { macros, functions }: Pick<Unit, "macros" | "functions">,
  known: Pick<Knowledge, "matters">,
): boolean =>
  mayLeave(name) &&
  !macros.names.has(name) &&
  !known.matters(name) &&
  !functions.some((each) => each.name === name);

/** Begins with a mark, so that blanks are read once: looked for from behind, each of many would be read again and again. */
const STATEMENT = /[;{}:)]\s*([A-Za-z_]\w*)(?=\s*;)/g;

/** Where such names stand as statements without arguments; offsets in the text. */
export const bareExits = (text: string): readonly { readonly name: string; readonly at: number }[] =>
  [...text.matchAll(STATEMENT)].flatMap(({ 0: whole, 1: name = "", index }) =>
    mayLeave(name) ? [{ name, at: index + whole.length - name.length }] : [],
  );
