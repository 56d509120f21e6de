import { groundProblem } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import type { StateStore } from "../../store/state-store.ts";
import type { BackEnd, Engine, Report } from "../back-end.ts";
import { Fault, raiseFault } from "../fault.ts";
import { engineOn, freshMemory, type Memory } from "../stored-engine.ts";
import { moduleText } from "./module.ts";

interface Module {
  expandRange(from: number, to: number, levelStart: number, levelEnd: number): void;
  currentState(): number;
}
type Instantiate = (store: StateStore, report: Report, fault: () => never) => Module;

/** JavaScript made for the model, on packed states. */
export const packedJsBackEnd: BackEnd = {
  name: "packed-js",
  start: (problem, { weighted }) => packedJsOn(problem, freshMemory(problem, weighted)),
};

/** Goes on with what another back end stored. */
export function packedJsOn(problem: Problem, memory: Memory): Engine {
  const { store, report } = memory;
  const instantiate = new Function(
    "store",
    "report",
    "fault",
    moduleText(groundProblem(problem)),
  ) as Instantiate;
  const module = instantiate(store, report, raiseFault);
  return engineOn("packed-js", memory, (from, to, level) => {
    try {
      module.expandRange(from, to, level.start, level.end);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report.faulty = module.currentState();
    }
  });
}
