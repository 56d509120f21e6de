import { describe, expect, test } from "vitest";
import { coloured, wantsColour } from "./colour.ts";

const RED = "\u001b[31m";
const [GREEN, YELLOW, CYAN, USUAL] = ["\u001b[32m", "\u001b[33m", "\u001b[36m", "\u001b[39m"];

describe("colours are wanted", () => {
  test.each([
    ["on a terminal", {}, true, true],
    ["not in a pipe", {}, false, false],
    ["not with NO_COLOR", { NO_COLOR: "1" }, true, false],
    ["with an empty NO_COLOR, which counts as none", { NO_COLOR: "" }, true, true],
    ["in a pipe with FORCE_COLOR", { FORCE_COLOR: "1" }, false, true],
    ["not with FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, false],
    ["not on a terminal that has none", { TERM: "dumb" }, true, false],
  ])("%s", (_, environment, isTerminal, wanted) => {
    expect(wantsColour(environment, isTerminal)).toBe(wanted);
  });
});

test.each([
  ["box.c:4: error: f(): a lock [double-lock]", `${RED}box.c:4: error${USUAL}: f(): a lock [double-lock]`],
  ["error: x.c: does not apply", `${RED}error${USUAL}: x.c: does not apply`],
  ["box.c:4: audit: f()", `${YELLOW}box.c:4: audit${USUAL}: f()`],
  ["mm/x.c:6: fixed: f()", `${GREEN}mm/x.c:6: fixed${USUAL}: f()`],
  ["bound: x", `${YELLOW}bound${USUAL}: x`],
  ["violated: 1 finding", `${RED}violated${USUAL}: 1 finding`],
  ["holds: 0 findings", `${GREEN}holds${USUAL}: 0 findings`],
  ["holds-within-bound: 0", `${YELLOW}holds-within-bound${USUAL}: 0`],
  ["  violated            ptl-held", `${RED}  violated${USUAL}            ptl-held`],
  ["  pivot: step 23", `${CYAN}  pivot${USUAL}: step 23`],
  ["        1  if (err) error: x", "        1  if (err) error: x"],
  ["holdfast 0.1.0", "holdfast 0.1.0"],
])("%s", (line, painted) => {
  expect(coloured(`${line}\n`, "text", true)).toBe(`${painted}\n`);
  expect(coloured(line, "text", false)).toBe(line);
});

test("other formats have none", () => {
  expect(coloured("error: x", "github", true)).toBe("error: x");
});
