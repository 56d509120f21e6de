import { expect, test } from "vitest";
import { parseDiff } from "../diff/parse.ts";
import { toLines } from "../intake/quote.ts";
import { relocate } from "./relocate.ts";

const PATCH = "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\n int a;\n+int new;\n int b;\n";
const [file] = parseDiff(toLines(PATCH)).files;
const behind = (lines: number) => `${"int other;\n".repeat(lines)}int a;\nint b;\n`;

/** Where the hunk is found, in a file with so many lines before it. */
function startOf(text: string): number | undefined {
  if (!file) throw new Error("no file");
  return relocate(file, text)?.hunks[0]?.oldStart;
}

test.each([0, 1, 19_999, 20_000])(
  "a hunk that applies %i lines from where it says is found there",
  (lines) => {
    expect(startOf(behind(lines))).toBe(lines + 1);
  },
);

test("one that applies farther is not looked for", () => {
  expect(startOf(behind(20_001))).toBeUndefined();
});

test("of two places the nearer one is taken", () => {
  expect(startOf(`${behind(3)}${behind(7)}`)).toBe(4);
});
