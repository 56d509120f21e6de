import { ANY } from "../model/c/index.ts";
import type { CallEffect, Knowledge, SleepChain } from "../model/c/knowledge/index.ts";
import { splitTop, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { asksForSleep, clearsSleep } from "../model/kernel/table/gfp.ts";
import { maySleep } from "../model/kernel/table/operations.ts";

/**
 * A function that hands its flags on to an allocation, or `gfp_t` flags to what is not known: it sleeps where they allow it
 * (include/linux/sched/mm.h: might_alloc).
 */
export interface FlagWrapper {
  /** Which of its parameters they are; from 0. */
  readonly position: number;
  /** How it comes to the allocation. */
  readonly chain: SleepChain;
}

/** Wrappers within wrappers that are followed. */
const MAX_DEPTH = 3;

/** The functions of a source that hand a parameter on as the flags of an allocation, by others of them too. */
export function flagWrappersIn(unit: Unit, known: Knowledge): ReadonlyMap<string, FlagWrapper> {
  const found = new Map<string, FlagWrapper>();
  const positionOf = (name: string) => known.flagsArgument?.(name) ?? found.get(name)?.position;
  for (let depth = 0, before = -1; depth < MAX_DEPTH && before !== found.size; depth++) {
    before = found.size;
    for (const each of unit.functions) {
      if (each.parameters.length === 0 || found.has(each.name)) continue;
      const wrapper = wrapperOf(each, unit, positionOf);
      if (!wrapper) continue;
      const { position, callee, chain } = wrapper;
      found.set(each.name, { position, chain: [...chain, ...(found.get(callee)?.chain ?? [])] });
    }
  }
  return found;
}

function wrapperOf(
  each: UnitFunction,
  { lines }: Unit,
  positionOf: (name: string) => number | undefined,
): (FlagWrapper & { readonly callee: string }) | undefined {
  const flagsOf = (given: string) =>
    each.parameters.findIndex((name) => new RegExp(`^[(\\s]*${name}\\s*(?:[)|&]|$)`).test(given));
  const isTyped = (position: number) =>
    new RegExp(`\\bgfp_t\\s+${each.parameters[position]}\\b`).test(each.headText);
  let guess: (FlagWrapper & { readonly callee: string }) | undefined;
  for (const { name: callee, arguments: given, at } of each.ownCalls) {
    const all = splitTop(given);
    const argument = positionOf(callee);
    const flags = argument === undefined ? undefined : all[argument];
    const sure = flags !== undefined;
    const position = sure ? flagsOf(flags) : all.map(flagsOf).find((found) => found >= 0 && isTyped(found));
    if (position === undefined || position < 0 || asksForSleep(callee) || clearsSleep(flags ?? given))
      continue;
    const handed = { position, callee, chain: [{ callee, line: lines.lineAt(each.bodyStart + at) }] };
    if (sure) return handed;
    guess ??= handed;
  }
  return guess;
}

/** What such a function does, as its callers see it. */
export const effectOfWrapper = (name: string, { position, chain }: FlagWrapper): CallEffect => ({
  ...{ name, source: "summary", flagsAt: position },
  outcomes: [{ name: "done", weight: 0, does: [{ operation: maySleep, chain }], returns: ANY }],
});
