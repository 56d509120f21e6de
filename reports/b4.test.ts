import { expect, test } from "vitest";
import { z } from "zod";
import { b4 } from "./b4.ts";
import { emptyReport, hostileReport, sampleReport } from "./testing/change.ts";

/** b4's documentation, "Writing an external check script"; its client takes an array that is not empty. */
const protocol = z
  .array(
    z.strictObject({
      tool: z.string().min(1),
      status: z.enum(["pass", "warn", "fail"]),
      summary: z.string().regex(/^[^\n]+$/),
      details: z.string(),
    }),
  )
  .nonempty();

const read = (text: string) => protocol.parse(JSON.parse(text))[0];

test.each([
  ["holds", "pass"],
  ["nothing-to-check", "pass"],
  ["holds-within-bound", "warn"],
  ["error", "warn"],
] as const)("%s is told as %s", async (verdict, status) => {
  expect(read(b4(await emptyReport(verdict), {}))).toMatchObject({ tool: "holdfast", status });
});

test("a finding fails, and its report is the detail", async () => {
  const said = read(b4(await sampleReport(), {}));
  expect(said).toMatchObject({ status: "fail", summary: expect.stringMatching(/^violated, 1 new/) });
  expect(said?.details).toMatch(/age_pte_range\(\)[\s\S]*\[ptl-held\]/);
});

test("what comes from a patch stays text", async () => {
  expect(read(b4(await hostileReport(), {}))?.details).not.toMatch(/(?!\n|\t)\p{Cc}/u);
});
