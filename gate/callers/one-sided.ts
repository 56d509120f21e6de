import type { CallEffect, CallOutcome } from "../../model/c/knowledge/effect.ts";

/** Whether a function does the same to its callers' locks on each way out: a helper that only locks, or only unlocks. */
export function isOneSided(effect: CallEffect | undefined): boolean {
  const [first = "", ...others] = effect?.outcomes.map(lookOf) ?? [];
  return first !== "" && others.every((each) => each === first);
}

const lookOf = ({ does }: CallOutcome): string =>
  does
    .filter(({ operation }) => ONE_SIDED.has(operation.kind))
    .map(({ operation, path = "" }) => JSON.stringify([operation, path]))
    .sort()
    .join();

const ONE_SIDED: ReadonlySet<string> = new Set(["acquire", "release", "enter", "leave", "map", "unmap"]);
