import { groundProblem } from "../../ground/ground-problem.ts";
import type { Bound } from "../../result.ts";
import type { BackEnd, Engine } from "../back-end.ts";
import { Fault } from "../fault.ts";
import { type EngineReport, emptyReport } from "../memory.ts";
import { instantiateModule } from "../packed-js/packed-js.ts";
import { withinMemory } from "../stored-engine.ts";
import { compactStorage } from "./compact-code.ts";
import { CompactStore } from "./compact-store.ts";
import { runAlongHashes } from "./run-along-hashes.ts";

/**
 * Generated JavaScript that tells states apart by 64 bits of hash (hash compaction: Wolper and Leroy 1993,
 * Stern and Dill 1995). Two states of one hash are taken for the same, and what follows the second is missed;
 * so such a search never ends with `holds`. What it finds is real: runs are retraced in whole states.
 */
export const compactBackEnd: BackEnd = {
  name: "packed-js",
  start: (problem) => {
    const store = new CompactStore(problem.layout.words);
    const report = emptyReport(problem);
    const module = instantiateModule(groundProblem(problem), compactStorage, store, report);
    const expand: Engine["expand"] = (from, to, { start, end }) => {
      try {
        module.expandRange(from, to, start, end);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        report.faulty = module.currentState();
      }
    };
    return {
      ...compactEngine("packed-js", store, report, expand),
      runAlong: (path, check) => runAlongHashes(problem, path, check),
    };
  },
};

/** The parts of an engine that follow from keeping hashes of states. */
export function compactEngine(
  name: string,
  store: CompactStore,
  report: EngineReport,
  expand: Engine["expand"],
): Engine {
  return {
    name,
    report,
    weighted: false,
    size: () => store.count,
    insert: (words) => store.insert(words),
    state: (index) => store.hashAt(index),
    faultyState: () => store.state(report.faulty),
    parent: (index) => store.parent(index),
    weight: () => 0,
    bytes: () => store.bytes(),
    omission: () => omissionBound(store.count),
    ...withinMemory(expand),
  };
}

/** Of n states, any of the n (n - 1) / 2 pairs may share a hash, each with a probability of 2^-64. */
function omissionBound(states: number): Bound {
  const probability = ((states * (states - 1)) / 2) * 2 ** -64;
  return {
    kind: "omission",
    detail: `states told apart by 64 bits of hash: one is missed with a probability below ${probability.toExponential(1)}`,
  };
}
