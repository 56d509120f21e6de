import type { Key, Plan, Translation } from "../../model/c/index.ts";
import { HELD_EXCLUSIVE, type Status } from "../../model/c/status/index.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Operation } from "../../model/kernel/operation.ts";
import type { Reached, Walk } from "./walk.ts";

/** Where a path ends because the variable that a lock is known by gets another value. */
export const OVERWRITTEN = "overwritten";

/** The model in which a path ends where the lock can't be named any more, its state as it is there. */
export function endingWhereOverwritten({ model, plan, nodes }: Translation, key: Key): Model {
  const overwrites = (transition: number): boolean => isOverwrite(plan, nodes[transition] ?? -1, key);
  const programs = model.programs.map((program) => ({
    ...program,
    locations: [...program.locations, { name: OVERWRITTEN, end: true as const }],
    transitions: program.transitions.map((each, index) =>
      overwrites(index) ? { ...each, to: OVERWRITTEN, updates: [] } : each,
    ),
  }));
  return { ...model, programs };
}

/** A call that gives the variable a lock that it has taken overwrites it, not the assignment that follows. */
function isOverwrite({ flow, calls }: Plan, node: number, key: Key): boolean {
  const action = flow.nodes[node]?.action;
  if (action?.kind === "assign") {
    const carried = action.value.kind === "copy" && calls.carriers.has(action.value.variable);
    return !carried && key.roots.includes(action.target);
  }
  const done = calls.outcomes.get(node)?.flatMap(({ does }) => does) ?? [];
  return done.some((each) => each.key === key.index && isOfResult(each.operation));
}

const isOfResult = (operation: Operation): boolean =>
  "operand" in operation && operation.operand === "result";

/** Where a path takes a lock again that it holds. */
export const RELOCKED = "relocked";

/** The states in which a lock is about to be taken that `statusIn` says is held, by calls that can't fail. */
export function relockings(
  { model, plan, nodes }: Translation,
  key: Key,
  walked: Walk,
  statusIn: (reached: Reached) => Status,
): readonly Reached[] {
  const takes = (node: number) => {
    const [only, ...others] = plan.calls.outcomes.get(node) ?? [];
    return (
      others.length === 0 &&
      only?.does.some(({ operation, key: index }) => index === key.index && operation.kind === "acquire")
    );
  };
  const transitions = model.programs[0]?.transitions ?? [];
  const places = transitions.flatMap(({ from }, at) => (takes(nodes[at] ?? -1) ? [from] : []));
  return [...new Set(places)]
    .flatMap((place) => walked.at(place))
    .filter((each) => [...HELD_EXCLUSIVE, "regained"].includes(statusIn(each)));
}
