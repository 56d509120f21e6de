import { describe, expect, test } from "vitest";
import type { Model } from "../../model/ir/model.ts";
import { loadScenario, scenarioIds } from "../../model/scenarios/registry.ts";
import type { Scenario } from "../../model/scenarios/scenario.ts";
import { instrument } from "../../properties/instrument.ts";
import { propertiesOf } from "../../properties/library.ts";
import { search } from "../search/search.ts";
import type { BackEndName } from "../search-options.ts";

/** Versions of the scenario at sizes small enough for the interpreter. */
function smallModels(scenario: Scenario): readonly Model[] {
  const sizes = scenario.parameters.map(({ name, min, setting, default: usual }) => [
    name,
    setting ? usual : Math.max(min, Math.min(usual, 1)),
  ]);
  const parameters: Readonly<Record<string, number>> = Object.fromEntries(sizes);
  const choices = scenario.versions.map(({ id }) => ({ parameters, version: id }));
  return (choices.length > 0 ? choices : [{ parameters }]).map((choice) => {
    const { model, observe } = scenario.build(choice);
    return instrument(model, observe, propertiesOf(scenario));
  });
}

const COMPILED: readonly BackEndName[] = ["table", "packed-js", "wasm", "auto"];

describe.each(scenarioIds)("%s", (id) => {
  test("has the same states and verdicts with every back end", async () => {
    const scenario = await loadScenario(id);
    if (!scenario) throw new Error(`no scenario '${id}'`);
    for (const model of smallModels(scenario)) {
      const { backEnd: _, ...expected } = search(model, { backEnd: "interpret" });
      for (const name of COMPILED) {
        const { backEnd, ...found } = search(model, { backEnd: name, reduce: false });
        expect({ ...found, reductions: expected.reductions }).toEqual(expected);
        if (name !== "auto") expect(backEnd).toBe(name);
      }
    }
  }, 120_000);
});
