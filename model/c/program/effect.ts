import type { Operation } from "../../kernel/operation.ts";
import type { Outcome, Primitive, ReturnClass } from "../../kernel/primitive.ts";
import { ANY, type Mask, NEGATIVE, POSITIVE, ZERO } from "../flow/graph.ts";

/** An operation of a callee on a lock that it reaches from an argument or knows by name. */
export interface PlacedOperation {
  readonly operation: Operation;
  /** What follows the operand in the lock's path, e.g. `->lru_lock`; or a global's whole path. */
  readonly path?: string;
}

export interface CallOutcome {
  readonly name: string;
  readonly weight: 0 | 1;
  readonly does: readonly PlacedOperation[];
  readonly returns: Mask;
}

/** What a call can do, on whose word. */
export interface CallEffect {
  readonly name: string;
  readonly outcomes: readonly CallOutcome[];
  /** Kernel file and function, `config`, `annotation`, `summary` or `inferred`. */
  readonly source: string;
  /** It may change any lock it can name: it was not understood itself. */
  readonly taints?: boolean;
}

/** Finds what is believed of a call; undefined for one that leaves locks and contexts alone. */
export type FindEffect = (name: string) => CallEffect | undefined;

const MASKS: Readonly<Record<ReturnClass, Mask>> = {
  void: ANY,
  any: ANY,
  zero: ZERO,
  nonzero: NEGATIVE | POSITIVE,
  null: ZERO,
  pointer: POSITIVE,
  negative: NEGATIVE,
};

export function effectOf(row: Primitive): CallEffect {
  return { name: row.name, source: row.kernel, outcomes: mergeAlike(row.outcomes.map(outcomeOf)) };
}

function outcomeOf({ name, weight, does, returns }: Outcome): CallOutcome {
  return { name, weight, does: does.map((operation) => ({ operation })), returns: MASKS[returns] };
}

/** Outcomes that a caller can't tell apart count once; of those, one that sleeps stands for the others. */
function mergeAlike(outcomes: readonly CallOutcome[]): readonly CallOutcome[] {
  const byLook = new Map<string, CallOutcome>();
  for (const each of outcomes) {
    const look = JSON.stringify([each.does.filter((one) => !sleeps(one)), each.returns]);
    const known = byLook.get(look);
    if (!known || (!known.does.some(sleeps) && each.does.some(sleeps))) byLook.set(look, each);
  }
  return [...byLook.values()];
}

const sleeps = ({ operation: { kind } }: PlacedOperation): boolean =>
  kind === "may-sleep" || kind === "schedule";
