import { groundProblem } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import { StateStore } from "../../store/state-store.ts";
import type { BackEnd, Engine, Report } from "../back-end.ts";
import { Fault, raiseFault } from "../fault.ts";
import { emptyReport } from "../report.ts";
import { moduleText } from "./module.ts";

interface Module {
  expandRange(from: number, to: number, levelStart: number, levelEnd: number): void;
  currentState(): number;
}
type Instantiate = (store: StateStore, report: Report, fault: () => never) => Module;

/** JavaScript made for the model, on packed states. */
export const packedJsBackEnd: BackEnd = { name: "packed-js", start: (problem) => start(problem, false) };

function start(problem: Problem, weighted: boolean): Engine {
  const store = new StateStore(problem.layout.words, weighted);
  const report = emptyReport(problem);
  const text = moduleText(groundProblem(problem));
  const instantiate = new Function("store", "report", "fault", text) as Instantiate;
  const module = instantiate(store, report, raiseFault);
  return {
    name: "packed-js",
    report,
    weighted,
    size: () => store.count,
    insert: (words) => store.insert(words),
    state: (index) => store.state(index),
    parent: (index) => store.parent(index),
    weight: (index) => store.weight(index),
    bytes: () => store.bytes(),
    expand: (from, to, level) => {
      try {
        module.expandRange(from, to, level.start, level.end);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        report.faulty = module.currentState();
      }
    },
  };
}
