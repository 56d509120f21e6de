import type { GroundProblem } from "../../ground/ground-problem.ts";
import { collectFunction } from "./collect.ts";
import { encodeModule } from "./encoder/module.ts";
import { CONSTANTS, type CodeContext, FUNCTION, GLOBALS } from "./environment.ts";
import { endedFunction, expandFunction, seenFunction, taskFunction } from "./functions.ts";
import { runFunction } from "./loops.ts";
import { MAX_PAGES, type MemoryMap } from "./memory-map.ts";
import { clearFunction, rebuildFunction, relocateFunction } from "./rebuild.ts";
import { settleFunction } from "./settle.ts";
import { WordCode } from "./words.ts";

/** The module that searches the problem, alone or (shared) as one of several workers. */
export function moduleBytes(ground: GroundProblem, map: MemoryMap, shared: boolean): Uint8Array<ArrayBuffer> {
  const context: CodeContext = { map, shared, words: new WordCode(ground.problem.layout.words) };
  return encodeModule({
    memory: { initial: 1, maximum: MAX_PAGES, shared },
    constants: CONSTANTS,
    globals: GLOBALS,
    functions: [
      runFunction(context),
      clearFunction(),
      rebuildFunction(context),
      relocateFunction(context),
      seenFunction(context),
      endedFunction(context),
      collectFunction(context),
      settleFunction(context),
      expandFunction(ground, context),
      ...ground.tasks.map((task) => taskFunction(task, ground, context)),
    ],
    exports: {
      run: FUNCTION.run,
      clear: FUNCTION.clear,
      rebuild: FUNCTION.rebuild,
      relocate: FUNCTION.relocate,
    },
  });
}
