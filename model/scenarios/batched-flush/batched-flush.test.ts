import { expect, test } from "vitest";
import { judge } from "../../../testing/judge.ts";
import { batchedTlbFlush } from "./index.ts";

const judged = (version: string, parameters: Record<string, number> = {}) =>
  judge(batchedTlbFlush.build({ version, parameters }), batchedTlbFlush.properties);

test.each([
  ["not-awaited", "violated"],
  ["flag", "violated"],
  ["generations", "holds"],
])("%s: no-stale-translation %s", (version, verdict) => {
  const { verdicts, unevaluated, bounds, unreached } = judged(version);
  expect(verdicts).toEqual({ "no-stale-translation": verdict, "no-deadlock": "holds" });
  expect([...unevaluated, ...bounds, ...unreached]).toEqual([]);
});

test("a flag is lost only where another page table's lock lets reclaim in between", () => {
  expect(judged("flag", { tables: 1 }).verdicts["no-stale-translation"]).toBe("holds");
});

test("three page tables change nothing", () => {
  expect(judged("generations", { tables: 3 }).verdicts["no-stale-translation"]).toBe("holds");
});
