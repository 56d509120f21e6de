import type { z } from "zod";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { modelSchema } from "../../model/ir/schema.ts";
import type { Scenario, ScenarioModel } from "../../model/scenarios/scenario.ts";
import { builtSchema, scenarioSchema } from "../../model/scenarios/schema.ts";
import { dataPath, schemaProblem } from "../../model/schema-problem.ts";

/** @throws InputError of one line where what a user's module exports has not the form of a model. */
export function checkedModel(value: unknown, path: string): Model {
  assertForm<Model>(modelSchema, value, `${path} is no model`);
  // From here on it is data: what runs code as it is read could be another model each time.
  return structuredClone(value);
}

/** @throws InputError of one line where what a user's module exports has not the form of a scenario. */
export function checkedScenario(value: unknown, path: string): Scenario {
  assertForm<Scenario>(scenarioSchema, value, `${path} is no scenario`);
  return value;
}

/** @throws InputError of one line where what a user's scenario builds has not the form that is asked of it. */
export function checkedBuild(value: unknown, path: string): ScenarioModel {
  assertForm<ScenarioModel>(builtSchema, value, `${path} builds no scenario`);
  return { ...value, model: checkedModel(value.model, path) };
}

function assertForm<T>(schema: z.ZodType, value: unknown, what: string): asserts value is T {
  if (!endsWithin(MAX_NESTING, value)) {
    throw new InputError(`${what}: it nests data more than ${MAX_NESTING} deep, or holds itself`);
  }
  const { error } = schema.safeParse(value);
  if (error) throw new InputError(`${what}: ${handleAmong(value, error) ?? schemaProblem(error)}`);
}

/** Levels of objects and lists; what reads expressions calls itself for each part of one. */
const MAX_NESTING = 1000;

/** `known`: with how many levels left what is reached more than once was found to end. */
function endsWithin(levels: number, value: unknown, known = new Map<object, number>()): boolean {
  if (typeof value !== "object" || value === null) return true;
  if ((known.get(value) ?? Number.POSITIVE_INFINITY) <= levels) return true;
  if (levels === 0 || !Object.values(value).every((each) => endsWithin(levels - 1, each, known)))
    return false;
  known.set(value, levels);
  return true;
}

/** The commonest slip: a handle, which compares and assigns, where the plain data that it makes is wanted. */
function handleAmong(value: unknown, { issues: [issue] }: z.ZodError): string | undefined {
  const path = issue?.path ?? [];
  let here: unknown = value;
  for (const [at, key] of path.entries()) {
    here = Reflect.get(Object(here), key);
    const made = madeBy(here, path[0] === "variables");
    if (made === undefined) continue;
    return `${dataPath(path.slice(0, at + 1))}: a handle stands where its ${made} is wanted`;
  }
  return undefined;
}

function madeBy(value: unknown, asVariable: boolean): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (asVariable) return "variable" in value ? ".variable" : undefined;
  if ("is" in value && "value" in value) return ".value";
  return "at" in value && "variable" in value ? ".at(index).value" : undefined;
}
