import { wideExpressions, wideText } from "../../../model/ir/wide-expressions.ts";
import { groundProblem, maxSuccessors } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import { isOutOfMemory } from "../../store/out-of-memory.ts";
import type { BackEnd, Engine } from "../back-end.ts";
import { type EngineReport, emptyMemory, type Memory } from "../memory.ts";
import { engineOn } from "../stored-engine.ts";
import { closeGaps, currentState, mergeReport } from "./after-round.ts";
import { memoryMap } from "./memory-map.ts";
import { moduleBytes } from "./module.ts";
import { type Link, WasmMemory } from "./wasm-memory.ts";
import type { Module } from "./work.ts";
import { startWorkers, workerPool } from "./worker-pool.ts";

/** WebAssembly made for the model: the fastest, for searches of many states. */
export const wasmBackEnd: BackEnd = {
  name: "wasm",
  parallel: true,
  refuse,
  start: (problem, { workers = 1, memory = emptyMemory(problem, false) }) => {
    try {
      return wasmOn(problem, memory, workers);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      // What is asked for by name is not replaced: the search ends where it begins.
      return { ...engineOn("wasm", memory, () => undefined), exhausted: () => true };
    }
  },
};

/** Two of a state's words are one parameter of a function, and engines take 1,000 of these; a few are others. */
const MAX_WORDS = 1_900;

function refuse({ layout, model }: Problem): string | undefined {
  if (layout.words > MAX_WORDS) {
    return `its states have ${layout.words} words of 32 bits (at most ${MAX_WORDS}; ${OTHERS})`;
  }
  const [wide] = wideExpressions(model);
  return wide && `${wideText(wide)}, and WebAssembly computes in 32 bits (${OTHERS})`;
}

const OTHERS = "valid, with one worker: interpret, table, packed-js";

/**
 * Goes on with what another back end stored; from then on the states are here.
 * @throws RangeError where there is no memory, or no address space, to begin with.
 */
export function wasmOn(problem: Problem, { store, report }: Memory, workers = 1): Engine {
  const threads = startWorkers(workers - 1);
  const ground = groundProblem(problem);
  const size = { maxSuccessors: maxSuccessors(ground), workers };
  const map = memoryMap(problem, size);
  const compiled = new WebAssembly.Module(moduleBytes(ground, map, workers > 1));
  const memory = new WasmMemory(map, size, linkOf(compiled), store);
  if (workers > 1) memory.pool = workerPool(threads, compiled, memory);
  return {
    name: "wasm",
    report,
    weighted: false,
    ordered: workers === 1,
    size: () => memory.count,
    insert: (words) => memory.insert(words),
    state: (index) => memory.state(index),
    parent: (index) => memory.parent(index),
    weight: () => 0,
    records: () => memory.kept(),
    bytes: () => memory.bytes(),
    exhausted: () => memory.exhausted,
    expand: (from, to) => expand(from, to, memory, report),
    close: () => memory.pool.close(),
  };
}

/** Round by round, with room made in between. */
function expand(from: number, to: number, memory: WasmMemory, report: EngineReport): void {
  memory.cursor = from;
  let faulty: readonly number[] = [];
  while (faulty.length === 0 && memory.cursor < to && memory.makeRoom()) {
    faulty = memory.pool.share("run", to);
    closeGaps(memory);
  }
  if (faulty.length > 0) report.faulty = Math.min(...faulty.map((worker) => currentState(memory, worker)));
  for (let worker = 0; worker < memory.workers; worker++) mergeReport(report, memory, worker);
}

function linkOf(compiled: WebAssembly.Module): Link {
  return (memory) => {
    const env = { memory: memory.memory, ...memory.constantsOf(0) };
    return new WebAssembly.Instance(compiled, { env }).exports as unknown as Module;
  };
}
