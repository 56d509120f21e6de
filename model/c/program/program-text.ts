import { expressionText } from "../../ir/expression-text.ts";
import type { Source, Transition, Variable } from "../../ir/model.ts";
import { updateText } from "../../ir/update-text.ts";
import { eventText } from "../../kernel/operation-text.ts";
import { CONTEXT } from "../calls/key.ts";
import type { Plan } from "../plan/plan.ts";
import type { LockEvent } from "./binding.ts";
import type { Translation } from "./translate.ts";

/** A function's program, a line each: the locks and facts that it keeps track of, its start, its transitions. */
export function programLines({ model, plan, jumps }: Translation): readonly string[] {
  const [program] = model.programs;
  if (!program) return [];
  const locks = plan.calls.keys.length;
  return [
    ...model.variables.slice(0, locks).map((each, index) => lockLine(each, index, plan)),
    ...model.variables.slice(locks).map(factLine),
    `start ${program.start}`,
    ...program.transitions.flatMap((each, index) => transitionLines(each, jumps[index] ?? [], plan)),
  ];
}

function lockLine({ name, domain, initial: [first = 0] }: Variable, index: number, plan: Plan): string {
  const entry = domain.kind === "enum" && first > 0 ? `, on entry ${domain.values[first]}` : "";
  const protector = plan.calls.keys[plan.calls.protectors.get(index) ?? -1];
  return `lock ${name}${entry}${protector ? `, protected by ${protector.text}` : ""}`;
}

function factLine({ name, domain }: Variable): string {
  const values = domain.kind === "enum" ? `: ${domain.values.map((each) => each || "?").join(" | ")}` : "";
  return `fact ${name}${values}`;
}

function transitionLines(transition: Transition, jumps: readonly Source[], plan: Plan): readonly string[] {
  const { from, to, label, guard, updates, events = [], weight, source } = transition;
  const where = source ? `  ${source.line}: ${source.text ?? ""}` : "";
  return [
    `${from} -> ${to}  ${label}${weight === 1 ? " (adverse)" : ""}${where}`,
    ...(guard ? [`  when ${expressionText(guard)}`] : []),
    ...events.map((event) => `  does ${eventText(event)}${lockOf(event, plan)}`),
    ...updates.map((update) => `  sets ${updateText(update)}`),
    ...jumps.map(({ line, text }) => `  then ${line}: ${text}`),
  ];
}

function lockOf({ key, coupled, releasedWith }: LockEvent, { calls }: Plan): string {
  const [about, companion, released] = [key, coupled, releasedWith].map((index) => calls.keys[index ?? -1]);
  const lock = about && about.text !== CONTEXT ? ` ${about.text}` : "";
  const together = released ? `, with ${released.text}` : "";
  return about ? `${lock}${together}` : companion ? `, which goes with ${companion.text}` : "";
}
