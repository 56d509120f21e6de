import {
  type Action,
  acquisitionsOf,
  type FlowNode,
  type Key,
  reachedFrom,
  readsOf,
  type Translation,
} from "../model/c/index.ts";
import type { Exit } from "./exit.ts";
import { transitionsOf } from "./path.ts";
import { returnNode } from "./return-node.ts";

/**
 * Whether a flag alone decides that the lock is taken, made of a value that is asked again on the way out: `if (needed)
 * lock();` with `needed = needs(option)`, and then `switch (option)`. The search does not know which values make it true,
 * so that the way may be none.
 */
export function isFlaggedWay(translation: Translation, key: Key, exit: Exit): boolean {
  const { plan, nodes } = translation;
  const all = plan.flow.nodes;
  const run = transitionsOf(translation, exit.end.run());
  const passed = run.map(({ index }) => nodes[index] ?? -1);
  const acquisitions = new Set(acquisitionsOf(key, plan));
  const taken = passed.findIndex((node) => acquisitions.has(node));
  if (taken < 0) return false;
  const flag = flagOf(all[passed[taken - 1] ?? -1]?.action);
  if (flag === undefined || !isReachedBeside(exit, acquisitions, translation)) return false;
  const behind = new Set(
    passed.slice(taken + 1).flatMap((node) => conditionReads(all[node]?.action).filter(isVariable)),
  );
  behind.delete(flag);
  return sourcesOf(flag, all).some((each) => behind.has(each));
}

/** Ways without the lock lead to the same return: what decides on the lock does not leave the function where it is not taken. */
function isReachedBeside(
  { site }: Exit,
  acquisitions: ReadonlySet<number>,
  { plan: { flow }, model }: Translation,
): boolean {
  return reachedFrom(flow.nodes, [flow.entry], acquisitions).has(returnNode(model, site));
}

const isVariable = (name: string): boolean => /^\w+$/.test(name);

/** The variable whose truth is asked. */
const flagOf = (action: Action | undefined): string | undefined =>
  action?.kind === "branch" && action.condition.kind === "sign" ? action.condition.variable : undefined;

function conditionReads(action: Action | undefined): readonly string[] {
  if (action?.kind !== "branch") return [];
  const { condition } = action;
  if (condition.kind === "truth") return condition.reads;
  return condition.kind === "unknown" ? [] : [condition.variable];
}

/** The values that a flag is made of, by a call or a comparison. */
function sourcesOf(flag: string, all: readonly FlowNode[]): readonly string[] {
  return all.flatMap(({ action }) => {
    if (action.kind === "call") return action.result === flag ? action.args.flatMap(readsOf) : [];
    return action.kind === "assign" && action.target === flag && action.from ? readsOf(action.from) : [];
  });
}
