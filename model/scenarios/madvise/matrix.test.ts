import { expect, test } from "vitest";
import { judge } from "../../../testing/judge.ts";
import { defects } from "../../../testing/madvise-defects.ts";
import { VERSIONS, verdictInHistory } from "../../../testing/madvise-matrix.ts";
import { buildMadvise, madvise } from "./index.ts";

test("the versions are those of the history, oldest first", () => {
  expect(madvise.versions.map(({ id }) => id)).toEqual(VERSIONS);
});

test.each(VERSIONS)("%s is judged as history judged it", (version) => {
  const built = buildMadvise({ version, parameters: {} });
  const { verdicts, unevaluated, bounds } = judge(built, madvise.properties);
  const expected = madvise.properties.map((each) => [each, verdictInHistory(each, version)]);
  expect({ "pte-batch-contract": "holds", ...verdicts }).toEqual(Object.fromEntries(expected));
  // Before the patch ptes are taken one by one.
  expect(unevaluated).toEqual(version === "base" ? ["pte-batch-contract"] : []);
  expect(bounds).toEqual([]);
});

const sound = madvise.properties.flatMap((property) =>
  VERSIONS.filter((each) => verdictInHistory(property, each) === "holds").map((each) => [property, each]),
);

test.each(sound)("%s, which holds in %s, is violated after one edit", (property = "", version = "") => {
  const defect = defects.find((each) => each.property === property);
  const built = buildMadvise({ version, parameters: {} }, defect?.edit);
  expect(judge(built, [property]).verdicts).toEqual({ [property]: "violated" });
});
