import { boundsOf } from "../model/ir/domain.ts";
import { and, cond, constant, type Expression, equal, less, not, or } from "../model/ir/expression.ts";
import type { Update, Variable } from "../model/ir/model.ts";
import { localArray, range } from "../model/ir/place.ts";
import type { Observations } from "../model/kernel/observation.ts";

/** In which order the instances of an object that are held were begun. */
export interface Order {
  readonly observers: readonly Variable[];
  /** To remember as one is begun, and as it ends. */
  began(instance: Expression): Update;
  ended(instance: Expression): Update;
  /** It was seen to begin. */
  isKnown(instance: Expression): Expression;
  /** Another one is held that began after it. */
  hasNewer(instance: Expression): Expression;
}

/** Undefined where the model does not tell instances of the object apart. */
export function orderOf(object: string, property: string, observe: Observations): Order | undefined {
  const domain = observe.instances?.(object);
  if (!domain) return undefined;
  const { min, max } = boundsOf(domain, {});
  const all = Array.from({ length: max - min + 1 }, (_, at) => constant(min + at));
  const ranks = localArray(`${property}.rank`, domain, range(0, all.length));
  const rank = (instance: Expression) => ranks.at(instance).value;
  const anotherIs = (instance: Expression, test: (other: Expression) => Expression) =>
    or(...all.map((each) => and(not(equal(each, instance)), observe.held(object, each), test(rank(each)))));
  const next = (instance: Expression) =>
    all.slice(1).reduce<Expression>((above, _, at) => {
      const isNewest = anotherIs(instance, (other) => equal(other, constant(at + 1)));
      return cond(isNewest, constant(at + 2), above);
    }, constant(1));
  return {
    observers: [ranks.variable],
    began: (instance) => ranks.at(instance).set(next(instance)),
    ended: (instance) => ranks.at(instance).set(0),
    isKnown: (instance) => less(constant(0), rank(instance)),
    hasNewer: (instance) => anotherIs(instance, (other) => less(rank(instance), other)),
  };
}
