import { type CalleeText, calleeBefore } from "./callee.ts";

/** A call, as far as it can be told without parsing. */
export interface CallText extends CalleeText {
  /** The arguments as written, without white space. */
  readonly arguments: string;
  /** The call is a statement of its own: nothing uses what it returns. */
  readonly discarded: boolean;
}

/** In characters: more of a call's arguments is not read, of which calls within calls would make very much. */
const MAX_ARGUMENTS = 2_000;
/** As deep as clang reads brackets; and how far back one that does not match is looked for. */
const MAX_OPEN = 256;
const BRACKET = /[()[\]{};]/g;
const CLOSES: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The calls in a text whose comments and literals are blanked, in their order; calls within arguments too. */
export function callsIn(text: string): readonly CallText[] {
  const pairs = pairsIn(text);
  return pairs.parentheses.flatMap((open) => {
    const callee = calleeBefore(text, open, pairs.opens);
    if (!callee) return [];
    const end = pairs.closes.get(open) ?? -1;
    const last = pairs.deep.has(open) ? open + 1 : end < 0 ? endOfStatement(text, open) : end;
    const inside = text.slice(open + 1, Math.min(last, open + MAX_ARGUMENTS));
    return [{ ...callee, arguments: withoutSpace(inside), discarded: isStatement(text, callee.from, end) }];
  });
}

const withoutSpace = (text: string): string => (/\s/.test(text) ? text.replace(/\s+/g, "") : text);

/** The names that a stretch of text calls, or may call. */
export function calledNames(text: string): ReadonlySet<string> {
  const { parentheses, opens } = pairsIn(text);
  return new Set(parentheses.flatMap((open) => calleeBefore(text, open, opens)?.names ?? []));
}

interface Pairs {
  /** Offsets of opening parentheses. */
  readonly parentheses: readonly number[];
  /** By the offset of a closing bracket, that of the one it closes; and the other way round. */
  readonly opens: ReadonlyMap<number, number>;
  readonly closes: ReadonlyMap<number, number>;
  /** Parentheses within so many brackets that what is in them is not read. */
  readonly deep: ReadonlySet<number>;
}

/** A statement's end closes what is open, but for a statement expression. */
function pairsIn(text: string): Pairs {
  const parentheses: number[] = [];
  const [opens, closes] = [new Map<number, number>(), new Map<number, number>()];
  const open: number[] = [];
  const deep = new Set<number>();
  for (const { 0: bracket, index } of text.matchAll(BRACKET)) {
    if (bracket === "(") parentheses.push(index);
    if (bracket === "(" && open.length > MAX_OPEN) deep.add(index);
    if (bracket === "(" || bracket === "[" || bracket === "{") open.push(index);
    else if (bracket !== ";") {
      const at = matching(open, text, bracket);
      const from = open[at];
      if (from === undefined) continue;
      open.length = at;
      opens.set(index, from);
      closes.set(from, index);
    }
  }
  return { parentheses, opens, closes, deep };
}

/** The place of the bracket that one closes; parentheses close none outside of their block. */
function matching(open: readonly number[], text: string, bracket: string): number {
  for (let at = open.length - 1; at >= Math.max(0, open.length - MAX_OPEN); at--) {
    const letter = text[open[at] ?? 0];
    if (letter === CLOSES[bracket]) return at;
    if (letter === "{" && bracket !== "}") return -1;
  }
  return -1;
}

const endOfStatement = (text: string, from: number): number => {
  const end = text.slice(from, from + 2_000).search(/[;{}]/);
  return end < 0 ? Math.min(text.length, from + 2_000) : from + end;
};

function isStatement(text: string, from: number, end: number): boolean {
  if (end < 0 || !(text[end + 1] === ";" || /^\s+;/.test(text.slice(end + 1, end + 80)))) return false;
  const before = text.slice(Math.max(0, from - 200), from).trimEnd();
  return before === "" || /[;{}):]$|\b(?:else|do)$|\(void\)$/.test(before);
}

/** The first argument as written; empty where there is none. */
export const firstArgument = ({ arguments: all }: CallText): string =>
  /^(?:[^,()]|\([^()]*\))*/.exec(all)?.[0] ?? "";
