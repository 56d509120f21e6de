import { readFileSync } from "node:fs";
import { join } from "node:path";
import { search } from "../../checker/search/search.ts";
import { runCli } from "../../cli/testing/run-cli.ts";
import { scenarioSubject } from "../../counterexamples/subject.ts";
import { traceOf } from "../../counterexamples/trace/build.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import { expressionText } from "../../model/ir/expression-text.ts";
import type { Model, Transition } from "../../model/ir/model.ts";
import { updateText } from "../../model/ir/update-text.ts";
import { eventText } from "../../model/kernel/operation-text.ts";
import { properties } from "../../properties/library.ts";
import box from "./box.ts";

const FILE = "testing/walks/box.ts";

/** What each step from TypeScript to a trace makes of box.ts, by the name of its block in docs/architecture.md. */
export async function scenarioWalk(): Promise<Readonly<Record<string, string>>> {
  const choice = { parameters: { tasks: 1 } };
  const subject = scenarioSubject(box, choice, properties);
  const model = subject.judgedBy(box.properties);
  const result = search(model);
  const [violated] = result.properties.filter(({ verdict }) => verdict === "violated");
  if (!violated?.run) throw new Error("box.ts violates nothing");
  const { moves } = violated.run;
  return {
    "scenario/text": readFileSync(join(import.meta.dirname, "box.ts"), "utf8"),
    "scenario/model": modelText(box.build(choice).model),
    "scenario/judged": assertionsOf(model).join("\n"),
    "scenario/search": [
      `${result.states} states, ${result.transitions} transitions, depth ${result.depth}`,
      ...result.properties.map(({ property, verdict }) => `${property}: ${verdict}`),
      `run: transitions ${moves.map(({ transition }) => transition).join(", ")} of task 1`,
    ].join("\n"),
    "scenario/trace": traceText(traceOf(subject, violated.property, violated.run, true)),
    "scenario/report": (await runCli("explore", FILE)).out,
  };
}

const transitionsOf = ({ programs }: Model): readonly Transition[] =>
  programs.flatMap(({ transitions }) => transitions);

const modelText = (model: Model): string =>
  [
    ...model.variables.map(({ scope, name, domain }) => `${scope} ${name}: ${JSON.stringify(domain)}`),
    ...transitionsOf(model).flatMap(({ from, to, label, guard, events = [], updates }, at) => [
      `${at}: ${from} -> ${to}  ${label}`,
      ...(guard ? [`  when ${expressionText(guard)}`] : []),
      ...events.map((event) => `  does ${eventText(event)}`),
      ...updates.map((update) => `  sets ${updateText(update)}`),
    ]),
  ].join("\n");

/** What the properties demand where a transition fires. */
const assertionsOf = (model: Model): readonly string[] =>
  transitionsOf(model).flatMap(({ assertions = [] }, at) =>
    assertions.map(
      ({ property, condition, message }) =>
        `${at}: ${property} demands ${expressionText(condition)}, else: ${message}`,
    ),
  );

const traceText = ({ property, message, shortest, steps }: Trace): string =>
  [
    `${property}: ${message}; shortest: ${shortest}`,
    ...steps.map(({ task, label, changes }) => JSON.stringify({ task, label, changes })),
  ].join("\n");
