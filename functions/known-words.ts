import { isUnclear, type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import { isOwnerless } from "../model/kernel/counted.ts";
import type { LockWord } from "../model/kernel/lock-name.ts";

const ACQUIRES: ReadonlySet<string> = new Set(["acquire", "enter", "map"]);
const RELEASES: ReadonlySet<string> = new Set(["release", "leave", "unmap"]);

/** What is known of a function, of its outcomes together. */
export function knownWords(known: Knowledge, name: string): readonly LockWord[] {
  const kinds = (known.find(name, [])?.outcomes ?? []).flatMap(({ does }) =>
    does.flatMap(({ operation: { kind, object } }) => (isOwnerless(object) ? [] : [kind])),
  );
  return [
    ...(kinds.some((kind) => ACQUIRES.has(kind)) ? (["acquires"] as const) : []),
    ...(kinds.some((kind) => RELEASES.has(kind)) ? (["releases"] as const) : []),
  ];
}

/** Its summary says what it does to each lock. */
export function isDefinite(known: Knowledge, name: string): boolean {
  const effect = known.find(name, []);
  return !isUnclear(effect) && (effect?.outcomes.some(({ does }) => does.length > 0) ?? false);
}

/** The function of the table that a name stands for: what the kernel's macros call by another name is one. */
export const primitiveOf = (name: string, known: Knowledge): string | undefined =>
  [name, name.replace(/^_+/, ""), name.replace(/^_+raw_/, "")].find((each) => takesLocks(known, each));

/** The word that all of them are. */
export const onlyOne = (words: readonly LockWord[]): LockWord | undefined =>
  new Set(words).size === 1 ? words[0] : undefined;
