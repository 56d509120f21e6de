import { type Bounds, hull } from "../../model/ir/domain.ts";
import type { Slot } from "../../model/ir/layout.ts";
import type { Ground } from "./ground.ts";

const TRUTH: Bounds = { min: 0, max: 1 };

/** Bounds of an expression's value, from its slots' domains alone. */
export function intervalOf(ground: Ground, slots: readonly Slot[]): Bounds {
  const of = (each: Ground) => intervalOf(each, slots);
  switch (ground.kind) {
    case "constant":
      return { min: ground.value, max: ground.value };
    case "slot":
      return slots[ground.slot] ?? TRUTH;
    case "select":
      return ground.options.map(of).reduce(hull);
    case "if":
      return hull(of(ground.yes), of(ground.no));
    case "add": {
      const [left, right] = [of(ground.left), of(ground.right)];
      return { min: left.min + right.min, max: left.max + right.max };
    }
    case "subtract": {
      const [left, right] = [of(ground.left), of(ground.right)];
      return { min: left.min - right.max, max: left.max - right.min };
    }
    default:
      return TRUTH;
  }
}

export function within(inner: Bounds, outer: Bounds): boolean {
  return inner.min >= outer.min && inner.max <= outer.max;
}
