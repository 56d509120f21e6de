import { readFileSync } from "node:fs";
import ajv, { type AnySchema } from "ajv";
import { describe, expect, test } from "vitest";
import { kcidb } from "./kcidb.ts";
import { patchwork } from "./patchwork.ts";
import { emptyReport, hostileReport, sampleReport } from "./testing/change.ts";

const reports = [
  await sampleReport(),
  await hostileReport(),
  await emptyReport("holds"),
  await emptyReport("holds-within-bound"),
];

/** Schemas whose licence is another than ours: `.ci/schemas` gets them from their publishers. */
function published(variable: string): unknown {
  const file = process.env[variable];
  return file ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

const compile = (schema: AnySchema) =>
  new ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const missing = (variable: string) => `set ${variable} to the publisher's schema (.ci/schemas gets it)`;

describe("kcidb, by kcidb-io's schema", () => {
  const schema = published("HOLDFAST_KCIDB_SCHEMA") as AnySchema | undefined;

  test("every report is valid, and nonsense is not", (context) => {
    if (schema === undefined) return context.skip(missing("HOLDFAST_KCIDB_SCHEMA"));
    const validate = compile(schema);
    for (const report of reports) {
      validate(JSON.parse(kcidb(report, {})));
      expect(validate.errors).toBeNull();
    }
    expect(validate({ version: { major: 5, minor: 3 }, tests: [{ id: 1 }] })).toBe(false);
  });
});

describe("patchwork, by CheckCreate of its API's schema", () => {
  const api = published("HOLDFAST_PATCHWORK_SCHEMA") as
    | { components: { schemas: Record<string, AnySchema> } }
    | undefined;

  test("every check is valid, and nonsense is not", (context) => {
    const schema = api?.components.schemas["CheckCreate"];
    if (schema === undefined) return context.skip(missing("HOLDFAST_PATCHWORK_SCHEMA"));
    const validate = compile(schema);
    const checks = reports.flatMap((report) => patchwork(report, {}).trim().split("\n"));
    expect(checks.length).toBeGreaterThanOrEqual(reports.length);
    for (const check of checks) {
      validate(JSON.parse(check));
      expect(validate.errors).toBeNull();
    }
    expect(validate({ state: "fine", context: "hold fast" })).toBe(false);
  });
});
