import { expect, test } from "vitest";
import { madvise } from "../../model/scenarios/madvise/index.ts";
import { properties } from "../../properties/library.ts";
import { modelSubject, scenarioSubject } from "../subject.ts";
import { execute } from "../trace/execution.ts";
import { keepGoing, keptGoingText } from "./keep-going.ts";

const subjectOf = (version: string, folios: number) =>
  scenarioSubject(madvise, { version, parameters: { ptes: 2, folios, batch: 2 } }, properties);

/** What the mail's kernel log shows, in its order. */
const SEED = ["bad-unlock", "rcu-nest-negative", "sleep-in-atomic", "scheduling-while-atomic"];

test("v5's path on past the violation makes the kernel print the four reports in the seed's order", () => {
  const kept = keepGoing(subjectOf("v5", 2));
  const printed = kept?.predictions.filter(({ silenced }) => silenced === undefined) ?? [];
  expect(printed.map(({ report }) => report.id)).toEqual(SEED);
  const [unlock, nest, sleep, schedule] = printed;
  expect(unlock).toMatchObject({
    source: { text: "pte_unmap_unlock(start_pte, ptl);" },
    held: ["mmap_lock"],
  });
  expect(nest).toMatchObject({ rcuDepth: -1 });
  expect(sleep).toMatchObject({ preemptCount: -1, rcuDepth: -1 });
  expect(schedule).toMatchObject({ preemptCount: -1 });
  expect(kept?.steps.filter(({ adverse }) => adverse)).toHaveLength(2);
});

test("the path replays", () => {
  const subject = subjectOf("v5", 2);
  const kept = keepGoing(subject);
  expect(kept && execute(subject.judgedBy([]), kept.run).steps).toHaveLength(kept?.steps.length ?? -1);
});

test("v7 makes it print nothing", () => {
  const kept = keepGoing(subjectOf("v7", 2));
  expect(kept).toMatchObject({ predictions: [], exhaustive: true });
  expect(kept && keptGoingText(kept)).toBe("predicted: nothing is printed on any path\n");
});

test("a bare model says nothing of kernel state", () => {
  expect(keepGoing(modelSubject("m.ts", subjectOf("v7", 1).judgedBy([])))).toBeUndefined();
});
