import { boundsOf } from "../model/ir/domain.ts";
import { add, and, constant, type Expression, less, not } from "../model/ir/expression.ts";
import type { Event } from "../model/ir/model.ts";
import type { Observations } from "../model/kernel/observation.ts";

/** The ptes that an event is about: from `first` on, up to but without `end`. */
export interface Batch {
  readonly first: Expression;
  readonly extent: Expression;
  readonly end: Expression;
}

/** Undefined where the model does not tell ptes apart. */
export function batchOf({ instance, extent = constant(1) }: Event): Batch | undefined {
  return instance && { first: instance, extent, end: add(instance, extent) };
}

/** How many ptes the range has; undefined where the model does not say. */
export function pteCount(observe: Observations): number | undefined {
  const domain = observe.instances?.("pte");
  return domain && boundsOf(domain, {}).max + 1;
}

export const contains = ({ first, end }: Batch, pte: Expression): Expression =>
  and(not(less(pte, first)), less(pte, end));

export const isInside = ({ end }: Batch, count: number): Expression => not(less(constant(count), end));
