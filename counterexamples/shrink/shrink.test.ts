import { describe, expect, test } from "vitest";
import type { Run } from "../../checker/result.ts";
import type { Subject } from "../subject.ts";
import { ptlHeld, splitWalk } from "../testing/split-walk.ts";
import { execute } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { attempt } from "./attempt.ts";
import { costOf } from "./cost.ts";
import { scenarioFamily } from "./family.ts";
import { shrink } from "./shrink.ts";

const large = { version: "bad", parameters: { tasks: 2, ptes: 5, folios: 3 } };
const family = scenarioFamily(splitWalk, large, [ptlHeld]);

/** Both tasks take turns; the third pte that task 2 reads has a split that fails. */
function wanderingRun(): Run {
  const model = family.subject.judgedBy(["ptl-held"]);
  const read = (task: number, way: string, choice?: number) => [
    { task, transition: 0, label: "for (; addr < end;) -> next round" },
    { task, transition: 0, label: `ptent = ptep_get(pte); -> ${way}`, ...(choice && { choice }) },
    { task, transition: 0, label: `if (!folio) -> ${way === "none"}` },
  ];
  const lock = (task: number) => ({ task, transition: 0, label: "pte_offset_map_lock();" });
  const unlock = (task: number) => ({ task, transition: 0, label: "pte_unmap_unlock();" });
  const split = (task: number, way: string) => [
    { task, transition: 0, label: `split_folio(); -> ${way}` },
    { task, transition: 0, label: `if (err) -> ${way === "fails"}` },
  ];
  const next = (task: number) => ({ task, transition: 0, label: "for (; addr < end;) -> advance" });
  const intents = [
    lock(2),
    ...[...read(2, "none"), next(2), ...read(2, "large", 3), unlock(2)],
    lock(1),
    ...[...split(2, "succeeds"), ...read(1, "large", 2), unlock(1)],
    ...[lock(2), next(2), ...split(1, "succeeds"), ...read(2, "large", 1), unlock(2)],
    ...[...split(2, "fails"), next(2), ...read(2, "none")],
  ];
  const found = attempt(model, "ptl-held", { initial: 0, intents });
  if (!found) throw new Error("the wandering run does not violate ptl-held");
  return { initial: 0, moves: found.moves };
}

function messageOf(subject: Subject, run: Run): string | undefined {
  const model = subject.judgedBy(["ptl-held"]);
  return violationAtEnd(model, execute(model, run), "ptl-held");
}

describe.each([
  { name: "with search", options: {}, shortest: true },
  { name: "by replay alone", options: { search: false } as const, shortest: false },
])("$name", ({ options, shortest }) => {
  const before = wanderingRun();
  const after = shrink(family, "ptl-held", before, options);

  test("a violation at 2 tasks, 5 ptes and 3 folios is shown at 1, 2 and 1", () => {
    expect(before.moves.length).toBeGreaterThan(20);
    expect(after.subject.identity.parameters).toEqual({ tasks: 1, ptes: 2, folios: 1 });
    const cost = costOf(after.subject.judgedBy(["ptl-held"]), after.run);
    expect(cost).toEqual({ steps: 10, adverse: 1, switches: 0 });
  });

  test("it still violates the property, and says whether it is the shortest", () => {
    expect(messageOf(after.subject, after.run)).toBe("a pte is read without the ptl");
    expect(after.shortest).toBe(shortest);
  });

  test("shrinking again changes nothing", () => {
    const again = scenarioFamily(splitWalk, { version: "bad", ...after.subject.identity }, [ptlHeld]);
    expect(shrink(again, "ptl-held", after.run, options).run).toEqual(after.run);
  });
});

test("a run that violates nothing is refused", () => {
  expect(() => shrink(family, "ptl-held", { initial: 0, moves: [] })).toThrow("does not violate ptl-held");
});

test("where a search cannot finish, what was tried is not called the shortest", () => {
  const { run, shortest } = shrink(family, "ptl-held", wanderingRun(), { search: { maxStates: 3 } });
  expect(run.moves).toHaveLength(10);
  expect(shortest).toBe(false);
});
