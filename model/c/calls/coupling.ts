import type { ResolvedOperation, ResolvedOutcome } from "./calls.ts";

/**
 * local_irq_save() and spin_unlock_irqrestore() are a pair as well: where a function touches a context by
 * itself, a lock that only enters or only leaves it is not what the context comes and goes with.
 */
export function untieSplitContexts(outcomes: Map<number, readonly ResolvedOutcome[]>): void {
  const all = [...outcomes.values()].flat().flatMap(({ does }) => does);
  const isContext = ({ operation: { kind } }: ResolvedOperation) => kind === "enter" || kind === "leave";
  const look = ({ operation: { kind, object }, coupled }: ResolvedOperation) =>
    `${kind} ${object} ${coupled}`;
  const ties = new Set(all.filter(isContext).map(look));
  const alone = new Set(
    all.filter((each) => isContext(each) && each.coupled === undefined).map((each) => each.operation.object),
  );
  const split = (each: ResolvedOperation) => {
    const { object } = each.operation;
    const paired = ties.has(`enter ${object} ${each.coupled}`) && ties.has(`leave ${object} ${each.coupled}`);
    return (
      isContext(each) &&
      each.coupled !== undefined &&
      (object === "irq" || object === "bh") &&
      alone.has(object) &&
      !paired
    );
  };
  for (const [node, each] of outcomes) {
    outcomes.set(
      node,
      each.map((outcome) => ({
        ...outcome,
        does: outcome.does.map((one) => (split(one) ? { operation: one.operation } : one)),
      })),
    );
  }
}
