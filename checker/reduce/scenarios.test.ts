import { describe, expect, test } from "vitest";
import type { Model } from "../../model/ir/model.ts";
import { ptlProtocol } from "../../model/scenarios/ptl-protocol/index.ts";
import { loadScenario, scenarioIds } from "../../model/scenarios/registry.ts";
import type { Scenario, ScenarioModel } from "../../model/scenarios/scenario.ts";
import { instrument } from "../../properties/instrument.ts";
import { propertiesOf } from "../../properties/library.ts";
import { stepWithout } from "../../testing/planted-bugs/step-without.ts";
import { search } from "../search/search.ts";
import { showsItsVerdict } from "./testing/replay.ts";
import { planOf, searchedBy, searchedInFull } from "./testing/searched.ts";

const judged = (scenario: Scenario, { model, observe }: ScenarioModel) =>
  instrument(model, observe, propertiesOf(scenario));

function protocol(tasks: number, ptes = 2, folios = 2): ScenarioModel {
  return ptlProtocol.build({ parameters: { tasks, ptes, folios } });
}

describe.each(scenarioIds)("%s", (id) => {
  test("has the same verdicts reduced and in full", async () => {
    const scenario = await loadScenario(id);
    if (!scenario) throw new Error(`no scenario '${id}'`);
    for (const parameters of [smallSizes(scenario)]) {
      for (const version of scenario.versions.length > 0 ? scenario.versions : [undefined]) {
        const model = judged(
          scenario,
          scenario.build({ parameters, ...(version && { version: version.id }) }),
        );
        const [reduced, full] = [search(model), search(model, { reduce: false })];
        expect(reduced.properties).toEqual(full.properties);
        expect(reduced.unreached).toEqual(full.unreached);
        expect(reduced.bounds).toEqual(full.bounds);
      }
    }
  });
});

/** One less than usual, where that is allowed: full search is to stay quick. */
function smallSizes({ parameters }: Scenario): Readonly<Record<string, number>> {
  return Object.fromEntries(
    parameters.map(({ name, default: usual, min }) => [name, Math.max(min, usual - 1)]),
  );
}

describe("the benchmark's protocol", () => {
  test("stores few states, and ever fewer times more with each further task", () => {
    const counts = [2, 3, 4, 8].map((tasks) => search(judged(ptlProtocol, protocol(tasks))));
    for (const { properties } of counts) for (const { verdict } of properties) expect(verdict).toBe("holds");
    const [two = 0, three = 0, four = 0, eight = 0] = counts.map(({ states }) => states);
    expect(four).toBeLessThanOrEqual(2000);
    expect(eight).toBeLessThanOrEqual(30_000);
    expect(four / three).toBeLessThan(three / two);
  });

  test("a bug planted for each property is found reduced and in full", () => {
    const found = new Set<string>();
    for (const mutant of mutantsOf(protocol(2, 1, 1))) {
      const model = judged(ptlProtocol, mutant);
      const plan = planOf(model);
      if (!plan) throw new Error("nothing is reduced");
      const [reduced, full] = [searchedBy(plan, model), searchedInFull(model)];
      const { unreached: _, ...same } = full.outcome;
      expect(reduced.outcome).toMatchObject(same);
      for (const each of reduced.properties) {
        if (!each.run) continue;
        expect(showsItsVerdict(model, each)).toBe(true);
        found.add(each.property);
      }
    }
    expect([...found].sort()).toEqual([...ptlProtocol.properties].sort());
  });
});

/** The protocol with one update left out of one step, for every update of every step. */
function mutantsOf(built: ScenarioModel): readonly ScenarioModel[] {
  const [program] = built.model.programs;
  if (!program) return [];
  return program.transitions.flatMap((transition, at) =>
    transition.updates.map(({ variable }): ScenarioModel => {
      const transitions = program.transitions.with(at, stepWithout(transition, variable));
      const model: Model = { ...built.model, programs: [{ ...program, transitions }] };
      return { ...built, model };
    }),
  );
}
