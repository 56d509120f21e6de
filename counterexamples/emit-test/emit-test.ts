import { oneLine } from "../../model/printable.ts";
import type { Trace } from "../trace/trace.ts";
import type { StepInWords } from "./in-words.ts";

/** Where the emitted test finds the model: a built-in scenario, or a module's default export. */
export type ModelSource =
  | { readonly kind: "built-in"; readonly id: string }
  | { readonly kind: "scenario" | "model"; readonly module: string };

/** A vitest file that takes a trace's steps in words, without a search; it fails once they violate nothing. */
export function emitTest(trace: Trace, source: ModelSource): string {
  const { model, property, verdict, message, steps, initial, tool } = trace;
  const violated = verdict === "violated";
  const says = `${property} ${violated ? "is violated" : "cannot be judged"}`;
  const name = [model.scenario, model.version].filter((part) => part !== undefined).join(" ");
  return [
    ...importsFor(source),
    "",
    `// ${oneLine(`Found by holdfast ${tool}: ${says}: ${message}`)}`,
    ...choiceOf(trace, source),
    "const steps = [",
    ...inWords(trace).map((step) => `  ${JSON.stringify(step)},`),
    "];",
    "",
    `test(${JSON.stringify(`${name}: ${says} in ${steps.length} steps`)}, async () => {`,
    ...subjectFor(trace, source).map((line) => `  ${line}`),
    `  const replayed = replayInWords(subject, ${JSON.stringify(property)}, steps, ${initial});`,
    `  expect(replayed).toEqual(${JSON.stringify({ violated, ...(!violated && { error: true }), message })});`,
    "});",
    "",
  ].join("\n");
}

function inWords({ steps }: Trace): readonly StepInWords[] {
  return steps.map(({ task, label, choice }) => ({
    task,
    step: label,
    ...(choice !== undefined && { choice }),
  }));
}

function importsFor(source: ModelSource): readonly string[] {
  const names =
    source.kind === "built-in"
      ? "loadScenario, properties, replayInWords, scenarioSubject"
      : source.kind === "scenario"
        ? "properties, replayInWords, scenarioSubject"
        : "modelSubject, replayInWords";
  return [
    `import { ${names} } from "holdfast";`,
    'import { expect, test } from "vitest";',
    ...(source.kind === "built-in" ? [] : [`import found from ${JSON.stringify(source.module)};`]),
  ];
}

function choiceOf({ model: { version, parameters } }: Trace, { kind }: ModelSource): readonly string[] {
  return kind === "model" ? [] : [`const choice = ${JSON.stringify({ version, parameters })};`];
}

function subjectFor({ model }: Trace, source: ModelSource): readonly string[] {
  switch (source.kind) {
    case "built-in":
      return [
        `const scenario = await loadScenario(${JSON.stringify(source.id)});`,
        `if (!scenario) throw new Error(${JSON.stringify(`no scenario ${source.id}`)});`,
        "const subject = scenarioSubject(scenario, choice, properties);",
      ];
    case "scenario":
      return ["const subject = scenarioSubject(found, choice, properties);"];
    case "model":
      return [`const subject = modelSubject(${JSON.stringify(model.scenario)}, found);`];
  }
}
