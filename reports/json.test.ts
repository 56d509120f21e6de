import { expect, test } from "vitest";
import { gateJson } from "./json.ts";
import { sampleReport } from "./testing/change.ts";

test("the gate's JSON is one document with what it promises", async () => {
  const report = await sampleReport();
  const document = JSON.parse(gateJson(report, {}));
  expect(Object.keys(document).slice(0, 6)).toEqual([
    "verdict",
    "new",
    "fixed",
    "functions",
    "assumed",
    "bounds",
  ]);
  expect(document.new[0]).toMatchObject({
    rule: "ptl-held",
    path: expect.any(Array),
    line: report.findings[0]?.line,
  });
  expect(document).toMatchObject(report.extent);
  expect(document.functions.searched).toMatchObject([{ function: "age_pte_range", states: document.states }]);
  expect(document.states).toBeGreaterThan(document.depth);
  expect(Object.keys(JSON.parse(gateJson(report, { old: true })))).toContain("old");
});
