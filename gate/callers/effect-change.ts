import type { CallEffect, CallOutcome, PlacedOperation } from "../../model/c/knowledge/effect.ts";

/** What a function newly does to a lock of its caller, or no longer does. */
export interface EffectChange {
  readonly lock: string;
  /** In words, after the function's name: `returns with x->lock held`. */
  readonly words: string;
  /** It leaves its callers' locks alone now. */
  readonly neutral: boolean;
}

const WORDS: Readonly<Record<string, string>> = {
  acquire: "held",
  release: "released",
  enter: "entered",
  leave: "left",
  map: "mapped",
  unmap: "unmapped",
};

/**
 * How a function's effect on its callers' locks changed, return class by return class; undefined where it
 * did not, or where one of the two was not understood.
 */
export function effectChange(
  before: CallEffect | undefined,
  after: CallEffect | undefined,
  parameters: readonly string[],
): EffectChange | undefined {
  const [old, fresh] = [before, after].map((each) => each?.outcomes ?? [NEUTRAL]);
  if (!old || !fresh || isUnclear(before) || isUnclear(after)) return undefined;
  const changed = fresh.find((outcome) => {
    const alike = old.filter((each) => each.returns === outcome.returns);
    return !(alike.length > 0 ? alike : old).some((each) => lookOf(each) === lookOf(outcome));
  });
  const neutral = fresh.every((outcome) => lookOf(outcome) === "");
  if (changed) return { ...describe(changed, old, parameters), neutral };
  const gone = old.find(
    (each) => lookOf(each) !== "" && !fresh.some((other) => lookOf(other) === lookOf(each)),
  );
  return gone && { ...describeGone(gone, parameters), neutral };
}

const NEUTRAL: CallOutcome = { name: "returns", weight: 0, does: [], returns: 7 };

/** On some way out, nothing is known of some lock. */
export const isUnclear = (effect: CallEffect | undefined): boolean =>
  effect?.outcomes.some(({ taints, forgets }) => Boolean(taints) || (forgets?.length ?? 0) > 0) ?? false;

/** A spinlock's effect on preemption says nothing that the lock does not. */
function locking({ does }: CallOutcome): readonly PlacedOperation[] {
  const shown = does.filter(({ operation: { kind } }) => kind in WORDS);
  const locks = shown.filter(({ operation }) => operation.object !== "preempt");
  return locks.length > 0 ? locks : shown;
}

const lookOf = (outcome: CallOutcome): string => locking(outcome).map(operationText).sort().join("; ");

function operationText({ operation, path = "" }: PlacedOperation): string {
  const operand = "operand" in operation ? (operation.operand ?? "") : "";
  return `${operation.kind} ${operation.object} ${operand}${path}`;
}

function describe(changed: CallOutcome, old: readonly CallOutcome[], parameters: readonly string[]) {
  const before = new Set(old.flatMap((each) => locking(each).map(operationText)));
  const all = locking(changed);
  const shown = all.find((each) => !before.has(operationText(each))) ?? all[0];
  if (shown) {
    const lock = lockName(shown, parameters);
    return { lock, words: `returns with ${lock} ${WORDS[shown.operation.kind] ?? "changed"}` };
  }
  const [missing] = old.flatMap(locking);
  const lock = missing ? lockName(missing, parameters) : "";
  const word = missing ? (WORDS[missing.operation.kind] ?? "changed") : "changed";
  return { lock, words: `can return without ${lock} ${word}` };
}

/** What it still does besides, it did before. */
function describeGone(gone: CallOutcome, parameters: readonly string[]) {
  const [missing] = locking(gone);
  const lock = missing ? lockName(missing, parameters) : "";
  return {
    lock,
    words: `never returns with ${lock} ${WORDS[missing?.operation.kind ?? ""] ?? "changed"}, as it did`,
  };
}

function lockName({ operation, path = "" }: PlacedOperation, parameters: readonly string[]): string {
  const operand = "operand" in operation ? operation.operand : undefined;
  if (operand === "result") return `the result${path}`;
  if (operand === undefined) return path === "" ? operation.object : path;
  return `${parameters[operand] ?? `argument ${operand + 1}`}${path}`;
}
