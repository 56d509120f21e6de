import type { Update } from "../../ir/model.ts";
import { rightSide } from "../calls/alias.ts";
import { isMapping } from "../calls/key.ts";
import type { Action } from "../flow/graph.ts";
import { bitTruth } from "../plan/bit-truths.ts";
import type { FactPlace } from "../plan/facts.ts";
import type { Plan } from "../plan/plan.ts";
import { mentions, overwrites, writesOf } from "../plan/writes.ts";
import { changedCondition, forgotten, forgottenCondition, setValue } from "./fact-values.ts";

/** What an assignment makes of the facts: its target's is set, those that depend on it are forgotten. */
export function assignedFacts(plan: Plan, action: Action & { kind: "assign" }): readonly Update[] {
  const target = plan.tracked.variables.get(action.target);
  if (!target) return overwrittenFacts(plan, action);
  const lost = overwrittenFacts(plan, action).filter(({ variable }) => variable !== target.place.name);
  return [setValue(target, action.value, plan.tracked), ...lost];
}

/** Forgets the facts about places that an action writes. */
export function overwrittenFacts(plan: Plan, action: Action): readonly Update[] {
  const { variables, conditions } = plan.tracked;
  const written = writesOf(action);
  const stay = action.kind === "forget" && action.conditionsStay === true;
  const kept = (name: string) =>
    action.kind === "forget" &&
    !written.includes(name) &&
    (isMapped(plan, name) || (stay && name.endsWith(" & 1")));
  const lost = [...variables.values()].filter(
    ({ name }) => written.some((each) => overwrites(each, name)) && !kept(name),
  );
  const stale = action.kind === "forget" ? action.conditions : [];
  const told = action.kind === "assign" ? literalTruths(action) : NOTHING_TOLD;
  const lostConditions = [...conditions].filter(
    ([text]) => stale.includes(text) || (!stay && written.some((each) => mentions(text, each))),
  );
  return [
    ...lost.map(forgotten),
    ...lostConditions.flatMap(([text, place]) => {
      const truth = told(text) ?? bitTruth(action, text, plan.flow.numberOf);
      return truth === "as it is" ? [] : [changedCondition(place, truth)];
    }),
  ];
}

const NOTHING_TOLD = (): undefined => undefined;

/** What becomes of comparisons with a bound where a counter gets a number: that a bound named in capitals is more than 0 is assumed. */
function literalTruths({ target, from }: Action & { kind: "assign" }): (text: string) => boolean | undefined {
  const right = from && rightSide(from);
  const number = right?.kind === "literal" && /^\d+$/.test(right.text) ? Number(right.text) : undefined;
  if (number === undefined) return NOTHING_TOLD;
  return (text) => {
    const [left, bound] = text.split(" < ");
    if (left !== target || bound === undefined) return undefined;
    if (/^\d+$/.test(bound)) return number < Number(bound);
    return /^[A-Z][A-Z0-9_]*$/.test(bound) && number === 0 ? true : undefined;
  };
}

/** No unknown callee changes the pointer to a mapping, or to its lock, which this function made. */
function isMapped({ calls }: Plan, name: string): boolean {
  const group = calls.groupOf(name);
  return calls.keys.some(
    (key) => (isMapping(key) && key.text === group) || (key.object === "ptl" && key.text === name),
  );
}

/** Forgets the facts that something which could not be read may change. */
export function unreadableFacts({ tracked }: Plan, text: string): readonly Update[] {
  const variables = [...tracked.variables.values()].filter(({ name }) => mentions(text, name));
  return [...variables.map(forgotten), ...[...tracked.conditions.values()].map(forgottenCondition)];
}

export const allFacts = ({ tracked }: Plan): readonly Update[] => [
  ...[...tracked.variables.values()].map(forgotten),
  ...[...tracked.conditions.values()].map(forgottenCondition),
];

/** Drops facts that nothing from `to` on asks for, so that states don't differ in them; others may ask for shared ones. */
export function withoutDeadFacts(
  { tracked, live }: Plan,
  updates: readonly Update[],
  node: number,
  to: number,
): readonly Update[] {
  const [before, after] = [live(node), live(to)];
  const forget: Update[] = [];
  const drop = new Set<string>();
  const note = (text: string, { name, scope }: FactPlace, update: () => Update) => {
    if (after.has(text) || scope === "shared") return;
    drop.add(name);
    if (before.has(text)) forget.push(update());
  };
  for (const each of tracked.variables.values()) note(each.name, each.place, () => forgotten(each));
  for (const [text, place] of tracked.conditions) note(text, place, () => forgottenCondition(place));
  return [...updates.filter(({ variable }) => !drop.has(variable)), ...forget];
}
