import { describe, expect, test } from "vitest";
import { showsItsVerdict } from "../../checker/reduce/testing/replay.ts";
import { search } from "../../checker/search/search.ts";
import { properties } from "../../properties/library.ts";
import { modes, onlyResult } from "./modes.ts";
import { type PlantedBug, plantedBugs } from "./planted-bugs.ts";

test("every property has a planted bug", () => {
  const planted = new Set(plantedBugs.map(({ property }) => property));
  expect([...planted].sort()).toEqual(properties.map(({ name }) => name).sort());
});

const lengths = new Map<PlantedBug, Promise<number>>();

/** Steps of the shortest run, by the reference. */
function lengthOf(bug: PlantedBug): Promise<number> {
  const known = lengths.get(bug) ?? measured(bug);
  lengths.set(bug, known);
  return known;
}

async function measured({ model }: PlantedBug): Promise<number> {
  const reference = modes.find(({ name }) => name === "interpret");
  const { run } = onlyResult((await reference?.find(model)) ?? expect.fail("no reference"));
  return run?.moves.length ?? expect.fail("the reference finds nothing");
}

test.each(plantedBugs)("without its bug, $where holds $property", ({ property, sound }) => {
  expect(onlyResult(search(sound))).toMatchObject({ property, verdict: "holds" });
});

describe.each(modes)("$name", ({ find, shortest }) => {
  test.each(plantedBugs)("finds what violates $property in $where", async (bug) => {
    const result = onlyResult(await find(bug.model));
    expect(result).toMatchObject({ property: bug.property, verdict: "violated" });
    expect(showsItsVerdict(bug.model, result)).toBe(true);
    if (shortest) expect(result.run?.moves).toHaveLength(await lengthOf(bug));
  });
});
