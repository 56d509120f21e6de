import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderLockdep } from "./lockdep/view.ts";
import { renderText } from "./render/text.ts";
import { smallestTrace } from "./testing/cell.ts";
import { HISTORY } from "./testing/history.ts";

const snapshot = (...name: readonly string[]): string =>
  join(import.meta.dirname, "snapshots", `${name.join(".")}.txt`);

describe.each(HISTORY)(
  "$version violates $property",
  ({ version, property, pivot, guilty, held, ptes, printed = [] }) => {
    const { subject, trace } = smallestTrace(version, property);
    const { explanation } = trace;

    test("in its smallest size, and provably by no shorter run", () => {
      expect(trace.model.parameters).toEqual({ ptes, folios: 1, batch: 2 });
      expect(trace.shortest).toBe(true);
    });

    test("what history blames is what is explained", () => {
      expect(explanation?.pivot).toMatchObject({ subject: pivot.subject, certain: true });
      expect(explanation?.pivot?.taken).toMatch(pivot.taken);
      expect(explanation?.guilty?.source?.text).toBe(guilty);
      expect(trace.steps.at(-1)?.held).toEqual(held);
    });

    test("the text fits on a screen", async () => {
      const text = renderText(trace);
      expect(text.split("\n").length - 1).toBeLessThanOrEqual(40);
      expect(text).toContain(`${property} is violated: ${trace.message}`);
      expect(text.split("\n").find((line) => line.includes("guilty line:"))).toContain(guilty);
      await expect(text).toMatchFileSnapshot(snapshot(version, property));
    });

    test("what a kernel would print fits on a screen, each line marked", async () => {
      const text = renderLockdep(subject, trace);
      const lines = text.trimEnd().split("\n");
      expect(lines.length).toBeLessThanOrEqual(40);
      expect(lines.filter((line) => !line.startsWith("predicted:"))).toEqual([]);
      expect(text).toContain(property);
      expect(reported(lines)).toEqual(printed);
      expect(text.includes("nothing is printed")).toBe(printed.length === 0);
      expect(text.includes("1 lock held: #0 mmap_lock")).toBe(printed.length > 0);
      await expect(text).toMatchFileSnapshot(snapshot(version, property, "lockdep"));
    });
  },
);

/** The reports that are printed without DEBUG_PREEMPT, by the head of their title. */
function reported(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => /^predicted: step \d+: (?!not printed)([^,]*)/.exec(line)?.[1] ?? []);
}
