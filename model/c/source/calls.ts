import { closingParenthesis } from "./normalise.ts";

/** A call, as far as it can be told without parsing. */
export interface CallText {
  /** The last name of the callee: `lock` of `b->ops->lock(b)`. */
  readonly name: string;
  /** The callee as written, without white space: `b->ops->lock`. */
  readonly callee: string;
  /** The arguments as written, without white space. */
  readonly arguments: string;
  /** Offset of the callee in the text. */
  readonly at: number;
  /** The call is a statement of its own: nothing uses what it returns. */
  readonly discarded: boolean;
}

const CALLEE =
  /(?<![\w.>]|-)((?:\(\s*\*?\s*)?)([A-Za-z_]\w*(?:\s*\[[^\][;{}]*\])*(?:\s*(?:->|\.)\s*\w+(?:\s*\[[^\][;{}]*\])*)*)(\s*\))?\s*\(/g;
const NO_CALLEE =
  /^(?:if|while|for|switch|return|sizeof|typeof|__typeof__|defined|else|do|case|_Generic|__attribute__)$/;

/** The calls in a text whose comments and literals are blanked, in their order; calls within arguments too. */
export function callsIn(text: string): readonly CallText[] {
  const calls: CallText[] = [];
  CALLEE.lastIndex = 0;
  for (let found = CALLEE.exec(text); found; found = CALLEE.exec(text)) {
    const [whole, open = "", path = "", close = ""] = found;
    const inside = found.index + whole.length;
    // What the arguments call is found next.
    CALLEE.lastIndex = inside;
    if (NO_CALLEE.test(path) || (open === "") !== (close === "")) {
      // `if (f(x))` and `return (*f)(x)`: a callee may stand within the parentheses.
      const isBefore = open === "" && close === "";
      CALLEE.lastIndex = isBefore
        ? inside - (path === "return" ? 1 : 0)
        : found.index + Math.max(1, open.length);
      continue;
    }
    const name = /(\w+)(?:\s*\[[^\]]*\])*$/.exec(path)?.[1] ?? "";
    const end = closingParenthesis(text, inside);
    calls.push({
      name,
      callee: path.replace(/\s/g, ""),
      arguments: text.slice(inside, end < 0 ? text.length : end).replace(/\s/g, ""),
      at: found.index + open.length,
      discarded: isStatement(text, found.index, end),
    });
  }
  return calls;
}

function isStatement(text: string, from: number, end: number): boolean {
  if (end < 0 || !/^\s*;/.test(text.slice(end + 1, end + 80))) return false;
  const before = text.slice(Math.max(0, from - 200), from).trimEnd();
  return before === "" || /[;{}):]$|\b(?:else|do)$|\(void\)$/.test(before);
}

/** The first argument as written; empty where there is none. */
export const firstArgument = ({ arguments: all }: CallText): string =>
  /^(?:[^,()]|\([^()]*\))*/.exec(all)?.[0] ?? "";
