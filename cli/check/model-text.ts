import { count } from "../../counterexamples/render/words.ts";
import type { ReadProgram } from "../../functions/read-program.ts";
import type { Plan } from "../../model/c/plan/plan.ts";
import type { LockEvent } from "../../model/c/status/effects.ts";
import { expressionText } from "../../model/ir/expression-text.ts";
import type { Transition, Variable } from "../../model/ir/model.ts";
import { oneLine } from "../../model/printable.ts";
import { eventText } from "../explain/words.ts";
import { updateText } from "./update-text.ts";

/** The program that a reading of a function was turned into: what it keeps track of, and each transition. */
export function modelText({ given, translation: { model, plan }, states }: ReadProgram): string {
  const [program] = model.programs;
  if (!program) return "";
  const { locations, transitions, start } = program;
  const size = [count(locations.length, "location"), count(transitions.length, "transition")];
  const locks = plan.bound.keys.length;
  return [
    `${program.name}(): ${[...size, count(states, "state")].join(", ")}`,
    ...(given.length > 0 ? [`  #if: ${given.join(", ")}`] : []),
    ...model.variables.slice(0, locks).map(({ name }) => `  lock ${name}`),
    ...model.variables.slice(locks).map((each) => `  fact ${factText(each)}`),
    `  start ${start}`,
    ...transitions.flatMap((each) => transitionLines(each, plan)),
    "",
  ]
    .map((line) => (line === "" ? "" : `${indentOf(line)}${oneLine(line.trimStart())}`))
    .join("\n");
}

const indentOf = (line: string): string => /^ */.exec(line)?.[0] ?? "";

function factText({ name, domain }: Variable): string {
  return domain.kind === "enum" ? `${name}: ${domain.values.map((each) => each || "?").join(" | ")}` : name;
}

function transitionLines(transition: Transition, plan: Plan): readonly string[] {
  const { from, to, label, guard, updates, events = [], weight, source } = transition;
  const where = source ? `  ${source.line}: ${source.text ?? ""}` : "";
  return [
    `  ${from} -> ${to}  ${label}${weight === 1 ? " (adverse)" : ""}${where}`,
    ...(guard ? [`    when ${expressionText(guard)}`] : []),
    ...events.map((event) => `    does ${eventText(event)}${lockOf(event, plan)}`),
    ...updates.map((update) => `    sets ${updateText(update)}`),
  ];
}

function lockOf({ key, coupled }: LockEvent, plan: Plan): string {
  const about = key === undefined ? undefined : plan.bound.keys[key];
  if (about) return about.text === "context" ? "" : ` ${about.text}`;
  const companion = coupled === undefined ? undefined : plan.bound.keys[coupled];
  return companion ? `, which goes with ${companion.text}` : "";
}
