import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeTree } from "../../tree/testing/tree.ts";
import { standardInputName } from "./command-line.ts";

const linkTo = (target: string): string => {
  const link = join(makeTree({}), "0");
  symlinkSync(target, link);
  return link;
};

test("a file that is read in has a name, and the report can say it", () => {
  const file = join(makeTree({ "0001-x.patch": "x" }), "0001-x.patch");
  expect(standardInputName(linkTo(file))).toBe(file);
});

test.each(["pipe:[4711]", "/dev/null", "/nowhere (deleted)"])("%s has none", (target) => {
  expect(standardInputName(linkTo(target))).toBe("-");
});

test("a machine that does not tell is no error", () => {
  expect(standardInputName("/nowhere")).toBe("-");
});
