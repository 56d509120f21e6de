import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gate } from "./gate.ts";
import { readMails } from "./intake/mails.ts";
import { SEED_MISSING, seedMail } from "./testing/seed.ts";

const gateText = async (text: string) => gate(await readMails("mail", Buffer.from(text)), {});
const example = readFileSync(
  join(import.meta.dirname, "..", "examples", "mail", "continue-without-lock.eml"),
  "utf8",
);

/** Changes lines of a quoted hunk, and the count in its heading with them. */
function edit(text: string, ...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((sofar, [from, to]) => {
    if (!sofar.includes(from)) throw new Error(`the mail has no ${JSON.stringify(from)}`);
    return sofar.replace(from, to);
  }, text);
}

describe("the seed", () => {
  const seed = seedMail()?.toString("utf8");

  test("v5 goes on without the lock: one new finding, at the quoted continue", async (context) => {
    if (seed === undefined) return context.skip(SEED_MISSING);
    const report = await gateText(seed);
    expect(report.verdict).toBe("violated");
    expect(report.new).toHaveLength(1);
    expect(report.new[0]).toMatchObject({
      rule: "ptl-held",
      function: "madvise_cold_or_pageout_pte_range",
      file: "mm/madvise.c",
      guilty: { text: "if (err) continue;" },
    });
    const { from, to } = report.new[0]?.guilty ?? { from: 0, to: 0 };
    const lines = seed.split("\n");
    expect([lines[from - 1], lines[to - 1]]).toEqual([">> + if (err)", ">> + continue;"]);
    const path = report.new[0]?.path.map(({ text }) => text) ?? [];
    expect(path.slice(path.indexOf("if (err)"), path.indexOf("if (err)") + 2)).toEqual([
      "if (err)",
      "continue;",
    ]);
  });

  test("the hunk as v7 has it: nothing new, and the missing flush is old", async (context) => {
    if (seed === undefined) return context.skip(SEED_MISSING);
    const report = await gateText(
      edit(
        seed,
        [">> + folio_put(folio);\n>> + if (err)\n>> + continue;\n", ">> + folio_put(folio);\n"],
        [">> + nr = 0;\n", ">> + if (!err)\n>> + nr = 0;\n"],
        ["@@ -447,55 +449,67 @@", "@@ -447,55 +449,66 @@"],
      ),
    );
    expect(report.new).toEqual([]);
    expect(report.old.map(({ rule }) => rule)).toEqual(["tlb-flushed-after-relock"]);
    expect(report.verdict).toBe("holds-within-bound");
    expect(report.bounds).toEqual(
      expect.arrayContaining([expect.stringMatching(/^only the hunks were seen: .*\(--tree DIR/)]),
    );
  });
});

describe("the example mail", () => {
  test("goes on without the lock", async () => {
    const report = await gateText(example);
    expect(report.new.map(({ rule, function: name, guilty }) => [rule, name, guilty?.text])).toEqual([
      ["ptl-held", "age_pte_range", "if (err) continue;"],
    ]);
  });

  test("with the lock retaken first has nothing new", async () => {
    const report = await gateText(
      edit(
        example,
        ["> +\t\t\tif (err)\n> +\t\t\t\tcontinue;\n", ""],
        ["@@ -33,15 +35,25 @@", "@@ -33,15 +35,23 @@"],
      ),
    );
    expect(report.verdict).toBe("holds-within-bound");
    expect(report.new).toEqual([]);
  });
});
