import { functionRanges } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { SIDES, type Side } from "../diff/diff.ts";
import { blankComments } from "../rebuild/scan.ts";

/** What a change calls functions that stay what they are, by what they were called. */
export type Renames = ReadonlyMap<string, string>;

interface Defined {
  readonly name: string;
  /** All its words in their order, its own name among them. */
  readonly words: readonly string[];
  /** What is left where the words are taken out. */
  readonly skeleton: string;
}

const WORD = /[A-Za-z_]\w*/g;

/** Functions whose text is the same before and after but for their names and those of others of the kind. */
export function renamesIn(pairs: readonly ImagePair[]): Renames {
  const [gone = [], come = []] = SIDES.map((side) => onlyOn(side, pairs));
  if (gone.length === 0 || come.length === 0) return new Map();
  const alike = new Map<string, Defined[]>();
  for (const each of come) alike.set(each.skeleton, [...(alike.get(each.skeleton) ?? []), each]);
  const found = gone.flatMap((old) => (alike.get(old.skeleton) ?? []).map((each) => [old, each] as const));
  return confirmed(found.flatMap(([old, each]) => assumptionOf(old, each) ?? []));
}

/** Functions with one definition, whose name stands nowhere in the files of the other side. */
function onlyOn(side: Side, pairs: readonly ImagePair[]): readonly Defined[] {
  const texts = (of: Side) => pairs.flatMap((pair) => (pair[of]?.partial === false ? [pair[of].text] : []));
  const own = texts(side).flatMap((text) => functionRanges(text));
  const other = SIDES.filter((each) => each !== side).flatMap(texts);
  const names = new Set(other.flatMap((text) => functionRanges(text).map(({ name }) => name)));
  const count = new Map<string, number>();
  for (const { name } of own) count.set(name, (count.get(name) ?? 0) + 1);
  const single = own.filter(({ name }) => !names.has(name) && count.get(name) === 1);
  if (single.length === 0) return [];
  const said = new Set(other.flatMap((text) => blankComments(text).match(WORD) ?? []));
  return single.filter(({ name }) => !said.has(name)).map(({ name, text }) => definedBy(name, text));
}

function definedBy(name: string, text: string): Defined {
  const code = blankComments(text);
  return { name, words: code.match(WORD) ?? [], skeleton: code.replace(WORD, "$").replace(/\s+/g, "") };
}

interface Assumption {
  readonly from: string;
  readonly to: string;
  /** Other renames without which the two texts differ. */
  readonly needs: ReadonlyMap<string, string>;
}

/** Undefined where one word would have to stand for two. */
function assumptionOf(old: Defined, latest: Defined): Assumption | undefined {
  const needs = new Map<string, string>();
  for (const [at, word] of old.words.entries()) {
    const other = latest.words[at] ?? "";
    if ((needs.get(word) ?? other) !== other) return undefined;
    if (word !== other) needs.set(word, other);
  }
  return needs.get(old.name) === latest.name ? { from: old.name, to: latest.name, needs } : undefined;
}

/** Those that rest on nothing but each other, where no two are of one function. */
function confirmed(assumptions: readonly Assumption[]): Renames {
  const isAlone = ({ from, to }: Assumption) =>
    assumptions.every((each) => (each.from === from) === (each.to === to));
  for (let left = assumptions.filter(isAlone); ; ) {
    const renames = new Map(left.map(({ from, to }) => [from, to]));
    const kept = left.filter(({ needs }) => [...needs].every(([from, to]) => renames.get(from) === to));
    if (kept.length === left.length) return renames;
    left = kept;
  }
}

/** A text with the names that functions have after the change. */
export const renamed = (text: string, renames: Renames): string =>
  renames.size === 0 ? text : text.replace(WORD, (word) => renames.get(word) ?? word);
