import fc from "fast-check";
import { expect, test } from "vitest";
import type { Model } from "../../model/ir/model.ts";
import { initialStates } from "../interpret/initial-states.ts";
import { ModelError } from "../interpret/model-error.ts";
import { problemOf } from "../problem.ts";
import { packed } from "../search/run.ts";
import { search } from "../search/search.ts";
import { settledBy } from "../search/settled.ts";
import { sweepChecked } from "../search/sweep-checked.ts";
import { judge } from "../search/verdict.ts";
import { brokenPtlProtocol, ptlProtocol } from "../testing/ptl-protocol.ts";
import { randomModels } from "../testing/random/random-model.ts";
import { compactReducedEngine, reducedEngine } from "./engine/reduced-engine.ts";
import type { ReductionPlan } from "./reductions.ts";
import { randomProtocols } from "./testing/random-protocol.ts";
import { showsItsVerdict } from "./testing/replay.ts";
import { planOf } from "./testing/searched.ts";

test("hash compaction and reductions go together, and never say that a property holds", () => {
  const protocol = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });
  const [exact, compact] = [search(protocol), search(protocol, { hashCompact: true })];
  expect(compact).toMatchObject({ states: exact.states, transitions: exact.transitions, depth: exact.depth });
  expect(compact.reductions).toEqual(exact.reductions);
  expect(compact.bounds).toMatchObject([{ kind: "omission" }]);
  expect(exact.properties.map(({ verdict }) => verdict)).toEqual(["holds", "holds"]);
  const verdicts = compact.properties.map(({ verdict }) => verdict);
  expect(verdicts).toEqual(["holds-within-bound", "holds-within-bound"]);
});

test("its violations come with the shortest runs", () => {
  const broken = brokenPtlProtocol({ tasks: 2, ptes: 2, folios: 2 });
  const [compact] = search(broken, { hashCompact: true, only: ["protocol"] }).properties;
  expect(compact).toEqual(search(broken, { only: ["protocol"] }).properties[0]);
});

test("a checkpoint is refused, as hashes are not enough to go on with", () => {
  const checkpoint = { every: 1, save: () => {} };
  const protocol = ptlProtocol({ tasks: 2, ptes: 1, folios: 1 });
  expect(() => search(protocol, { hashCompact: true, checkpoint })).toThrow("keeps no checkpoints");
});

test.each([
  ["protocols", randomProtocols()],
  ["models", randomModels()],
])(
  "what is kept, hashes or states, makes no difference on random %s, runs included",
  (_, models) => {
    let violated = 0;
    fc.assert(
      fc.property(models, (model) => {
        const plan = planOf(model);
        if (!plan) return;
        const compact = found(model, plan, compactReducedEngine);
        expect(compact).toEqual(found(model, plan, reducedEngine));
        if (typeof compact === "string") return;
        for (const each of compact.violations) expect(showsItsVerdict(model, each)).toBe(true);
        violated += compact.violations.length;
      }),
      { numRuns: 150 },
    );
    expect(violated).toBeGreaterThan(20);
  },
  300_000,
);

function found(model: Model, plan: ReductionPlan, engineOf: typeof compactReducedEngine) {
  try {
    const problem = problemOf(model);
    const engine = engineOf(problem, plan);
    for (const state of initialStates(model)) engine.insert(packed(problem, state));
    const swept = sweepChecked(problem, engine, { maxStates: 3000 }, settledBy(problem, engine));
    const violations = judge(problem, engine, swept).filter(
      ({ verdict, run }) => verdict === "violated" && run,
    );
    return { violations, states: engine.size(), transitions: engine.report.transitions, depth: swept.depth };
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
}
