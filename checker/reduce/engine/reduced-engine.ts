import type { Engine } from "../../backends/back-end.ts";
import { Fault } from "../../backends/fault.ts";
import { engineOn, freshMemory, type Memory } from "../../backends/stored-engine.ts";
import { SlotCodec } from "../../backends/table/slot-codec.ts";
import { groundProblem } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import { NO_STATE } from "../../store/state-store.ts";
import type { Plan } from "../plan.ts";
import { Canonicalizer } from "../symmetry/canonical.ts";
import { concreteRun } from "./concrete-run.ts";
import { type Findings, ReducedTable } from "./reduced-table.ts";

/** Stores one state for all that the plan's reductions take for the same. */
export function reducedEngine(problem: Problem, plan: Plan, memory = freshMemory(problem, false)): Engine {
  const ground = groundProblem(problem);
  const table = new ReducedTable(ground, plan);
  const codec = new SlotCodec(ground.slots, problem.layout.words);
  const canonicalizer = new Canonicalizer(plan.symmetry);
  const { store, report } = memory;
  const chosen = (values: Int32Array): Uint32Array => {
    canonicalizer.canonicalize(values);
    return codec.pack(values);
  };
  const expandOne = (index: number): void => {
    try {
      table.expand(codec.read(store.state(index)), recorded(memory, index, chosen));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report.faulty = index;
    }
  };
  const expand: Engine["expand"] = (from, to) => {
    for (let index = from; index < to && report.faulty === NO_STATE; index++) expandOne(index);
  };
  return {
    ...engineOn("table", memory, expand),
    insert: (words) => store.insert(chosen(codec.read(words))),
    runAlong: (path, check) => concreteRun({ problem, table, codec, canonicalizer }, path, check),
  };
}

/** Takes down what the expansion of a stored state finds. */
function recorded(
  { store, report }: Memory,
  index: number,
  chosen: (values: Int32Array) => Uint32Array,
): Findings {
  return {
    seen: (check) => {
      if (report.firstSeen[check] === NO_STATE) report.firstSeen[check] = index;
    },
    ended: (transition, margin) => {
      if (report.fired[transition] === 0) report.fired[transition] = 1;
      report.margins[margin] = 1;
    },
    moved: (transition) => {
      report.transitions++;
      report.fired[transition] = 2;
    },
    arrived: (values) => {
      const words = chosen(values);
      store.reserve(1);
      if (store.find(words) === NO_STATE) store.append(words, index);
    },
  };
}
