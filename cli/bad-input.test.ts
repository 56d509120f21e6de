import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolder } from "./testing/temporary.ts";

const TICKET = "examples/ticket-lock.ts";

/** Exit code 2, nothing on stdout, one line on stderr. */
async function expectRefusal(args: readonly string[], message: string) {
  const { code, out, err } = await runCli(...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(err).toContain(message);
}

test.each([
  [["fly"], "unknown command 'fly' (valid: explore, "],
  [["explore"], "say which scenario first"],
  [["explore", "--ptes", "3", "madvise"], "say which scenario first"],
  [["explore", "madwise"], "unknown scenario 'madwise' (valid: madvise, "],
  [["explore", "madvise", "--version", "v6"], "madvise has no version 'v6' (valid: base, v5, "],
  [["explore", "madvise", "--ptes", "0"], "--ptes 0 is out of range (valid: 1.."],
  [["explore", "madvise", "--tasks", "2"], "madvise has no parameter --tasks (valid: --ptes, "],
  [["explore", "ptl-protocol", "--tasks", "many"], "--tasks many is out of range"],
  [["explore", "madvise", "--max-states", "none"], "--max-states none: not a positive whole number"],
  [["explore", "madvise", "--property", "tidy"], "not judged by 'tidy' (valid: "],
  [["explore", "no-such-model.ts"], "no such file: no-such-model.ts"],
  [["explore", "cli/testing/temporary.ts"], "its default export is neither a Scenario nor a Model"],
  [["explore", "cli/testing/endless.ts", "--ptes", "2"], "has no version and no parameters"],
  [["explore", "madvise", "--keep-going", "--json"], "--keep-going has no JSON form"],
  [["explore", "--all", "--version", "v5"], "--all is about every version"],
  [["explore", "madvise", "--seed", "1"], "--seed is for --random"],
  [["explore", "madvise", "--random", "--seed", "one"], "--seed one: not an integer"],
  [["explore", "madvise", "--random", "--seed", "1", "--path", "x"], "'x' is not a path of a run"],
  [["explore", "madvise", "--random", "--max-states", "5"], "--max-states is for a search"],
  [["explore", "madvise", "--back-end", "abacus"], "unknown back end 'abacus' (valid: auto, "],
  [["explore", "madvise", "--random", "--no-reduce"], "--no-reduce is for a search"],
  [["explore", "madvise", "--random", "--back-end", "wasm"], "--back-end is for a search"],
  [["explore", "madvise", "--max-states", "1.5"], "--max-states 1.5: not a positive whole number"],
  [["explore", "madvise", "--max-depth", "Infinity"], "--max-depth Infinity: not a positive whole number"],
  [["explore", "madvise", "--max-memory", "-1"], "--max-memory -1: not a positive number"],
  [
    ["explore", "madvise", "--json", "--format", "lockdep"],
    "--json is short for --format json: leave out --format",
  ],
  [
    ["explore", "madvise", "--keep-going", "--format", "sarif"],
    "--keep-going has no sarif form (valid: text, ",
  ],
  [["explore", "--all", "--format", "lockdep"], "--format lockdep is about one version: leave out --all"],
  [["explore", "madvise", "--format", "mail"], "explore has no format 'mail' (valid: text, json, sarif, "],
  [["check", "a.c", "--format", "lockdep"], "check has no format 'lockdep' (valid: text, json, sarif, "],
  [["check", "a.c", "--json", "--format", "text"], "--json is short for --format json: leave out --format"],
  [
    ["check", "a.c", "--function", "f", "--show-model", "--format", "junit"],
    "--show-model has no format 'junit' (valid: text, json)",
  ],
  [["gate", "a.patch", "--format", "html"], "unknown format 'html' (valid: text, json, sarif, "],
  [["explore", "madvise", "--shrink", "--shrink-by-replay"], "leave out --shrink"],
  [["explore", "madvise", "--trace", "no-such-folder/trace"], "cannot write no-such-folder/trace: ENOENT"],
  [["explore", "madvise", "--trace", "docs"], "cannot write docs: it is a folder"],
  [["graph", TICKET, "-o", "no-such-folder/states.dot"], "cannot write no-such-folder/states.dot: ENOENT"],
  [["explore", "madvise", "--format", "pdf"], "unknown format 'pdf' (valid: text, json, sarif, "],
  [["replay", "package.json", "--format", "pdf"], "unknown format 'pdf' (valid: text, json, lockdep)"],
  [["replay"], "missing required argument 'file'"],
  [["replay", "no-such-trace.json"], "cannot read no-such-trace.json"],
  [["replay", "package.json"], "package.json is not a holdfast trace: schema: "],
])("%j is refused in one line", async (args, message) => {
  await expectRefusal(args, message);
});

test("a module that does not load is refused with the reason", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "broken.ts");
  writeFileSync(path, 'throw new Error("not today");\n');
  await expectRefusal(["explore", path], "broken.ts does not load: not today");
});

test("a scenario that cannot be built is refused with the reason", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "wrong.ts");
  const text = `import { oneOf, shared } from "holdfast";
export default { id: "w", summary: "", versions: [], parameters: [], properties: [],
  build: () => shared("light", oneOf("red", "green"), "blue") };\n`;
  writeFileSync(path, text);
  await expectRefusal(
    ["explore", path],
    "wrong.ts does not build: 'blue' is not a value of a enum domain (valid: red, green)",
  );
});

/** A trace of the torn ticket lock, changed. */
async function tamperedTrace(folder: string, change: (text: string) => string): Promise<string> {
  const path = join(folder, "trace.json");
  const { out } = await runCli("explore", TICKET, "--version", "torn", "--json");
  writeFileSync(path, change(JSON.stringify(JSON.parse(out)[0].trace)));
  return path;
}

test.each<[string, (text: string) => string, string]>([
  ["another version", (text) => text.replace('"version":"torn"', '"version":"atomic"'), "of another model"],
  ["other sizes", (text) => text.replace('"tasks":2', '"tasks":3'), "of another model"],
  [
    "an unknown version",
    (text) => text.replace('"version":"torn"', '"version":"old"'),
    "has no version 'old'",
  ],
  [
    "another property",
    (text) => text.replace(/"property":"[^"]*"/, '"property":"tidy"'),
    "not judged by 'tidy'",
  ],
  [
    "a step that cannot be taken",
    (text) => text.replace('"transition":1', '"transition":3'),
    "step 3: task 1 cannot",
  ],
  ["a step of no task", (text) => text.replace(/"task":2/g, '"task":7'), "does not replay: step 2"],
  ["a truncated file", (text) => text.slice(0, 200), "is not JSON: it ends too early at line 1, column 201"],
])("a trace with %s is refused", async (_, change, message) => {
  const folder = temporaryFolder();
  await expectRefusal(["replay", await tamperedTrace(folder, change)], message);
});

test("an unchanged trace replays, and one cut short no longer violates", async () => {
  const folder = temporaryFolder();
  const whole = await runCli("replay", await tamperedTrace(folder, (text) => text));
  expect(whole).toMatchObject({ code: 1, err: "" });
  expect(whole.out).toContain("replayed: two tasks are inside at once");
  const cut = (text: string) =>
    JSON.stringify({ ...JSON.parse(text), steps: JSON.parse(text).steps.slice(0, 5) });
  const shorter = await runCli("replay", await tamperedTrace(folder, cut));
  expect(shorter).toMatchObject({ code: 0, err: "" });
  expect(shorter.out).toContain("replayed: mutual-exclusion is not violated");
});
