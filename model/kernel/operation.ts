import type { Expression } from "../ir/expression.ts";

/**
 * What a kernel call does, apart from where its state is kept. A binding gives each operation its guard
 * and updates: in a scenario on owner ids and counters, in C on a small enum per lock.
 */
export type Operation =
  | LockOperation
  | PassageOperation
  | ContextOperation
  | ObjectOperation
  | AssumptionOperation
  | RequirementOperation
  | SleepOperation;

export type Mode = "exclusive" | "shared";

/** Whose lock: the how-manieth argument of the call, or its result (`"result"`). */
export type Operand = number | "result";

export interface LockOperation {
  readonly kind: "acquire" | "release";
  /** The lock class: ptl, mmap_lock, folio-lock, spinlock, mutex, ... */
  readonly object: string;
  readonly mode: Mode;
  readonly operand?: Operand;
  /** What leads from the operand to the lock, e.g. `->i_rwsem`; the whole path where there is no operand. */
  readonly path?: string;
  /** Whatever was held before: a walk that goes on, a helper that changes one lock for another. */
  readonly regardless?: boolean;
  readonly instance?: Expression;
}

/** A callee that takes the lock, waiting for it, and has released it again when it returns. */
export interface PassageOperation {
  readonly kind: "acquire-release";
  /** How many calls below the callee it happens. */
  readonly depth: number;
  readonly object: string;
  readonly mode: Mode;
  readonly operand?: Operand;
  readonly path?: string;
}

/** Nesting contexts of the running task. */
export type Context = "rcu" | "srcu" | "preempt" | "irq" | "bh" | "lazy-mmu" | "lazy-mmu-pause" | "migrate";

export interface ContextOperation {
  readonly kind: "enter" | "leave";
  readonly object: Context;
  readonly operand?: Operand;
  /** It may be entered once more while it is entered, and is left as often. */
  readonly mode?: "nesting";
}

/**
 * `get` and `put` count references; `map` and `unmap` a page table or page; `access` reads or writes
 * ptes; `declare` makes a list, `fill` puts something on it, `drain` may take something off any; `save` and
 * `restore` are about interrupt flags; `age` and `isolate` are what is done to a pte's page; `put-back`
 * undoes the latest isolation; `reclaim` empties the isolated list;
 * `flush` ends what a batched TLB flush left pending; `split` is a folio split that succeeded or failed;
 * `wait` ends once nobody holds the object; `return` leaves the function.
 */
export interface ObjectOperation {
  readonly kind:
    | "get"
    | "put"
    | "map"
    | "unmap"
    | "access"
    | "declare"
    | "fill"
    | "drain"
    | "save"
    | "restore"
    | "age"
    | "isolate"
    | "put-back"
    | "reclaim"
    | "flush"
    | "defer-flush"
    | "split"
    | "table-gone"
    | "wait"
    | "return";
  /** pte, pte-table, folio, kmap, irq-flags, tlb, function, ... */
  readonly object: string;
  readonly operand?: Operand;
  /** What leads from the operand to the object, e.g. `->flags`. */
  readonly path?: string;
  /** Whatever was kept there before. */
  readonly regardless?: boolean;
  readonly instance?: Expression;
  /** How many from `instance` on; one where absent. */
  readonly extent?: Expression;
  /** What matters to a property: a split `failed`, a `batch` of ptes is accessed as one, one is `non-present`. */
  readonly mode?: string;
}

/** What an assertion says of a lock, whatever its class: that it is held, or was taken or released. */
export interface AssumptionOperation {
  readonly kind: "assume";
  readonly object: "lock";
  readonly mode: "held" | "held-shared" | "taken" | "released";
  readonly operand: Operand;
  readonly path?: string;
}

/** What a callee demands of its caller: a lock, whatever its class, held; in the mode that it names, if any. */
export interface RequirementOperation {
  readonly kind: "require";
  readonly object: "lock";
  readonly mode?: Mode;
  readonly operand?: Operand;
  readonly path?: string;
}

export interface SleepOperation {
  /** `may-sleep` is the debug check (might_sleep); `schedule` really gives up the processor. */
  readonly kind: "may-sleep" | "schedule";
  readonly object: "task";
}
