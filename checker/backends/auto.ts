import type { Problem } from "../problem.ts";
import type { BackEnd, Engine, StartOptions } from "./back-end.ts";
import { packedJsOn } from "./packed-js/packed-js.ts";
import { freshMemory } from "./stored-engine.ts";
import { tableOn } from "./table/table.ts";
import { wasmOn } from "./wasm/wasm.ts";

/** States beyond which generating code pays. */
const TINY = 2_000;

/** Starts with tables, which cost nothing to set up, and goes on with generated code where states are many. */
export const autoBackEnd: BackEnd = { name: "auto", parallel: true, start };

function start(problem: Problem, { weighted, workers, memory = freshMemory(problem) }: StartOptions): Engine {
  const tables = tableOn(problem, memory);
  let engine = tables;
  return {
    report: memory.report,
    get name() {
      return engine.name;
    },
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
      if (engine === tables && engine.size() > TINY) {
        engine = weighted ? packedJsOn(problem, memory) : wasmOn(problem, memory, workers);
      }
      engine.expand(from, to, level);
    },
  };
}
