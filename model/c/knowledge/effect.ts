import type { Operation } from "../../kernel/operation.ts";
import type { Outcome, Primitive, ReturnClass } from "../../kernel/primitive.ts";
import { ANY, type Mask, NEGATIVE, POSITIVE, ZERO } from "../flow/graph.ts";
import type { InlineBody } from "../flow/inline.ts";
import type { Expr } from "../syntax/ast.ts";

/** A call on the way to a sleep, and the line of the function before it in the chain that it stands on. */
export interface SleepCall {
  readonly callee: string;
  /** From 1. */
  readonly line: number;
  /** Where it is another file than that of the finding. */
  readonly file?: string;
}

/** The calls by which a function comes to sleep, its own first; the last is of one that sleeps by itself. */
export type SleepChain = readonly SleepCall[];

/**
 * How far the generated list of sleeping calls is to be believed: what it says of a call is `doubtful` where the call
 * asks a driver, a size or its flags first, or where only the name says it.
 */
export type Listed = "certain" | "doubtful";

/** A function of another file, on whose body something rests that is known here. */
export interface OtherSource {
  readonly function: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Nothing but this function can be meant, and all that it does is known: what rests on it need not be a hint. */
  readonly sure: boolean;
}

/** An operation of a callee on a lock that it reaches from an argument or knows by name. */
export interface PlacedOperation {
  readonly operation: Operation;
  /** What follows the operand in the lock's path, e.g. `->lru_lock`; or a global's whole path. */
  readonly path?: string;
  /** The callee's parameters that the path asks for in its indices, with their positions. */
  readonly indices?: readonly { readonly name: string; readonly position: number }[];
  /** Of a sleep: how the callee comes to it. That it does on the path at hand is not known. */
  readonly chain?: SleepChain;
  /** It does, whatever the caller is. */
  readonly confirmed?: true;
  /** Of a sleep: the generated list alone says so. */
  readonly listed?: Listed;
  /** It sets the pointer itself that leads to the lock: each time it is another one. */
  readonly another?: true;
  /** The function of another file that does it. */
  readonly from?: OtherSource;
}

export interface CallOutcome {
  readonly name: string;
  readonly weight: 0 | 1;
  readonly does: readonly PlacedOperation[];
  readonly returns: Mask;
  /** The one value of these signs that it returns, as C code writes it. */
  readonly exactly?: string;
  /** It cannot come about where nothing asks for the result. */
  readonly heeded?: true;
  /** Nothing is known after it of locks of these classes, or of any; of a class with a name, of those called so. */
  readonly taints?: readonly string[] | "all";
  /** Nothing is known after it of the locks that these are about. */
  readonly forgets?: readonly PlacedOperation[];
  /** Locks that it takes and releases on some ways. */
  readonly mayPass?: readonly PlacedOperation[];
}

/** The name of the outcome of a function without a result (functions/summary.ts). */
export const RETURNS_NOTHING = "returns nothing";

/** What a call can do, on whose word. */
export interface CallEffect {
  readonly name: string;
  readonly outcomes: readonly CallOutcome[];
  /** The position of the argument that it returns, whatever else it does. */
  readonly returnsArgument?: number;
  /** Kernel file and function, `config`, `annotation`, `summary` or `inferred`. */
  readonly source: string;
  /** Its caller's locks and contexts are as they were when it returns. */
  readonly leavesLocks?: true;
  /** By which calls that switch bottom halves or interrupts it takes or releases locks: `acquire irq`. */
  readonly switches?: readonly string[];
  /** It does so only where its argument at this position, flags, allows a sleep. */
  readonly flagsAt?: number;
}

/** On some way out, nothing is known of some lock. */
export const isUnclear = (effect: Pick<CallEffect, "outcomes"> | undefined): boolean =>
  effect?.outcomes.some(({ taints, forgets }) => Boolean(taints) || (forgets?.length ?? 0) > 0) ?? false;

/** What is known of calls. */
export interface Knowledge {
  /** Whether a call of this name can matter: it need not with each set of arguments. */
  matters(name: string): boolean;
  /** What is known of a call; undefined for one that leaves locks and contexts alone. */
  find(name: string, args: readonly Expr[]): CallEffect | undefined;
  /** Whether a call of this name leaves locks alone, while it may sleep or demand one of its caller. */
  leavesLocks?(name: string): boolean;
  /** Whether the source has the function's body: what it does to locks is what is known of it. */
  isDefined?(name: string): boolean;
  /** The body of a function of the source that may be laid in the place of its calls. */
  bodyOf?(name: string): InlineBody | undefined;
  /** Which argument of an allocation has the flags that let it sleep; undefined for other calls. */
  flagsArgument?(name: string): number | undefined;
}

/** By its name: a call that takes a lock where it is free, and fails where it is not. */
export const isTrylock = (name: string): boolean => /(?:^|_)trylock(?:_|$)/.test(name);

const MASKS: Readonly<Record<ReturnClass, Mask>> = {
  void: ANY,
  any: ANY,
  zero: ZERO,
  nonzero: NEGATIVE | POSITIVE,
  null: ZERO,
  pointer: POSITIVE,
  positive: POSITIVE,
  negative: NEGATIVE,
};

export function effectOf(row: Primitive): CallEffect {
  return { name: row.name, source: row.kernel, outcomes: mergeAlike(row.outcomes.map(outcomeOf)) };
}

function outcomeOf({ name, weight, does, forgets = [], returns, exactly, heeded }: Outcome): CallOutcome {
  const told = forgets.filter(isPlaced);
  const taints = forgets.filter((each) => !isPlaced(each)).map(({ object }) => object);
  return {
    name,
    weight,
    does: does.map(placed),
    returns: MASKS[returns],
    ...(exactly !== undefined && { exactly }),
    ...(heeded && { heeded }),
    ...(told.length > 0 && { forgets: told.map(placed) }),
    ...(taints.length > 0 && { taints }),
  };
}

const isPlaced = (operation: Operation): boolean => "operand" in operation || "path" in operation;

const placed = (operation: Operation): PlacedOperation =>
  "path" in operation && operation.path !== undefined ? { operation, path: operation.path } : { operation };

/** Outcomes that a caller can't tell apart count once; of those, one that sleeps stands for the others. */
function mergeAlike(outcomes: readonly CallOutcome[]): readonly CallOutcome[] {
  const byLook = new Map<string, CallOutcome>();
  for (const each of outcomes) {
    const look = JSON.stringify([
      each.does.filter((one) => !sleeps(one)),
      each.forgets,
      each.taints,
      each.returns,
      each.exactly,
    ]);
    const known = byLook.get(look);
    if (!known || (!known.does.some(sleeps) && each.does.some(sleeps))) byLook.set(look, each);
  }
  return [...byLook.values()];
}

const sleeps = ({ operation: { kind } }: PlacedOperation): boolean =>
  kind === "may-sleep" || kind === "schedule";
