import { type GroundProblem, groundProblem } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import type { Projection } from "../../store/projection.ts";
import type { BackEnd, Engine } from "../back-end.ts";
import { isFault, raiseFault } from "../fault.ts";
import { type EngineReport, emptyMemory, type Memory } from "../memory.ts";
import { engineOn } from "../stored-engine.ts";
import type { Storage } from "./collect-code.ts";
import { exactStorage } from "./exact-code.ts";
import { moduleText } from "./module.ts";

interface Module {
  expandRange(from: number, to: number, levelStart: number, levelEnd: number): void;
  currentState(): number;
}
type Instantiate<S> = (
  store: S,
  report: EngineReport,
  fault: () => never,
  masks: Uint32Array | undefined,
) => Module;

/** What a module's code works on; `S` is the store that the storage's code calls. */
interface Working<S> {
  readonly store: S;
  readonly report: EngineReport;
  readonly projection?: Projection | undefined;
}

/** Runs the text of a module that keeps its states as `storage` says. */
export function instantiateModule<S>(
  ground: GroundProblem,
  storage: Storage,
  { store, report, projection }: Working<S>,
): Module {
  const text = moduleText(ground, storage, projection);
  const instantiate = new Function("store", "report", "fault", "masks", text) as Instantiate<S>;
  return instantiate(store, report, raiseFault, projection?.masks);
}

/** JavaScript made for the model, on packed states. */
export const packedJsBackEnd: BackEnd = {
  name: "packed-js",
  start: (problem, { weighted, memory = emptyMemory(problem, weighted) }) => packedJsOn(problem, memory),
};

/** Goes on with what another back end stored. */
export function packedJsOn(problem: Problem, memory: Memory): Engine {
  const module = instantiateModule(groundProblem(problem), exactStorage, memory);
  return engineOn("packed-js", memory, (from, to, level) => {
    try {
      module.expandRange(from, to, level.start, level.end);
    } catch (error) {
      if (!isFault(error)) throw error;
      memory.report.faulty = module.currentState();
    }
  });
}
