import { describe, expect, test } from "vitest";
import { patchwork } from "./patchwork.ts";
import { emptyReport, sampleReport } from "./testing/change.ts";

describe("patchwork", () => {
  test.each([
    ["holds", "success"],
    ["holds-within-bound", "warning"],
  ] as const)("%s posts %s", async (verdict, state) => {
    expect(JSON.parse(patchwork(await emptyReport(verdict), {})).state).toBe(state);
  });

  test("a finding fails, and is described", async () => {
    const posted = JSON.parse(patchwork(await sampleReport(), {}));
    expect(posted.state).toBe("fail");
    expect(posted.description).toMatch(/^new: ptl-held in age_pte_range\(\) at mm\/ageing\.c:\d+/);
  });

  test.each(["nothing-to-check", "error"] as const)("%s posts nothing", async (verdict) => {
    expect(patchwork(await emptyReport(verdict), {})).toBe("");
  });
});
