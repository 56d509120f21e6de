import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const CLEAN = `
static void count(struct box *box)
{
	spin_lock(&box->lock);
	box->count++;
	spin_unlock(&box->lock);
}
`;
const TWICE = CLEAN.replace(
  "\tbox->count++;\n",
  "\tbox->count++;\n\tif (box->full)\n\t\tspin_lock(&box->lock);\n",
);

async function check(text: string, ...words: readonly string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "box.c"), text);
  return await runCli("check", "box.c", "--tree", folder, ...words);
}

/** docs/check.md, as a schema of its own. */
const named = z.strictObject({ file: z.string(), function: z.string(), reason: z.string() });
const natural = z.number().int().nonnegative();
const documented = z.strictObject({
  verdict: z.enum(["violated", "holds", "holds-within-bound", "nothing-to-check"]),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      rule: z.string(),
      confidence: z.enum(["hard", "audit"]),
      file: z.string(),
      line: z.number().int().positive(),
      function: z.string(),
      lock: z.string(),
      message: z.string(),
      reproduce: z.string(),
      readings: z.array(z.string()).exactOptional(),
      explanation: z.array(z.string()).exactOptional(),
      story: z
        .strictObject({ taken: natural.exactOptional(), released: natural.exactOptional() })
        .exactOptional(),
      suspects: z.array(z.string()).exactOptional(),
      consequences: z.array(z.looseObject({ id: z.string(), line: natural })).exactOptional(),
      path: z.array(
        z.strictObject({ line: z.number().int(), text: z.string(), decision: z.string().exactOptional() }),
      ),
    }),
  ),
  leftOut: z.number().int().exactOptional(),
  functions: z.strictObject({
    seen: z.number().int(),
    modelled: z.number().int(),
    skipped: z.array(named),
    capped: z.array(named),
    searched: z.array(
      z.strictObject({
        file: z.string(),
        function: z.string(),
        reading: z.string().exactOptional(),
        states: natural,
        transitions: natural,
        depth: natural,
      }),
    ),
  }),
  assumed: z.array(z.string()),
  limits: z.record(z.string(), z.number()),
  bounds: z.array(z.string()),
  states: natural,
  transitions: natural,
  depth: natural,
  warnings: z.array(z.string()),
  provenance: z.strictObject({
    version: z.string(),
    table: z.string().regex(/^[0-9a-f]{12}$/),
    kernel: z.strictObject({ version: z.string(), why: z.string() }),
    baseCommit: z.string().exactOptional(),
    conditionals: z.array(z.string()),
    reproduce: z.string(),
  }),
});

test("a clean file holds, in one line of counts", async () => {
  const { code, out } = await check(CLEAN);
  expect(code).toBe(0);
  expect(out).toBe(
    "holds: 0 findings; 1 lock-taking function, 1 modelled, 0 skipped, 0 capped; 0 assumptions, 0 bounds; 4 states, 3 transitions, depth 3; not judged: lock order, irq safety, data races\n",
  );
});

test("a finding is one line that editors can jump to, with its path and what decided it", async () => {
  const { code, out } = await check(TWICE);
  const [head, ...rest] = out.split("\n");
  expect(code).toBe(1);
  expect(head).toMatch(/^box\.c:7: error: count\(\): .*box->lock.*\[double-lock\]$/);
  expect(rest[1]).toBe("        6  if (box->full)   <- box->full is true");
});

test("a file without lock-taking functions is nothing to check", async () => {
  expect(await check("int one(void)\n{\n\treturn 1;\n}\n")).toMatchObject({ code: 0, err: "" });
});

test("a binary file is refused, not passed over", async () => {
  const { code, err } = await check("\u007fELF\0\0\0");
  expect(code).toBe(2);
  expect(err).toMatch(/cannot read .*box\.c: it is binary, not text/);
});

test.each([
  [CLEAN, "holds"],
  [TWICE, "violated"],
])("JSON is of the documented form", async (text, verdict) => {
  const { out } = await check(text, "--json");
  expect(documented.parse(JSON.parse(out))).toMatchObject({ verdict, functions: { seen: 1, modelled: 1 } });
});

test.each([
  [["no-such-file.c"], "cannot read no-such-file.c"],
  [["a.c", "--fail-on", "luck"], "unknown confidence 'luck' (valid: audit)"],
  [["a.c", "--fail-on", "audit"], "--fail-on audit needs --audit"],
])("check %j is refused", async (words, message) => {
  const { code, err } = await runCli("check", ...words);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test("--explain says what turned the path and which decisions matter", async () => {
  const { code, out } = await check(TWICE, "--explain");
  expect(code).toBe(1);
  expect(out).toContain("pivot: box->full -> true; had it been 'false', nothing would be violated");
  expect(out).toContain("guilty line: 6  if (box->full)");
  expect(out).toMatch(/decisions that matter:\n +6 +box->full -> true\n/);
});

test("--explain says the same in JSON, for each finding", async () => {
  const { out } = await check(TWICE, "--explain", "--json");
  const [finding] = documented.parse(JSON.parse(out)).findings;
  expect(finding?.explanation).toContain("guilty line: 6  if (box->full)");
});

describe("--only", () => {
  const OTHER = TWICE.replaceAll("count", "other");
  const idOf = async (text: string): Promise<string> => {
    const { out } = await check(text, "--json");
    return JSON.parse(out).findings[0].id;
  };

  test("reports one finding; what it leaves out counts for the verdict", async () => {
    const { code, out } = await check(TWICE + OTHER, "--only", await idOf(OTHER), "--json");
    expect(code).toBe(1);
    expect(documented.parse(JSON.parse(out))).toMatchObject({
      leftOut: 1,
      findings: [{ function: "other" }],
    });
    const text = (await check(TWICE + OTHER, "--only", await idOf(OTHER))).out;
    expect(text).toContain("violated: 1 finding of 2; ");
  });

  test("refuses an id that no finding has, and names those like it", async () => {
    const { code, out, err } = await check(TWICE, "--only", "double-lock | cont");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("no finding has the id 'double-lock | cont' (similar: double-lock | count |");
    expect((await check(CLEAN, "--only", "x")).err).toContain("(there are none)");
  });
});

describe("the same file under several names", () => {
  test("is checked once", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "box.c"), TWICE);
    symlinkSync(join(folder, "box.c"), join(folder, "link.c"));
    const { out } = await runCli("check", "box.c", "./box.c", "link.c", "--tree", folder);
    expect(out).toMatch(/^violated: 1 finding; 1 lock-taking function, /m);
  });
});

describe("what is no C is refused", () => {
  test.each([
    ["notes.txt", "int f(void)\n{\n\treturn 0;\n}\n"],
    ["x.rs", "fn f() {}\n"],
    ["x.S", "ENTRY(f)\n"],
    ["notes.c", "This is prose.\n"],
    ["page.c", "<html>f(x);</html>\n"],
    ["Makefile", "obj-y := x.o\n"],
  ])("%s", async (name, text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), text);
    const { code, out, err } = await runCli("check", name, "--tree", folder);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(`error: ${name}: no C, and nothing else is checked\n`);
  });

  test.each([
    ["box.inc", TWICE, 1],
    ["box.c_shipped", TWICE, 1],
    ["box.h.in", TWICE, 1],
    ["box", TWICE, 1],
    ["empty.h", "", 0],
    ["only.h", "/* nothing */\n#define A 1\n", 0],
    ["data.inc", "0x12, 0x34,\n", 0],
  ])("but %s is read", async (name, text, expected) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), text);
    expect((await runCli("check", name, "--tree", folder)).code).toBe(expected);
  });
});

test("what decides exit code 3 is named, with its place, without being asked for", async () => {
  const { code, out } = await check(CLEAN.replace("box->count++;", "/* open"));
  expect(code).toBe(3);
  expect(out).toMatch(/^bound: box\.c:5: comment not closed: what follows was not read$/m);
});

test("suppressions of the configuration that take nothing back are warned of", async () => {
  const config = join(temporaryFolder(), "holdfast.json");
  const [rule, reason] = ["double-lock", "a test"];
  writeFileSync(
    config,
    JSON.stringify({
      suppress: [
        { rule, function: "count", reason },
        { rule: "wrong-mode", function: "count", reason },
        { rule, function: "elsewhere", reason },
      ],
    }),
  );
  const { code, err } = await check(TWICE, "--config", config, "--audit");
  expect([code, err]).toEqual([
    0,
    `warning: ${config}: suppression of wrong-mode in count() is stale: no such finding\n`,
  ]);
  expect((await check(TWICE, "--config", config)).err).toBe("");
});
