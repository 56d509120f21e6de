import { groundProblem } from "../../ground/ground-problem.ts";
import { initialStates } from "../../interpret/initial-states.ts";
import { required } from "../../interpret/model-index.ts";
import { successors } from "../../interpret/successors.ts";
import type { Problem } from "../../problem.ts";
import type { Bound, Run } from "../../result.ts";
import { movesAlong, violatingMove } from "../../search/moves.ts";
import { packed } from "../../search/run.ts";
import type { BackEnd, Engine } from "../back-end.ts";
import { isFault } from "../fault.ts";
import { type EngineReport, emptyReport } from "../memory.ts";
import type { Storage } from "../packed-js/collect-code.ts";
import { instantiateModule } from "../packed-js/packed-js.ts";
import { withinMemory } from "../stored-engine.ts";
import { CompactStore, hasHash } from "./compact-store.ts";

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
    const module = instantiateModule(groundProblem(problem), compactStorage, { store, report });
    const expand: Engine["expand"] = (from, to, { start, end }) => {
      try {
        module.expandRange(from, to, start, end);
      } catch (error) {
        if (!isFault(error)) throw error;
        report.faulty = module.currentState();
      }
    };
    return {
      ...compactEngine("packed-js", { store, report }, expand, (words) => store.insert(words)),
      runAlong: (path, check) => runAlongHashes(problem, path, check),
    };
  },
};

/** The parts of an engine that follow from keeping hashes of states. */
export function compactEngine(
  name: string,
  { store, report }: { readonly store: CompactStore; readonly report: EngineReport },
  expand: Engine["expand"],
  insert: Engine["insert"],
): Engine {
  return {
    name,
    report,
    weighted: false,
    size: () => store.count,
    state: (index) => store.hashAt(index),
    faultyState: () => store.state(report.faulty),
    parent: (index) => store.parent(index),
    weight: () => 0,
    bytes: () => store.bytes(),
    omission: () => omissionBound(store.count),
    ...withinMemory(expand, insert),
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

/** Hands a batch's successors to the store, which keeps hashes of states and whole ones of two levels only. */
const compactStorage: Storage = {
  load: (word, words) => `frontier[(state - levelStart) * ${words} + ${word}]`,
  code: () => `
  let frontier;
  function settle() {
    report.transitions += taken;
    store.take(out, filled);
    filled = 0; taken = 0;
  }
  function expandRange(from, to, start, end) {
    levelStart = start; levelEnd = end;
    frontier = store.frontierAt(start);
    expandBatches(from, to);
  }`,
};

/** The run of whole states that have these hashes, one after the other. */
function runAlongHashes(problem: Problem, path: readonly Uint32Array[], check?: number): Run {
  const { model } = problem;
  const [first, ...others] = path;
  if (!first) throw new Error("an empty path");
  const initial = initialStates(model).findIndex((state) => hasHash(packed(problem, state), first));
  let state = required(initialStates(model)[initial], "no initial state has the hash");
  const states = [packed(problem, state)];
  for (const hash of others) {
    const next = successors(model, state).find(
      (step) => step.kind === "successor" && hasHash(packed(problem, step.state), hash),
    );
    if (next?.kind !== "successor") throw new Error("no successor has the hash");
    state = next.state;
    states.push(packed(problem, state));
  }
  const last = check === undefined ? undefined : violatingMove(problem, packed(problem, state), check);
  return { initial, moves: [...movesAlong(problem, states), ...(last ? [last] : [])] };
}
