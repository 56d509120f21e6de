import type { Domain } from "../ir/domain.ts";
import type { Expression } from "../ir/expression.ts";
import type { Context, Mode } from "./operation.ts";

/**
 * What properties may know of the acting task. In a scenario these read owner ids and counters; in C,
 * where a lock may have been taken by a caller, `held` and `notHeld` are both false of one never touched.
 */
export interface Observations {
  /** Known to be held by the acting task. */
  held(lock: string, instance?: Expression): Expression;
  /** Known not to be held by the acting task. */
  notHeld(lock: string, instance?: Expression): Expression;
  /** Known not to be held, as the task tried for it and was refused; undefined where that is not told apart. */
  refused?(lock: string, instance?: Expression): Expression;
  /** Neither taken nor released by the acting task: its caller's business; undefined where all is known. */
  untouched?(lock: string, instance?: Expression): Expression;
  /** Known to be held in this mode; undefined where modes are not told apart. */
  heldAs?(lock: string, mode: Mode, instance?: Expression): Expression;
  /** Nesting relative to the function's entry; negative when left more often than entered. */
  depth(context: Context): Expression;
  /** Sleeping is forbidden here: preempt_count is not zero, irqs are off, or RCU nests; but for `besides`. */
  inAtomic(besides?: Context): Expression;
  /** A page-table mapping is live, so that ptes may be touched through it. */
  mapped(): Expression;
  /** Known not to be: unmapped by this function. */
  notMapped(): Expression;
  /** What is unmapped was never mapped here, and another mapping is live whose lock goes with it; where told apart. */
  mappedElsewhere?(): Expression;
  /** References the acting task holds on an object beyond those it came with. */
  references(object: string, instance?: Expression): Expression;
  /** The lock classes that there are; undefined where they are not known. */
  readonly locks?: readonly string[];
  /** What the instances of an object are numbered by; undefined where there is only one, or none is told apart. */
  instances?(object: string): Domain | undefined;
  /** The ptes from `instance` on, `extent` of them, are one, or map consecutive pages of one folio. */
  sameFolio?(instance: Expression, extent: Expression): Expression;
  /** Some processor still translates by what a pte said before: a fact, whatever the kernel believes. */
  staleTranslation?(pte?: Expression): Expression;
}
