import { expect, test } from "vitest";
import { checkSource } from "./check.ts";
import { oneForEachRelease } from "./finding.ts";

const linesFound = async (...body: readonly string[]) => {
  const text = ["void f(struct ring *r)", "{", "\tint i;", ...body, "}", ""].join("\n");
  const { findings } = await checkSource({ file: "a.c", text });
  return oneForEachRelease(findings).map(({ line }) => line);
};

test("a release that no acquisition follows is found once, where it runs again", async () => {
  const loop = ["\tfor (i = 0; i < r->n; i++) {", "\t\tspin_unlock(&r->lock);", "\t\tif (handle(r, i))"];
  const rest = ["\t\t\tcontinue;", "\t\tspin_lock(&r->lock);", "\t}", "\tspin_unlock(&r->lock);"];
  expect(await linesFound("\tspin_lock(&r->lock);", ...loop, ...rest)).toEqual([6]);
});

test("releases behind one that does not run again are each found", async () => {
  const twice = ["\tspin_unlock(&r->lock);", "\tif (r->n)", "\t\tspin_unlock(&r->lock);"];
  const other = ["\telse", "\t\tspin_unlock(&r->lock);"];
  expect(await linesFound("\tspin_lock(&r->lock);", ...twice, ...other)).toEqual([7, 9]);
});
