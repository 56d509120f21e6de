import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { loadScenario, scenarioIds } from "../../model/scenarios/registry.ts";
import type { Scenario } from "../../model/scenarios/scenario.ts";

/** What is to be explored: a scenario, or a model of the user's that has neither versions nor sizes. */
export type Target =
  | { readonly kind: "scenario"; readonly scenario: Scenario }
  | { readonly kind: "model"; readonly path: string; readonly model: Model };

const EXTENSIONS = [".ts", ".mts", ".js", ".mjs"];

/**
 * Finds a built-in scenario by its id, or loads a user's module by its path.
 * @throws InputError for an unknown id, a missing file, or a module that exports neither.
 */
export async function findTarget(name: string): Promise<Target> {
  if (EXTENSIONS.includes(extname(name))) return loadFile(name);
  const scenario = await loadScenario(name);
  if (scenario) return { kind: "scenario", scenario };
  throw new InputError(
    `unknown scenario '${name}' (valid: ${scenarioIds.join(", ")}, or the path of a model: ${EXTENSIONS.join(", ")})`,
  );
}

async function loadFile(path: string): Promise<Target> {
  if (!existsSync(path)) throw new InputError(`no such file: ${path}`);
  const exported = await importModule(path);
  if (isScenario(exported)) return { kind: "scenario", scenario: named(exported, path) };
  if (isModel(exported)) return { kind: "model", path, model: exported };
  throw new InputError(`${path}: its default export is neither a Scenario nor a Model`);
}

/** The scenario under its path, where what goes wrong as it is built is the user's to mend. */
function named(scenario: Scenario, path: string): Scenario {
  const build: Scenario["build"] = (choice) => {
    try {
      return scenario.build(choice);
    } catch (error) {
      throw new InputError(`${path} does not build: ${error instanceof Error ? error.message : error}`);
    }
  };
  return { ...scenario, id: path, build };
}

/** What was compiled is not kept, as the place would be a shared one: whoever can write there could change models. */
const NOTHING_KEPT = { fsCache: false, moduleCache: false };

async function importModule(path: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, { ...(await publicApi()), ...NOTHING_KEPT });
  try {
    return await jiti.import(resolve(path), { default: true });
  } catch (error) {
    throw new InputError(`${path} does not load: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * The public API of this very installation. Its source would take seconds to compile, and is loaded by now; the
 * built one is named, as code that V8 kept cannot import.
 */
async function publicApi() {
  const entry = resolve(import.meta.dirname, "..", "..", `index${extname(import.meta.filename)}`);
  return entry.endsWith(".ts")
    ? { virtualModules: { holdfast: await import(entry) } }
    : { alias: { holdfast: entry } };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function isScenario(value: unknown): value is Scenario {
  if (!isObject(value)) return false;
  const { build, parameters } = value;
  return typeof build === "function" && Array.isArray(parameters);
}

function isModel(value: unknown): value is Model {
  if (!isObject(value)) return false;
  const { programs, variables } = value;
  return Array.isArray(programs) && Array.isArray(variables);
}
