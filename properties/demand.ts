import type { Domain } from "../model/ir/domain.ts";
import { all, type Expression } from "../model/ir/expression.ts";
import type { Event } from "../model/ir/model.ts";
import type { Observations } from "../model/kernel/observation.ts";
import type { Reaction } from "./property.ts";

/** A reaction that demands one thing. */
export const demand = (condition: Expression, message: string): Reaction => ({
  require: [{ condition, message }],
});

export const isAccess = ({ kind, object }: Event): boolean => kind === "access" && object === "pte";
export const isReturn = ({ kind }: Event): boolean => kind === "return";
export const isSleep = ({ kind }: Event): boolean => kind === "may-sleep" || kind === "schedule";

/** States a condition of each instance of an object, or of the one there is. */
export function eachInstance(
  observe: Observations,
  object: string,
  condition: (instance?: Expression) => Expression,
): Expression {
  const domain: Domain | undefined = observe.instances?.(object);
  return domain ? all(`each ${object}`, domain, condition) : condition();
}
