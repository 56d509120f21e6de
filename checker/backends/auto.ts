import type { Problem } from "../problem.ts";
import { isOutOfMemory } from "../store/out-of-memory.ts";
import type { BackEnd, Engine, StartOptions } from "./back-end.ts";
import { emptyMemory, type Memory } from "./memory.ts";
import { packedJsOn } from "./packed-js/packed-js.ts";
import { tableOn } from "./table/table.ts";
import { wasmBackEnd, wasmOn } from "./wasm/wasm.ts";

/** States beyond which generating JavaScript pays. */
const TINY = 300;
/** States beyond which generating WebAssembly pays, and searching once more for the least adverse runs. */
const SMALL = 150_000;

/**
 * Starts with tables, which cost nothing to set up, and goes on with generated code as states become many:
 * at last with WebAssembly, which does not weigh runs, unless they must be weighed.
 */
export const autoBackEnd: BackEnd = { name: "auto", parallel: true, start };

function start(problem: Problem, options: StartOptions): Engine {
  const { weighted, workers = 1, memory = emptyMemory(problem) } = options;
  let engine = tableOn(problem, memory);
  // WebAssembly forgets nothing, so it would store much more.
  let mayCompile = !weighted && !memory.projection;
  const grow = (): void => {
    const states = engine.size();
    if (engine.name === "table" && states > TINY) engine = packedJsOn(problem, memory);
    if (!mayCompile || (states <= SMALL && workers === 1)) return;
    mayCompile = false;
    if (!wasmBackEnd.refuse?.(problem)) engine = compiledOn(problem, memory, workers) ?? engine;
  };
  return {
    report: memory.report,
    get name() {
      return engine.name;
    },
    projection: memory.projection,
    get weighted() {
      return engine.weighted;
    },
    get ordered() {
      return engine.ordered ?? true;
    },
    size: () => engine.size(),
    insert: (words) => engine.insert(words),
    state: (index) => engine.state(index),
    parent: (index) => engine.parent(index),
    weight: (index) => engine.weight(index),
    exhausted: () => engine.exhausted?.() ?? false,
    records: () => engine.records?.() ?? memory.store.kept(),
    bytes: () => engine.bytes(),
    close: () => engine.close?.(),
    expand: (from, to, level) => {
      grow();
      engine.expand(from, to, level);
    },
  };
}

/** Undefined where there is no memory for it: the search goes on as before, by one worker alone. */
function compiledOn(problem: Problem, memory: Memory, workers: number): Engine | undefined {
  try {
    return wasmOn(problem, memory, workers);
  } catch (error) {
    if (isOutOfMemory(error)) return undefined;
    throw error;
  }
}
