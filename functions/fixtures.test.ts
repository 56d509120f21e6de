import { expect, test } from "vitest";
import { rulesAcross } from "./across/index.ts";
import { rules } from "./rule.ts";
import { checkFixture, expectedFindings, fixtureFiles, foundIn, readFixture } from "./testing/expectation.ts";

/** The history of one walk breaks rules further on as well: the bridge to the scenario holds it. */
const HISTORY = "cold-range.c";
const EXACT = fixtureFiles.filter((file) => file !== HISTORY);

const reports = new Map<string, ReturnType<typeof checkFixture>>();

/** Each fixture is checked once. */
function checked(file: string): ReturnType<typeof checkFixture> {
  const report = reports.get(file) ?? checkFixture(file);
  reports.set(file, report);
  return report;
}

test.each(EXACT)("%s breaks the rules on the lines that say so, and no others", async (file) => {
  const report = await checked(file);
  expect(foundIn(report)).toEqual(expectedFindings(readFixture(file)));
  expect(report.functions).toMatchObject({ skipped: [], capped: [] });
  expect(report.functions.modelled).toBe(report.functions.seen);
});

test(`${HISTORY} breaks at least the rules on the lines that say so`, async () => {
  expect(foundIn(await checked(HISTORY))).toEqual(
    expect.arrayContaining([...expectedFindings(readFixture(HISTORY))]),
  );
});

test.each(fixtureFiles)("%s is judged alike by the reference semantics", async (file) => {
  expect((await checkFixture(file, "interpret")).findings).toEqual((await checked(file)).findings);
});

test("every rule has a line that breaks it", () => {
  const broken = new Set(
    fixtureFiles
      .flatMap((file) => expectedFindings(readFixture(file)))
      .map((each) => each.replace(/^\d+: /, "")),
  );
  expect([...broken].sort()).toEqual(
    ["exit-imbalance", ...rulesAcross, ...rules.map(({ property }) => property.name)].sort(),
  );
});
