import { expect, test } from "vitest";
import { parseDiff } from "../diff/parse.ts";
import { toLines } from "../intake/quote.ts";
import { imagesOf } from "./change-images.ts";

const PATCH = "--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,4 @@ int f(void)\n int f(void)\n {\n+\tg();\n }\n";

test("where git takes too long to apply a patch, its hunks are what is seen, which is a bound and no error", () => {
  const failure = "git apply took longer than 60 s";
  const { pairs, refused, left } = imagesOf(parseDiff(toLines(PATCH)), {
    apply: (files) => files.map((file) => ({ file, failure, isUndecided: true })),
    texts: () => new Map(),
    remove: () => {},
  });
  expect(pairs.map(({ after }) => after?.partial)).toEqual([true]);
  expect(refused).toEqual([]);
  expect(left).toEqual([
    `x.c: ${failure}: whether the patch applies is not known, and its hunks are all that was seen`,
  ]);
});
