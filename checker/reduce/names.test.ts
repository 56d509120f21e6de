import { expect, test } from "vitest";
import { primitives } from "../../model/kernel/table/index.ts";
import { loadScenario, scenarioIds } from "../../model/scenarios/registry.ts";
import { properties } from "../../properties/library.ts";
import { isTest, typescriptSources } from "../../testing/tidy/sources.ts";

/** Text in quotes or backticks, which is where a name would be compared with. */
const QUOTED = /"([^"\n]*)"|`([^`]*)`/g;

test("the reductions know no primitive, variable, scenario or property by its name", async () => {
  const names = await allNames();
  expect(names.has("ptl.owner") && names.has("folio") && names.has("spin_lock")).toBe(true);
  const sources = typescriptSources().filter(
    (each) => each.path.startsWith("checker/reduce/") && !isTest(each),
  );
  expect(sources.length).toBeGreaterThan(10);
  const known = sources.flatMap(({ path, text }) =>
    [...text.matchAll(QUOTED)]
      .flatMap(([, quoted = "", templated = ""]) => [
        quoted,
        ...templated.replace(/\$\{[^}]*\}/g, " ").split(/\W+/),
      ])
      .filter((each) => names.has(each))
      .map((each) => `${path}: ${each}`),
  );
  expect(known).toEqual([]);
});

async function allNames(): Promise<ReadonlySet<string>> {
  const scenarios = await Promise.all(scenarioIds.map(loadScenario));
  const variables = scenarios.flatMap((scenario) => {
    if (!scenario) return [];
    const parameters = Object.fromEntries(scenario.parameters.map((each) => [each.name, each.default]));
    const { model } = scenario.build({ parameters });
    return [...model.variables.map(({ name }) => name), ...Object.keys(model.sets)];
  });
  const rows = [...primitives, ...properties].map(({ name }) => name);
  const names = new Set([...scenarioIds, ...variables, ...rows]);
  // Also a kind of invariant, which is the language's own.
  names.delete("no-deadlock");
  return names;
}
