import { splitOutside } from "./names.ts";

/** A parameter, and what a call gives it. */
export interface Given {
  readonly name: string;
  /** As declared: `struct box *box`. */
  readonly declaration: string;
  readonly argument: string;
}

/** The declarations between the parentheses of a head; undefined where they cannot be told. */
export function parametersOf(head: string, name: string): readonly Given[] | undefined {
  const opening = new RegExp(`\\b${name}\\s*\\(`).exec(head);
  if (!opening) return undefined;
  const from = opening.index + opening[0].length;
  let depth = 1;
  let at = from;
  for (; at < head.length && depth > 0; at++) depth += head[at] === "(" ? 1 : head[at] === ")" ? -1 : 0;
  const declared = splitOutside(head.slice(from, at - 1), ",").map((each) =>
    each.replace(/\s+/g, " ").trim(),
  );
  if (declared.join() === "void" || declared.join() === "") return [];
  const named = declared.map((declaration) => ({
    name:
      /^[^()]*?(\w+)(?:\s*\[[^\]]*\])*$/.exec(declaration)?.[1] ??
      /\(\s*\*\s*(\w+)\s*\)/.exec(declaration)?.[1] ??
      "",
    declaration: declaration.replace(/\b(\w+)\s*\[[^\]]*\]$/, "*$1"),
    argument: "",
  }));
  return named.some((each) => each.name === "" || each.declaration === "...") ? undefined : named;
}

/** Whether a body may change a variable, or let others do so by its address. */
export function isChanged(name: string, code: string): boolean {
  const changes = [
    `(?<![\\w.]|->|[;{})]\\s*\\*\\s*)${name}\\s*(?:=(?!=)|[-+*/%|&^]=|<<=|>>=|\\+\\+|--)`,
    `(?:\\+\\+|--)\\s*${name}\\b`,
    `(?<![&\\w)\\]]\\s?)&\\s*${name}\\b(?!\\s*(?:->|\\.|\\[))`,
    `\\w*for_each\\w*\\(\\s*${name}\\b`,
  ];
  return changes.some((each) => new RegExp(each).test(code));
}

const CONSTANT = /^-?(?:\d\w*|[A-Z_][A-Z0-9_]*|true|false)$/;
const PLACE = /^[A-Za-z_]\w*$|^&[a-z_]\w*(?:(?:->|\.)\w+)*$/;

/** An argument that may stand where the parameter stands: constants, plain names and addresses of members. */
export const isReplaceable = ({ name, argument }: Given, code: string): boolean =>
  (CONSTANT.test(argument) || PLACE.test(argument)) && !isChanged(name, code);
