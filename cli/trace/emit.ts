import { dirname, relative, resolve, sep } from "node:path";
import type { ModelSource } from "../../counterexamples/emit-test/emit-test.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import { replaceText } from "../../model/files/replace-file.ts";
import { loadScenario } from "../../model/scenarios/registry.ts";
import { findTarget } from "../explore/target.ts";

/** Writes a vitest file that replays the trace. */
export async function writeTest(path: string, trace: Trace): Promise<void> {
  const { emitTest } = await import("../../counterexamples/emit-test/emit-test.ts");
  replaceText(path, emitTest(trace, await sourceOf(trace.model.scenario, path)));
}

/** A model of the user's own is imported from where the test lies. */
async function sourceOf(name: string, path: string): Promise<ModelSource> {
  if (await loadScenario(name)) return { kind: "built-in", id: name };
  const { kind } = await findTarget(name);
  const module = relative(dirname(resolve(path)), resolve(name))
    .split(sep)
    .join("/");
  return { kind, module: module.startsWith(".") ? module : `./${module}` };
}
