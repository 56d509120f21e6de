import type { Knowledge } from "../model/c/knowledge/index.ts";
import { type CallText, splitTop, type UnitFunction } from "../model/c/source/index.ts";

/** By the name of a callee the last words of the locks that functions which call it take. */
export type LockWords = ReadonlyMap<string, ReadonlySet<string>>;

/** What functions call beside locks that they take: where a callee takes one of these, it may be theirs. */
export function calledBesideLocks(functions: readonly UnitFunction[], known: Knowledge): LockWords {
  const found = new Map<string, Set<string>>();
  for (const { ownCalls, calls } of functions) {
    const words = ownCalls.flatMap((each) => lockWordsOf(each, known));
    if (words.length === 0) continue;
    for (const name of calls) found.set(name, new Set([...(found.get(name) ?? []), ...words]));
  }
  return found;
}

/** The last word of each lock that a call takes: `lock` of `&box->lock`. */
export function lockWordsOf(
  { name, arguments: given }: Pick<CallText, "name" | "arguments">,
  known: Knowledge,
): readonly string[] {
  const operations = (known.find(name, [])?.outcomes ?? []).flatMap(({ does }) =>
    does.map(({ operation }) => operation),
  );
  const taken = operations.flatMap((operation) =>
    operation.kind === "acquire" && typeof operation.operand === "number" ? [operation.operand] : [],
  );
  return [...new Set(taken)].flatMap(
    (position) => /(\w+)\W*$/.exec(splitTop(given)[position] ?? "")?.[1] ?? [],
  );
}
