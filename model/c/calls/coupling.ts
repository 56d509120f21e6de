import type { Context } from "../../kernel/operation.ts";
import type { ResolvedOperation, ResolvedOutcome } from "./calls.ts";
import { CONTEXT, type Key } from "./key.ts";

type Outcomes = ReadonlyMap<number, readonly ResolvedOutcome[]>;

/** Contexts that come and go with a lock or a mapping of the same call are coupled to it. */
export function coupled(does: readonly ResolvedOperation[]): readonly ResolvedOperation[] {
  const keyOf = (wanted: string, mapping: boolean) =>
    does.find(({ operation: { kind, object } }) => kind === wanted && (object === "pte-table") === mapping)
      ?.key;
  return does.map((each) => {
    const { kind, object } = each.operation;
    const releasedWith = kind === "unmap" ? keyOf("release", false) : undefined;
    if (releasedWith !== undefined) return { ...each, releasedWith };
    if (!isContext(each)) return each;
    const [entering, mapping] = [kind === "enter", object === "rcu"];
    const lock = mapping
      ? keyOf(entering ? "map" : "unmap", true)
      : keyOf(entering ? "acquire" : "release", false);
    return lock === undefined ? each : { ...each, coupled: lock };
  });
}

const isContext = ({ operation: { kind } }: ResolvedOperation): boolean =>
  kind === "enter" || kind === "leave";

/**
 * local_irq_save() and spin_unlock_irqrestore() are a pair as well: where a function touches a context by
 * itself, a lock that only enters or only leaves it is not what the context comes and goes with. Nor is any
 * lock where one is taken and released by different variants: `varied` has the contexts of those.
 */
export function uncoupleSplitContexts(
  outcomes: Map<number, readonly ResolvedOutcome[]>,
  varied: ReadonlySet<Context>,
): void {
  const contexts = operationsOf(outcomes).filter(isContext);
  const couplings = new Set(contexts.map((each) => couplingOf(each.operation.kind, each)));
  const uncoupled = contexts.filter((each) => each.coupled === undefined);
  const alone = new Set(uncoupled.map(({ operation }) => operation.object));
  const isSplit = (each: ResolvedOperation) =>
    isContext(each) &&
    each.coupled !== undefined &&
    (each.operation.object === "irq" || each.operation.object === "bh") &&
    (varied.has(each.operation.object) ||
      (alone.has(each.operation.object) &&
        !["enter", "leave"].every((kind) => couplings.has(couplingOf(kind, each)))));
  const uncouple = (outcome: ResolvedOutcome): ResolvedOutcome => ({
    ...outcome,
    does: outcome.does.map((each) => (isSplit(each) ? uncoupledFrom(each) : each)),
  });
  for (const [node, each] of outcomes) outcomes.set(node, each.map(uncouple));
}

/**
 * local_irq_disable() and spin_unlock_irq() set interrupts whatever they were; with saved flags they become
 * what they were before. Of a function of the file it is known that it leaves them off, not how it turned them on.
 */
export function markAbsolute(
  outcomes: Map<number, readonly ResolvedOutcome[]>,
  summarised: ReadonlySet<number>,
): void {
  const marked = (outcome: ResolvedOutcome, node: number): ResolvedOutcome => {
    const kinds = summarised.has(node) ? ["enter"] : ["enter", "leave"];
    const isIrq = ({ operation: { kind, object } }: ResolvedOperation) =>
      object === "irq" && kinds.includes(kind);
    return hasFlags(outcome)
      ? outcome
      : { ...outcome, does: outcome.does.map((each) => (isIrq(each) ? { ...each, absolute: true } : each)) };
  };
  for (const [node, each] of outcomes)
    outcomes.set(
      node,
      each.map((outcome) => marked(outcome, node)),
    );
}

/** Whether flags are saved or restored with it, or may be where the caller cannot see them. */
function hasFlags({ does, taints, forgets }: ResolvedOutcome): boolean {
  const isUnclear = taints === "all" || taints?.includes("irq-flags") || forgets.length > 0;
  return isUnclear || does.some(({ operation }) => operation.object === "irq-flags");
}

const couplingOf = (kind: string, { operation, coupled: lock }: ResolvedOperation): string =>
  `${kind} ${operation.object} ${lock}`;

const uncoupledFrom = ({ operation, absolute }: ResolvedOperation): ResolvedOperation => ({
  operation,
  ...(absolute && { absolute }),
});

/** A key for each context that some call enters or leaves without a lock, from `first` on. */
export function contextKeys(first: number, outcomes: Outcomes): ReadonlyMap<Context, Key> {
  const contexts = new Map<Context, Key>();
  for (const { operation, coupled: lock } of operationsOf(outcomes)) {
    if (lock !== undefined || (operation.kind !== "enter" && operation.kind !== "leave")) continue;
    const { kind, object } = operation;
    const known = contexts.get(object);
    contexts.set(object, {
      index: known?.index ?? first + contexts.size,
      object,
      text: CONTEXT,
      spinning: false,
      roots: [],
      acquired: known?.acquired || kind === "enter",
      released: known?.released || kind === "leave",
    });
  }
  return contexts;
}

const operationsOf = (outcomes: Outcomes): readonly ResolvedOperation[] =>
  [...outcomes.values()].flat().flatMap(({ does }) => does);
