import { type GroundProblem, groundProblem, mostSuccessors } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import type { BackEnd, Engine } from "../back-end.ts";
import { freshMemory, type Memory } from "../stored-engine.ts";
import { currentState, mergeReport } from "./merge-report.ts";
import { moduleBytes } from "./module.ts";
import { type Resizable, WasmMemory } from "./wasm-memory.ts";

/** WebAssembly made for the model: the fastest, for searches of many states. */
export const wasmBackEnd: BackEnd = {
  name: "wasm",
  start: (problem) => wasmOn(problem, freshMemory(problem, false)),
};

/** What the module exports. */
interface Module extends Resizable {
  run(end: number): void;
}

/** Goes on with what another back end stored; from then on the states are here. */
export function wasmOn(problem: Problem, { store, report }: Memory): Engine {
  const ground = groundProblem(problem);
  const memory = new WasmMemory(problem, mostSuccessors(ground));
  const module = instantiate(ground, memory);
  memory.attach(module, store);
  return {
    name: "wasm",
    report,
    weighted: false,
    size: () => memory.count,
    insert: (words) => memory.insert(words),
    state: (index) => memory.state(index),
    parent: (index) => memory.parent(index),
    weight: () => 0,
    bytes: () => memory.bytes(),
    exhausted: () => memory.exhausted,
    expand: (from, to) => {
      memory.cursor = from;
      try {
        while (memory.cursor < to && memory.makeRoom()) module.run(to);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        report.faulty = currentState(memory);
      }
      mergeReport(report, memory);
    },
  };
}

function instantiate(ground: GroundProblem, memory: WasmMemory): Module {
  const compiled = new WebAssembly.Module(moduleBytes(ground, memory.map, memory.workers > 1));
  const env = { memory: memory.memory, report: memory.reportOf(0), successors: memory.successorsOf(0) };
  return new WebAssembly.Instance(compiled, { env }).exports as unknown as Module;
}
