import { expect, test } from "vitest";
import { z } from "zod";
import { traceSchema } from "../../counterexamples/trace/schema.ts";
import { runCli } from "../testing/run-cli.ts";

/** docs/json.md, as a schema of its own. */
const documented = z.array(
  z.strictObject({
    scenario: z.string(),
    version: z.string().nullable(),
    parameters: z.record(z.string(), z.number().int()),
    property: z.string(),
    verdict: z.enum(["violated", "holds", "holds-within-bound", "interrupted", "error", "nothing-to-check"]),
    message: z.string().nullable(),
    evaluated: z.boolean(),
    bounds: z.array(
      z.strictObject({
        kind: z.enum(["states", "depth", "time", "memory", "margin", "omission"]),
        detail: z.string(),
      }),
    ),
    states: z.number().int().positive(),
    transitions: z.number().int().nonnegative(),
    depth: z.number().int().nonnegative(),
    unreached: z.array(
      z.strictObject({
        program: z.string(),
        label: z.string(),
        source: z
          .strictObject({ file: z.string(), line: z.number().int(), text: z.string().optional() })
          .optional(),
      }),
    ),
    reductions: z.array(
      z.strictObject({
        reduction: z.enum(["safe-moves", "chains", "symmetry", "dead-values"]),
        applied: z.boolean(),
        detail: z.string(),
      }),
    ),
    notes: z.array(z.string()),
    trace: traceSchema.nullable(),
    reproduce: z.string(),
  }),
);

const SEQLOCK = "examples/seqlock.ts";

test.each([
  [["--version", "no-recheck"], 1, ["violated", "holds", "holds"]],
  [["--version", "recheck"], 0, ["holds", "holds", "holds"]],
  [["--max-states", "20"], 3, ["holds-within-bound", "holds-within-bound", "holds-within-bound"]],
  [["--property", "no-deadlock"], 0, ["holds"]],
])("explore %j --json prints one document of the documented form", async (words, code, verdicts) => {
  const result = await runCli("explore", SEQLOCK, ...words, "--json");
  const reports = documented.parse(JSON.parse(result.out));
  expect(reports.map(({ verdict }) => verdict)).toEqual(verdicts);
  expect(reports.map(({ trace }) => trace !== null)).toEqual(verdicts.map((each) => each === "violated"));
  expect(result).toMatchObject({ code, err: "" });
});

test("a bound is named", async () => {
  const { out } = await runCli("explore", SEQLOCK, "--max-depth", "3", "--json");
  expect(documented.parse(JSON.parse(out))[0]?.bounds).toEqual([{ kind: "depth", detail: "3 steps" }]);
});
