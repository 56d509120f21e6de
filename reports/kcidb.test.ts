import { describe, expect, test } from "vitest";
import { kcidb } from "./kcidb.ts";
import { sampleReport } from "./testing/change.ts";

const report = await sampleReport();

describe("kcidb", () => {
  test("tells of the same mistake in two patches as of one issue", () => {
    const [finding] = report.findings;
    if (!finding) throw new Error("no finding");
    const twice = { ...report, findings: [finding, { ...finding, patch: 1 }] };
    const { issues, incidents } = JSON.parse(kcidb(twice, {}));
    expect([issues.length, incidents.length]).toEqual([1, 2]);
  });

  test("refers to what it defines", () => {
    const { checkouts, builds, tests, issues, incidents, version } = JSON.parse(kcidb(report, {}));
    expect(version).toEqual({ major: 5, minor: 3 });
    expect(builds[0].checkout_id).toBe(checkouts[0].id);
    expect(tests[0]).toMatchObject({ build_id: builds[0].id, status: "FAIL", path: "holdfast.gate" });
    expect(incidents[0]).toMatchObject({ issue_id: issues[0].id, test_id: tests[0].id });
    expect(checkouts[0].patchset_hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
