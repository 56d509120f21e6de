import { comparedLocks, type Key, type Translation } from "../model/c/index.ts";
import type { Exit } from "./exit.ts";
import { transitionsOf } from "./path.ts";

/**
 * Whether nothing is known of a lock where a function returns because its pointer was compared on the way there, and is
 * another's: `if (a != b) lock(&b->lock)`. What both names did there is the business of that way, and says nothing of
 * those on which they are two.
 */
export function isOneWithAnother(translation: Translation, key: Key, { end }: Exit): boolean {
  const { plan, nodes } = translation;
  return transitionsOf(translation, end.run()).some(({ index, transition: { decision } }) => {
    const action = plan.flow.nodes[nodes[index] ?? -1]?.action;
    const isSame = action?.kind === "branch" && decision?.alternative === action.holds;
    return isSame && comparedLocks(plan, action.condition).includes(key);
  });
}
