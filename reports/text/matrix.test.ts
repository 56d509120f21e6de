import { expect, test } from "vitest";
import { matrixText } from "./matrix.ts";

const search = {
  states: 5,
  transitions: 5,
  depth: 1,
  bounds: [],
  unreached: [],
  interrupted: false,
  backEnd: "table",
};
const model = (version: string, verdict: "holds" | "violated") => ({
  ...{ scenario: "m", version, summary: "s", parameters: { ptes: 2 }, search },
  properties: ["ptl-held", "no-deadlock"].map((property) => ({
    property,
    verdict,
    evaluated: true,
    reproduce: "",
  })),
});

test("versions stand against properties in columns as wide as their widest cell, the rest below", () => {
  const lines = matrixText([model("long-version", "holds"), model("b", "violated")]).split("\n");
  expect(lines[0]).toBe("m: F = violated, ok = holds, for ptes = 2 (10 states in all)");
  const cells = lines.slice(2, 6).map((line) => line.split("|").map((cell) => cell.length));
  expect(new Set(cells.map((widths) => widths.join())).size).toBe(1);
  expect(lines[4]).toMatch(/^\| long-version: s \| - +\| ok +\|/);
  expect(lines[5]).toMatch(/^\| b: s {12}\| - +\| F +\|/);
  expect(lines.at(-2)).toBe(
    "The 1 other properties (no-deadlock) hold in every version, but for: no-deadlock in b (violated).",
  );
});
