import type { Problem } from "../problem.ts";
import type { BackEnd, Engine } from "./back-end.ts";
import { packedJsOn } from "./packed-js/packed-js.ts";
import { freshMemory } from "./stored-engine.ts";
import { tableOn } from "./table/table.ts";

/** States beyond which generating code pays. */
const TINY = 2_000;

/** Starts with tables, which cost nothing to set up, and goes on with generated code where states are many. */
export const autoBackEnd: BackEnd = { name: "auto", start };

function start(problem: Problem, { weighted }: { readonly weighted: boolean }): Engine {
  const memory = freshMemory(problem, weighted);
  let engine = tableOn(problem, memory);
  let generated = false;
  return {
    ...engine,
    get name() {
      return engine.name;
    },
    expand: (from, to, level) => {
      if (!generated && memory.store.count > TINY) {
        engine = packedJsOn(problem, memory);
        generated = true;
      }
      engine.expand(from, to, level);
    },
  };
}
