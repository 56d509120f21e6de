import { expect, test } from "vitest";
import type { Scenario } from "../../model/scenarios/scenario.ts";
import { choose } from "./choice.ts";

const scenario: Scenario = {
  id: "walk",
  summary: "",
  versions: [
    { id: "old", summary: "" },
    { id: "new", summary: "" },
  ],
  parameters: [
    { name: "ptes", summary: "", default: 2, min: 1, max: 8 },
    { name: "batch-size", summary: "", default: 1, min: 1, max: 4 },
  ],
  properties: [],
  build: () => {
    throw new Error("not needed");
  },
};

test("what is not given has its default, and the version is the newest", () => {
  expect(choose(scenario, undefined, [])).toEqual({
    version: "new",
    parameters: { ptes: 2, "batch-size": 1 },
  });
});

test("a size is given as two words or as one", () => {
  expect(choose(scenario, "old", ["--ptes", "3", "--batch-size=4"])).toEqual({
    version: "old",
    parameters: { ptes: 3, "batch-size": 4 },
  });
});

test.each([
  [["--ptes", "9"], "--ptes 9 is out of range (valid: 1..8)"],
  [["--ptes", "2.5"], "--ptes 2.5 is out of range"],
  [["--ptes="], "--ptes  is out of range"],
  [["--ptes"], "--ptes needs a value"],
  [["--folios", "1"], "walk has no parameter --folios (valid: --ptes, --batch-size)"],
  [["3"], "unexpected argument '3'"],
  [["-p", "3"], "unexpected argument '-p'"],
])("%j is refused", (words, message) => {
  expect(() => choose(scenario, undefined, words)).toThrow(message);
});

test("an unknown version is refused with the valid ones", () => {
  expect(() => choose(scenario, "v9", [])).toThrow("walk has no version 'v9' (valid: old, new)");
  expect(() => choose({ ...scenario, versions: [] }, "v9", [])).toThrow("it has none");
});
