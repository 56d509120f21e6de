import { type Environment, evaluate, type State, unlessWrong } from "../../checker/interpret/interpret.ts";
import { rewrite } from "../../model/ir/compose.ts";
import type { Expression } from "../../model/ir/expression.ts";
import type { Execution } from "../trace/execution.ts";
import type { Blame } from "./blame.ts";
import type { Conjunct } from "./conjunct.ts";
import type { Explanation } from "./explanation.ts";

type History = Pick<Explanation, "heldAfter" | "lost">;

/** When what fails at the end held for the last time, and which step ended that. */
export function historyOf(property: string, execution: Execution, blame: Blame): History {
  const [conjunct] = blame.conjuncts;
  if (!conjunct) return {};
  const states = statesOf(execution);
  const heldAfter = states.findLastIndex((state) => holds(conjunct, { ...blame.environment, state }));
  if (heldAfter < 0) return {};
  const broken = heldAfter + 1 <= execution.steps.length ? heldAfter + 1 : undefined;
  if (broken === undefined) return { heldAfter };
  const owed = blame.atExit || remembers(property, conjunct.condition);
  return { heldAfter, lost: { step: broken, kind: owed ? "owed" : "broken" } };
}

/** Before the first step, after it, after the second, ... */
function statesOf({ initial, steps }: Execution): readonly State[] {
  return [initial, ...steps.flatMap(({ after }) => after ?? [])];
}

/** What has no meaning in an earlier state did not hold there. */
function holds({ condition, bindings, self }: Conjunct, environment: Environment): boolean {
  const own = { ...environment, bindings, ...(self !== undefined && { self }) };
  return (unlessWrong(() => evaluate(condition, own)) ?? 0) !== 0;
}

/** Whether it reads the property's own memory. */
function remembers(property: string, condition: Expression): boolean {
  let found = false;
  rewrite(condition, (part) => {
    const reads = part.kind === "variable" || part.kind === "element";
    if (reads && part.name.startsWith(`${property}.`)) found = true;
    return part;
  });
  return found;
}
