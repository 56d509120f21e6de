import type { Context, Operation } from "../../kernel/operation.ts";
import type { Action } from "../flow/graph.ts";
import type { CallEffect, CallOutcome, Listed, OtherSource, SleepChain } from "../knowledge/effect.ts";
import type { Aliases } from "./alias.ts";
import type { Key } from "./key.ts";

export type Call = Action & { kind: "call" };

/** An operation of a call in a function, with the lock that it is about. */
export interface ResolvedOperation {
  readonly operation: Operation;
  readonly key?: number;
  /** The lock that a context is entered and left with. */
  readonly coupled?: number;
  /** The lock that is released with an unmapping. */
  readonly releasedWith?: number;
  /** The lock is another one each time: the call looks it up by a number that is counted, or sets what leads to it. */
  readonly another?: true;
  /** The section that it leaves was entered with another index than it gives. */
  readonly isForeign?: boolean;
  /** Interrupts go off or on whatever they were before: no flags are saved or restored. */
  readonly absolute?: boolean;
  /** Of a sleep within a callee: the calls that lead there. */
  readonly chain?: SleepChain;
  readonly confirmed?: true;
  readonly listed?: Listed;
  readonly from?: OtherSource;
}

export interface ResolvedOutcome extends Omit<CallOutcome, "does" | "forgets"> {
  readonly does: readonly ResolvedOperation[];
  /** Keys of which nothing is known after it. */
  readonly forgets: readonly number[];
  /** Contexts of which nothing is known after it. */
  readonly forgetsContexts: readonly Context[];
  /** Keys that it tried for and did not get. */
  readonly refuses: readonly number[];
}

/** A lock that is taken and released with a context, and without it. */
export interface LockVariants {
  /** `bh` or `irq`. */
  readonly context: Context;
  /** The lock's key. */
  readonly lock: number;
  /** Its acquisitions by their nodes, and whether each comes with the context. */
  readonly taken: ReadonlyMap<number, boolean>;
  /** Its releases likewise. */
  readonly given: ReadonlyMap<number, boolean>;
}

/** What a callee's conditions decide on. */
export interface Unclear {
  readonly keys: readonly number[];
  /** It may return with one of the locks or without. */
  readonly isLeft: boolean;
  /** What it returns may tell which. */
  readonly isTold: boolean;
  /** Its result, or what it puts behind pointers, says which way. */
  readonly isKnown: boolean;
}

/** What the calls of a function do, and to which locks. */
export interface ResolvedCalls {
  /** Locks and mappings, then the contexts that are entered or left without a lock. */
  readonly keys: readonly Key[];
  readonly contexts: ReadonlyMap<Context, Key>;
  /** By node of the flow. */
  readonly outcomes: ReadonlyMap<number, readonly ResolvedOutcome[]>;
  /** Locks that are taken and released by calls of different variants. */
  readonly variants: readonly LockVariants[];
  /** By the node behind the body of a callee. */
  readonly unclearBehind: ReadonlyMap<number, Unclear>;
  /** Locks that are only taken with interrupts off, by key. */
  readonly takenWithIrqsOff: ReadonlySet<number>;
  /** Which page-table lock protects the ptes of a mapping, by key. */
  readonly protectors: ReadonlyMap<number, number>;
  /** Temporaries that carry a lock or a mapping which the call itself made. */
  readonly carriers: ReadonlySet<string>;
  /** Keys whose lock another pointer may lead to: what is assumed of them is dropped. */
  readonly mayAlias: ReadonlySet<number>;
  /** By key: those that an assignment may have made the same lock. */
  readonly copies: ReadonlyMap<number, readonly number[]>;
  readonly effects: readonly CallEffect[];
  readonly aliases: Aliases;
  /** Variables that point into the same mapping have one group. */
  readonly groupOf: (name: string) => string;
}
