import { expect, test } from "vitest";
import { apply, initialStates, type State } from "../checker/interpret/interpret.ts";
import { reach } from "../checker/search/reach.ts";
import { insertAfter, insertBefore } from "../model/ir/edit.ts";
import type { Model } from "../model/ir/model.ts";
import { kernelReports } from "../model/kernel/report.ts";
import { buildCopy, type Edit } from "../model/scenarios/batch-callers/index.ts";
import { calls } from "../model/scenarios/batch-callers/walk.ts";
import { buildMadvise } from "../model/scenarios/madvise/index.ts";
import type { ScenarioModel } from "../model/scenarios/scenario.ts";
import { instrument } from "./instrument.ts";
import { printedVariable, reports } from "./reports.ts";

const SEED = ["bad-unlock", "rcu-nest-negative", "sleep-in-atomic", "scheduling-while-atomic"];

const printed = ({ shared }: State): readonly string[] =>
  kernelReports.filter((each) => shared[printedVariable(each)] === 1).map(({ id }) => id);

/** The reports of the run that prints most, in their order. */
function printedInOrder({ model, observe }: ScenarioModel): readonly string[] {
  const watched: Model = instrument(model, observe, [reports]);
  const [start] = initialStates(watched);
  if (!start) throw new Error("no initial state");
  let state = start;
  const found = new Set<string>();
  for (const move of reach(watched, start, (each) => printed(each).length).moves) {
    const step = apply(watched, state, move);
    if (step.kind === "successor") state = step.state;
    for (const each of printed(state)) found.add(each);
  }
  return [...found];
}

test("v5 goes on to print the seed's reports in their order, v7 none", () => {
  expect(printedInOrder(buildMadvise({ version: "v5", parameters: {} }))).toEqual(SEED);
  expect(printedInOrder(buildMadvise({ version: "v7", parameters: {} }))).toEqual([]);
});

test("one pte makes v5 print nothing", () => {
  expect(printedInOrder(buildMadvise({ version: "v5", parameters: { ptes: 1 } }))).toEqual([]);
});

test("another function that unlocks twice prints the same", () => {
  const twice: Edit = (body, walk) => {
    const once = { text: "cond_resched" };
    const unlock = calls(walk, "pte_unmap_unlock", "pte_unmap_unlock(orig_src_pte, src_ptl); /* again */");
    return insertAfter(insertBefore(body, once, unlock), once, calls(walk, "schedule", "schedule();"));
  };
  expect(printedInOrder(buildCopy({ parameters: { ptes: 1 } }, twice))).toEqual(SEED);
});
