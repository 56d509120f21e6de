import { type CallEffect, type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import type { CallText } from "../model/c/source/index.ts";
import type { FunctionsByName } from "./functions-by-name.ts";

/** What functions of a source do in those readings of their `#if`s in which it is something else, by name. */
export type OtherEffects = ReadonlyMap<string, readonly (CallEffect | undefined)[]>;

interface Source {
  readonly known: Knowledge;
  readonly own: FunctionsByName;
}

/**
 * The calls of functions whose effect an `#if` decides on: those that leave locks otherwise, and in a function that takes
 * a lock itself also those that take one and give it back.
 */
export function varyingCalls(
  calls: readonly CallText[],
  varying: OtherEffects,
  { known, own }: Source,
): readonly CallText[] {
  if (varying.size === 0) return [];
  const isHolding = calls.some(({ name }) => !own.has(name) && takesLocks(known, name));
  const varies = (name: string) =>
    (varying.get(name) ?? []).some((other) => isHolding || leftBy(other) !== leftBy(known.find(name, [])));
  return calls.filter(({ name, callee }) => name === callee && varies(name));
}

/** What is taken and given back does not count. */
const leftBy = (effect: CallEffect | undefined): string =>
  JSON.stringify(
    (effect?.outcomes ?? []).flatMap(({ does, forgets = [], taints = [], returns }) => {
      const left = [...does, ...forgets].filter(({ operation }) => operation.kind !== "acquire-release");
      return left.length + taints.length > 0 ? [[returns, left, taints]] : [];
    }),
  );
