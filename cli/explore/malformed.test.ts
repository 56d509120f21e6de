import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

/** A sound model as text; each case spoils it. */
const SOUND = `
const place = (name) => ({ kind: "variable", name });
const is = (left, value) => ({ kind: "equal", left, right: { kind: "constant", value } });
const variable = (name) => ({ name, domain: { kind: "bool" }, scope: "shared", initial: [0] });
const lock = { variable: variable("lock"), value: place("lock"), is: (value) => is(place("lock"), value) };
const list = { variable: { ...variable("list"), index: { kind: "range", min: 0, max: 1 } }, at: () => lock };
const take = { variable: "lock", value: { kind: "constant", value: 1 } };
const step = { from: "a", to: "b", label: "take", guard: lock.is(0), updates: [take], weight: 0 };
const program = { name: "p", start: "a", locations: [{ name: "a" }, { name: "b", end: true }], transitions: [step] };
const model = { name: "m", sets: {}, variables: [lock.variable, list.variable], programs: [program],
  tasks: [{ program: "p", count: 1 }], invariants: [{ kind: "no-deadlock", property: "d" }] };
`;

function written(text: string): string {
  const path = join(temporaryFolder(), "model.mjs");
  writeFileSync(path, text);
  return path;
}

const spoilt = (change: string, exported = "model") =>
  written(`${SOUND}\n${change}\nexport default ${exported};\n`);

async function expectOneLine(path: string, message: string | RegExp, ...words: readonly string[]) {
  const { code, out, err } = await runCli("explore", path, ...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(err).toMatch(message);
}

test("the sound model holds", async () => {
  expect(await runCli("explore", spoilt(""))).toMatchObject({ code: 0, err: "" });
});

test.each<[string, string, string]>([
  ["no name", "delete model.name", "is no model: name: expected string, received undefined"],
  ["an empty name", 'model.name = ""', "name: Too small"],
  ["no sets", "delete model.sets", "sets: expected record, received undefined"],
  ["no invariants", "delete model.invariants", "invariants: expected array, received undefined"],
  ["tasks that are none", "model.tasks = 3", "tasks: expected array, received number"],
  [
    "a handle for a variable",
    "model.variables = [lock]",
    "variables[0]: a handle stands where its .variable is wanted",
  ],
  ["an array's", "model.variables = [list]", "variables[0]: a handle stands where its .variable is wanted"],
  ["a handle for a guard", "step.guard = lock", "guard: a handle stands where its .value is wanted"],
  [
    "an array for a guard",
    "step.guard = list",
    "guard: a handle stands where its .at(index).value is wanted",
  ],
  [
    "a handle inside a condition",
    'step.guard = { kind: "not", operand: lock }',
    "programs[0].transitions[0].guard.operand: a handle stands",
  ],
  ["an unknown property", 'model.invariants = [{ kind: "forever", property: "p" }]', "'no-deadlock'"],
  [
    "an unknown expression",
    'step.guard = { kind: "power" }',
    "guard.kind: Invalid discriminator value. Expected 'constant' |",
  ],
  [
    "an unknown domain",
    'lock.variable.domain.kind = "float"',
    "variables[0].domain.kind: Invalid discriminator",
  ],
  ["a misspelt key", "step.gaurd = step.guard; delete step.guard", 'Unrecognized key: "gaurd"'],
  ["a weight", "step.weight = 2", "transitions[0].weight: "],
  ["a constant that is none", 'step.guard = { kind: "constant" }', "guard.value: expected number"],
  ["a fraction", 'step.guard = { kind: "constant", value: 0.5 }', "guard.value: expected int"],
  [
    "no number",
    'step.guard = { kind: "constant", value: NaN }',
    "guard.value: expected number, received NaN",
  ],
  [
    "an assertion without a message",
    'step.assertions = [{ property: "p", condition: step.guard }]',
    "message",
  ],
  ["an event without updates", 'step.events = [{ kind: "acquire", object: "l" }]', "events[0].updates: "],
  [
    "an expression that holds itself",
    "step.guard.left = step.guard",
    "nests data more than 1000 deep, or holds itself",
  ],
  ["null", "program.transitions = [null]", "transitions[0]: expected object, received null"],
  ["several", "delete model.name; delete model.sets", "(and 1 more)"],
])("a model with %s is refused in one line", async (_, change, message) => {
  await expectOneLine(spoilt(change), new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
});

test.each<[string, string, string]>([
  ["no tasks", "model.tasks = []", "tasks: there are none: nothing would ever run"],
  ["no task of any program", "model.tasks[0].count = 0", "tasks: there are none"],
  [
    "a variable that stands for a prototype",
    'lock.variable.name = "__proto__"',
    "no variable can be named '__proto__'",
  ],
])("a model with %s is not valid", async (_, change, message) => {
  const { code, out, err } = await runCli("explore", spoilt(change));
  expect([code, out, err]).toEqual([2, "", expect.stringContaining(message)]);
});

const SCENARIO = `{ id: "s", summary: "", versions: [], parameters: [], properties: [], build: () => ({ model, observe, listing: [] }) }`;
const OBSERVE =
  "const none = () => lock.value; const observe = { held: none, notHeld: none, depth: none, inAtomic: none, mapped: none, notMapped: none, references: none };";

describe("a scenario", () => {
  test.each<[string, string, string, string]>([
    [
      "builds a malformed model",
      `${OBSERVE} delete model.tasks;`,
      SCENARIO,
      "is no model: tasks: expected array",
    ],
    [
      "says nothing of how to read it",
      "const observe = {};",
      SCENARIO,
      "builds no scenario: observe.held: expected function",
    ],
    [
      "builds nothing",
      "",
      SCENARIO.replace(/\(\{.*\}\)/, "undefined"),
      "builds no scenario: expected object",
    ],
    [
      "has an odd parameter",
      OBSERVE,
      SCENARIO.replace("parameters: []", "parameters: [{}]"),
      "is no scenario: parameters[0].name",
    ],
    [
      "has no properties",
      OBSERVE,
      SCENARIO.replace("properties: [],", ""),
      "is no scenario: properties: expected array",
    ],
  ])("that %s is refused in one line", async (_, change, exported, message) => {
    await expectOneLine(spoilt(change, exported), new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  });
});

test.each([["explore"], ["graph"]])("%s refuses a malformed model", async (command) => {
  const { code, err } = await runCli(command, spoilt("delete model.invariants"));
  expect([code, err]).toEqual([2, expect.stringMatching(/^error: .* is no model: invariants: [^\n]*\n$/)]);
});

test.each([[[]], [["--no-reduce"]], [["--random", "--seed", "1"]], [["-v"]], [["--max-states", "1"]]])(
  "a model that is judged by nothing says so, %j",
  async (words) => {
    const { code, out } = await runCli("explore", spoilt("model.invariants = []"), ...words);
    expect(code).toBe(0);
    expect(out).toContain("nothing-to-check");
    expect(out).toContain("the model has no invariant, no assertion and no property");
    expect(out).not.toMatch(/^ *holds|last violation/m);
  },
);

test("in JSON, too", async () => {
  const { out } = await runCli("explore", spoilt("model.invariants = []"), "--json");
  expect(JSON.parse(out)).toMatchObject([{ property: "none", verdict: "nothing-to-check" }]);
});

const BIN = ["--import", "./testing/typescript-loader.mjs", "cli/main.ts"];

test.each<[string, string]>([
  ["ends the process as it loads", "process.exit(0);"],
  ["ends it with the code of a violation", "process.exit(1);"],
  [
    "ends it later",
    `${SOUND} setTimeout(() => process.exit(0)); export default model; await new Promise((go) => setTimeout(go, 5000));`,
  ],
  [
    "ends it as it is built",
    `${SOUND} export default { ...${SCENARIO.replace("({ model, observe, listing: [] })", "process.exit(0)")} };`,
  ],
  [
    "ends it, and gives it a code as it ends",
    "process.on('exit', () => { process.exitCode = 0; }); process.exit(0);",
  ],
  ["ends it past all listeners", "process.reallyExit(0);"],
  ["ends it past all listeners, with its own code", "process.exitCode = 1; process.reallyExit();"],
  ["waits for what never comes", "await new Promise(() => {});"],
])("a model that %s is an error, and no verdict", (_, text) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...BIN, "explore", written(text)], {
    encoding: "utf8",
    cwd: join(import.meta.dirname, "..", ".."),
  });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("error: the process ended without a verdict");
});

test.each(["exit", "beforeExit"])("a model cannot give the process a code by a listener of %s", (event) => {
  const hook = `process.on("${event}", () => { process.exitCode = 0; });`;
  const deadlock = "program.locations[1] = { name: 'b' };";
  const file = written(`${SOUND} ${hook} ${deadlock} export default model;`);
  const { status, stdout } = spawnSync(process.execPath, [...BIN, "explore", file], {
    encoding: "utf8",
    cwd: join(import.meta.dirname, "..", ".."),
  });
  expect([status, stdout]).toEqual([1, expect.stringContaining("violated")]);
});
