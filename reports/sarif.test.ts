import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import draft04 from "ajv-draft-04";
import { expect, test } from "vitest";
import type { Report } from "./report.ts";
import { sarif } from "./sarif.ts";
import { hostileReport, sampleReport } from "./testing/change.ts";
import { hostileModel, reported, sampleModel } from "./testing/model.ts";
import { hostileSource, sampleSource } from "./testing/source.ts";

const schema = createRequire(import.meta.url).resolve(
  "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
);
const validate = new draft04.default({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: true, "uri-reference": true, "date-time": true },
}).compile(JSON.parse(readFileSync(schema, "utf8")));

const gate = await sampleReport();
const check = await sampleSource();
const model = sampleModel();
const explore = reported(model);

const bare = (report: Report): Report =>
  ({
    ...report,
    findings: report.findings.map((each) => ({ ...each, path: [], line: 0 })),
  }) as Report;

test.each([
  ["a change", gate],
  ["a hostile change", await hostileReport()],
  ["a source", check],
  ["a hostile source", await hostileSource()],
  ["a model", explore],
  ["a hostile model", hostileModel()],
  ["a change whose finding has no path and no line", bare(gate)],
  [
    "models of which no trace is known",
    reported({ ...model, properties: model.properties.map(({ trace, ...each }) => each) }),
  ],
] as const)("%s is valid by the publisher's schema", (_, report) => {
  const log = JSON.parse(sarif(report, { old: true }));
  const valid = validate(log);
  expect(validate.errors).toBeNull();
  expect(valid).toBe(true);
  expect(log.runs[0].results).toHaveLength(report.findings.length);
});

const resultsOf = (report: Report) => JSON.parse(sarif(report, {})).runs[0].results;

test.each([
  ["a change", gate],
  ["a source", check],
  ["a model", explore],
] as const)("%s has the path as a code flow, the last location at the site", (_, report) => {
  const [result] = resultsOf(report);
  const [finding] = report.findings;
  const locations = result.codeFlows[0].threadFlows[0].locations;
  expect(locations).toHaveLength(finding?.path.length ?? 0);
  expect(locations.length).toBeGreaterThan(1);
  const site = { artifactLocation: { uri: finding?.file }, region: { startLine: finding?.line } };
  expect(locations.at(-1).location.physicalLocation).toMatchObject(site);
  const [own] = result.relatedLocations ?? result.locations;
  expect(own.physicalLocation).toMatchObject(site);
  expect(result).toMatchObject({ ruleId: finding?.rule, properties: { reproduce: finding?.reproduce } });
  expect(result.message.text).toContain(finding?.message);
});

test("only what was compared has a state, and a hint is no error", () => {
  expect(resultsOf(gate)[0]).toMatchObject({ baselineState: "new", level: "error" });
  const states = resultsOf(check).map((each: { level: string; baselineState?: string }) => [
    each.level,
    each.baselineState,
  ]);
  expect(states).toEqual([
    ["error", undefined],
    ["warning", undefined],
  ]);
});

test("a rule is told in words where it is a property", () => {
  const { rules } = JSON.parse(sarif(check, {})).runs[0].tool.driver;
  expect(rules).toEqual([
    { id: "double-lock", shortDescription: { text: expect.stringMatching(/\w+ \w+/) } },
    { id: "exit-imbalance" },
  ]);
});
