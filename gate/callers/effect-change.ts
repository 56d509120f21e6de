import {
  type CallEffect,
  type CallOutcome,
  isUnclear,
  type PlacedOperation,
} from "../../model/c/knowledge/index.ts";

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

/** How what a function does to its callers' locks compares with what it did. */
export type EffectComparison =
  | { readonly kind: "same" }
  | { readonly kind: "changed"; readonly change: EffectChange }
  /** They differ, and one of them does to some lock what is not known. */
  | { readonly kind: "not understood" };

/** Compares two effects of a function, return class by return class; undefined is one that leaves locks alone. */
export function compareEffects(
  before: CallEffect | undefined,
  after: CallEffect | undefined,
  parameters: readonly string[],
): EffectComparison {
  if (isSameEffect(before, after)) return { kind: "same" };
  const [old, fresh] = [before?.outcomes ?? [NEUTRAL], after?.outcomes ?? [NEUTRAL]];
  const change = changeBetween(old, fresh, parameters);
  if (!isUnclear(before) && !isUnclear(after)) return change ? { kind: "changed", change } : { kind: "same" };
  const isKnown = (each: CallOutcome) =>
    unclearIn(each).every((part) =>
      alikeIn(old, each).some((was) => taintsObject(was, part) || tellsUnclear(was, part)),
    );
  return !change && fresh.every(isKnown) ? { kind: "same" } : { kind: "not understood" };
}

/** Outcomes of the same return class; all where there are none. */
function alikeIn(outcomes: readonly CallOutcome[], { returns }: CallOutcome): readonly CallOutcome[] {
  const alike = outcomes.filter((each) => each.returns === returns);
  return alike.length > 0 ? alike : outcomes;
}

/** A lock of which an outcome says that nothing is known; one alone, or all of its kind. */
type Unclear = PlacedOperation | { readonly kind: string };

const unclearIn = ({ taints = [], forgets = [] }: CallOutcome): readonly Unclear[] => [
  ...(taints === "all" ? [taints] : taints).map((kind) => ({ kind })),
  ...forgets,
];

/** A callee that may touch any lock of a kind may touch the function's own as well: its paths tell what becomes of those. */
const taintsObject = ({ taints = [] }: CallOutcome, part: Unclear): boolean =>
  taints === "all" || taints.map(kindOf).includes(kindOf("kind" in part ? part.kind : part.operation.object));

/** The class of the locks that are tainted, without the name that they have. */
const kindOf = (taint: string): string => taint.split(" ")[0] ?? taint;

const tellsUnclear = ({ forgets = [] }: CallOutcome, part: Unclear): boolean =>
  "operation" in part && forgets.some((each) => operationText(each) === operationText(part));

export const isSameEffect = (one: CallEffect | undefined, other: CallEffect | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Undefined where the outcomes do the same to locks. */
function changeBetween(
  old: readonly CallOutcome[],
  fresh: readonly CallOutcome[],
  parameters: readonly string[],
): EffectChange | undefined {
  const changed = fresh.find(
    (outcome) => !alikeIn(old, outcome).some((each) => lookOf(each) === lookOf(outcome)),
  );
  const neutral = fresh.every((outcome) => lookOf(outcome) === "");
  if (changed) return { ...describe(changed, old, parameters), neutral };
  const gone = old.find(
    (each) => lookOf(each) !== "" && !fresh.some((other) => lookOf(other) === lookOf(each)),
  );
  return gone && { ...describeGone(gone, parameters), neutral };
}

const NEUTRAL: CallOutcome = { name: "returns", weight: 0, does: [], returns: 7 };

/** It is known to leave its callers' locks alone. */
export const isNeutral = (effect: CallEffect | undefined): boolean =>
  !isUnclear(effect) && (effect?.outcomes ?? []).every((outcome) => lookOf(outcome) === "");

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
