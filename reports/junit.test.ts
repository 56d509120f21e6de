import { parse } from "junit2json";
import { expect, test } from "vitest";
import { printable } from "../model/printable.ts";
import { junit } from "./junit.ts";
import type { Report } from "./report.ts";
import {
  reported as changed,
  emptyReport,
  emptyResult,
  hostileReport,
  sampleReport,
} from "./testing/change.ts";
import { reported, sampleModel } from "./testing/model.ts";
import { hostileSource, sampleSource } from "./testing/source.ts";

const suiteOf = async (report: Report) =>
  JSON.parse(JSON.stringify(await parse(junit(report, {})))).testsuite[0];

test.each([
  ["a change", await sampleReport()],
  ["a hostile change", await hostileReport()],
  ["a source", await sampleSource()],
  ["a hostile source", await hostileSource()],
  ["a model", reported(sampleModel())],
] as const)("%s is read by a consumer", async (_, report) => {
  const suite = await suiteOf(report);
  const failing = report.findings.filter(({ fails }) => fails);
  expect(suite).toMatchObject({ failures: failing.length, skipped: report.reservations.length });
  expect(suite.testcase).toHaveLength(suite.tests);
  expect(suite.testcase[0].failure[0].message).toContain(printable(failing[0]?.message ?? "?").slice(0, 10));
});

test("nothing new is one passed case", async () => {
  expect(await suiteOf(await emptyReport("holds"))).toMatchObject({ tests: 1, failures: 0, skipped: 0 });
});

test("a hint passes, unless it is to fail", async () => {
  expect(await suiteOf(await sampleSource())).toMatchObject({ tests: 3, failures: 1, skipped: 1 });
  expect(await suiteOf(await sampleSource(true))).toMatchObject({ tests: 3, failures: 2, skipped: 1 });
});

test("a property that holds is a passed case; one that was never evaluated is none, but named", async () => {
  const suite = await suiteOf(reported(sampleModel()));
  expect(suite.testcase.map(({ name }: { name: string }) => name)).toEqual([
    expect.stringMatching(/^madvise\/v5:\d+ ptl-held$/),
    "madvise v5: each-pte-once",
  ]);
  expect(suite["system-out"]).toEqual(["madvise v5: no-deadlock was never evaluated"]);
});

test("a patch that does not apply is a case in error, and none that is skipped", async () => {
  const refused = ["x.c: does not apply"];
  const result = await emptyResult("error", { refused });
  expect(await suiteOf(changed(result))).toMatchObject({ tests: 1, failures: 0, errors: 1, skipped: 0 });
});
