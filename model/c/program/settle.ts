import type { Update } from "../../ir/model.ts";
import type { Plan } from "../plan/plan.ts";
import { forgotten, forgottenCondition } from "./fact.ts";

/** Facts that nothing behind asks for are forgotten, so that states don't differ in them. */
export function settled(plan: Plan, updates: readonly Update[], node: number, to: number): readonly Update[] {
  const after = to < 0 ? new Set<string>() : plan.live(to);
  const before = plan.live(node);
  const dead: Update[] = [];
  const drop = new Set<string>();
  for (const variable of plan.tracked.variables.values()) {
    if (after.has(variable.name)) continue;
    drop.add(variable.name);
    if (before.has(variable.name)) dead.push(forgotten(variable));
  }
  for (const text of plan.tracked.conditions) {
    if (after.has(text)) continue;
    const update = forgottenCondition(text);
    drop.add(update.variable);
    if (before.has(text)) dead.push(update);
  }
  return [...updates.filter(({ variable }) => !drop.has(variable)), ...dead];
}
