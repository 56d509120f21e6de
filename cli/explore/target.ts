import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { loadScenario, scenarioIds } from "../../model/scenarios/registry.ts";
import type { Scenario, ScenarioChoice } from "../../model/scenarios/scenario.ts";

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
  const checks = await import("./checked.ts");
  return readBy(path, () => targetOf(exported, path, checks));
}

type Checks = typeof import("./checked.ts");

function targetOf(
  exported: unknown,
  path: string,
  { checkedBuild, checkedModel, checkedScenario }: Checks,
): Target {
  if (isShaped(exported, "build", "parameters")) {
    const scenario = checkedScenario(exported, path);
    const build: Scenario["build"] = (choice) => {
      const built = builtBy(scenario, choice, path);
      return readBy(path, () => checkedBuild(built, path));
    };
    return { kind: "scenario", scenario: { ...scenario, id: path, build } };
  }
  if (isShaped(exported, "programs", "variables")) {
    return { kind: "model", path, model: checkedModel(exported, path) };
  }
  throw new InputError(`${path}: its default export is neither a Scenario nor a Model`);
}

/** What goes wrong as a scenario is built is the user's to correct. */
function builtBy(scenario: Scenario, choice: ScenarioChoice, path: string): unknown {
  try {
    return scenario.build(choice);
  } catch (error) {
    throw new InputError(`${path} does not build: ${error instanceof Error ? error.message : error}`);
  }
}

/** To read what a module exports may run code of the user's: a getter, or the traps of a proxy. */
function readBy<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${path}: what it exports cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
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

/** Whether the value is meant to be what has these keys. */
const isShaped = (value: unknown, ...keys: readonly string[]): boolean =>
  typeof value === "object" && value !== null && keys.every((key) => key in value);
