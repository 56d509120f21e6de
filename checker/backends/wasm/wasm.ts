import { groundProblem, mostSuccessors } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import type { BackEnd, Engine } from "../back-end.ts";
import { freshMemory, type Memory } from "../stored-engine.ts";
import { memoryMap } from "./memory-map.ts";
import { currentState, mergeReport } from "./merge-report.ts";
import { moduleBytes } from "./module.ts";
import { type Link, type Module, WasmMemory } from "./wasm-memory.ts";

/** WebAssembly made for the model: the fastest, for searches of many states. */
export const wasmBackEnd: BackEnd = {
  name: "wasm",
  start: (problem) => wasmOn(problem, freshMemory(problem, false)),
};

/** Goes on with what another back end stored; from then on the states are here. */
export function wasmOn(problem: Problem, { store, report }: Memory): Engine {
  const ground = groundProblem(problem);
  const size = { mostSuccessors: mostSuccessors(ground), workers: 1 };
  const map = memoryMap(problem, size);
  const compiled = new WebAssembly.Module(moduleBytes(ground, map, false));
  const memory = new WasmMemory(problem, map, size, linkOf(compiled), store);
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
        while (memory.cursor < to && memory.makeRoom()) memory.module.run(to);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        report.faulty = currentState(memory);
      }
      mergeReport(report, memory);
    },
  };
}

function linkOf(compiled: WebAssembly.Module): Link {
  return (memory) => {
    const { records } = memory;
    const env = {
      memory: memory.memory,
      report: memory.reportOf(0),
      successors: memory.successorsOf(0),
      records,
    };
    return new WebAssembly.Instance(compiled, { env }).exports as unknown as Module;
  };
}
