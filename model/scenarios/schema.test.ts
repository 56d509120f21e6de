import fc from "fast-check";
import { expect, test } from "vitest";
import { randomModels } from "../../checker/testing/random/random-model.ts";
import { scenarioSubject } from "../../counterexamples/subject.ts";
import { properties } from "../../properties/library.ts";
import { modelSchema } from "../ir/schema.ts";
import { validate } from "../ir/validate.ts";
import { loadScenario, scenarioIds } from "./registry.ts";
import { builtSchema, scenarioSchema } from "./schema.ts";

test.each(scenarioIds)("%s has the form that is asked of a user's scenario", async (id) => {
  const scenario = await loadScenario(id);
  if (!scenario) throw new Error(`no scenario ${id}`);
  expect(scenarioSchema.safeParse(scenario).error).toBeUndefined();
  const parameters = Object.fromEntries(scenario.parameters.map((each) => [each.name, each.default]));
  for (const version of scenario.versions.length > 0
    ? scenario.versions.map((each) => each.id)
    : [undefined]) {
    const choice = { ...(version !== undefined && { version }), parameters };
    const built = scenario.build(choice);
    expect(builtSchema.safeParse(built).error).toBeUndefined();
    const subject = scenarioSubject(scenario, choice, properties);
    for (const model of [built.model, subject.judgedBy(subject.properties)]) {
      expect(modelSchema.safeParse(model).error).toBeUndefined();
      expect(validate(model)).toEqual([]);
    }
  }
});

test("so have random models", () => {
  fc.assert(
    fc.property(randomModels(), (model) => {
      expect(modelSchema.safeParse(model).error).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});
