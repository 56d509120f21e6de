import type { Engine } from "../../backends/back-end.ts";
import { Fault } from "../../backends/fault.ts";
import { freshMemory } from "../../backends/stored-engine.ts";
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
  let current = 0;
  const chosen = (values: Int32Array): Uint32Array => {
    canonicalizer.canonicalize(values);
    return codec.pack(values);
  };
  const findings: Findings = {
    seen: (check) => {
      if (report.firstSeen[check] === NO_STATE) report.firstSeen[check] = current;
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
      if (store.find(words) === NO_STATE) store.append(words, current);
    },
  };
  const expandOne = (index: number): void => {
    current = index;
    try {
      table.expand(codec.read(store.state(index)), findings);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report.faulty = index;
    }
  };
  return {
    name: "table",
    report,
    weighted: false,
    size: () => store.count,
    insert: (words) => store.insert(chosen(codec.read(words))),
    state: (index) => store.state(index),
    parent: (index) => store.parent(index),
    weight: () => 0,
    records: () => store.kept(),
    bytes: () => store.bytes(),
    expand: (from, to) => {
      for (let index = from; index < to && report.faulty === NO_STATE; index++) expandOne(index);
    },
    runAlong: (path, check) => concreteRun({ problem, table, codec, canonicalizer }, path, check),
  };
}
