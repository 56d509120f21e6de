import type { Engine } from "../../backends/back-end.ts";
import { compactEngine } from "../../backends/compact/compact.ts";
import { CompactStore, hasHash } from "../../backends/compact/compact-store.ts";
import { isFault } from "../../backends/fault.ts";
import { type EngineReport, emptyMemory, emptyReport } from "../../backends/memory.ts";
import { engineOn, withinMemory } from "../../backends/stored-engine.ts";
import { SlotCodec } from "../../backends/table/slot-codec.ts";
import { groundProblem } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import { NO_STATE } from "../../store/state-store.ts";
import type { ReductionPlan } from "../reductions.ts";
import { Canonicalizer } from "../symmetry/canonical.ts";
import { chosen, concreteRun, type Reduced } from "./concrete-run.ts";
import { type Findings, ReducedTable } from "./reduced-table.ts";

/** Stores one state for all that the plan's reductions take for the same. */
export function reducedEngine(
  problem: Problem,
  plan: ReductionPlan,
  memory = emptyMemory(problem, false),
): Engine {
  const { store, report } = memory;
  const reduced = reducedBy(problem, plan);
  const add: Add = (words, parent) => {
    store.reserve(1);
    if (store.find(words) === NO_STATE) store.append(words, parent);
  };
  const expand = expanderOf(reduced, report, store, add);
  const insert: Engine["insert"] = (words) => store.insert(chosen(reduced, reduced.codec.read(words)));
  return {
    ...engineOn("table", memory, expand),
    ...withinMemory(expand, insert),
    runAlong: (path, check) => concreteRun(reduced, path, check),
  };
}

/** The same, of which only hashes are kept. */
export function compactReducedEngine(problem: Problem, plan: ReductionPlan): Engine {
  const store = new CompactStore(problem.layout.words);
  const report = emptyReport(problem);
  const reduced = reducedBy(problem, plan);
  const expandStates = expanderOf(reduced, report, store, (words, parent) => store.insert(words, parent));
  const expand: Engine["expand"] = (from, to, { start }) => {
    store.frontierAt(start);
    expandStates(from, to);
  };
  const insert: Engine["insert"] = (words) => store.insert(chosen(reduced, reduced.codec.read(words)));
  return {
    ...compactEngine("table", { store, report }, expand, insert),
    runAlong: (path, check) => concreteRun(reduced, path, check, hasHash),
  };
}

function reducedBy(problem: Problem, plan: ReductionPlan): Reduced {
  const ground = groundProblem(problem);
  return {
    problem,
    table: new ReducedTable(ground, plan),
    codec: new SlotCodec(ground.slots, problem.layout.words),
    canonicalizer: new Canonicalizer(plan.symmetry),
  };
}

/** Stores a state, packed, unless it is known. */
type Add = (words: Uint32Array, parent: number) => void;

/** Expands stored states one by one, up to one in which the model is wrong. */
function expanderOf(
  reduced: Reduced,
  report: EngineReport,
  store: { state(index: number): Uint32Array },
  add: Add,
): (from: number, to: number) => void {
  const expandOne = (index: number): void => {
    const arrived = (values: Int32Array): void => add(chosen(reduced, values), index);
    try {
      reduced.table.expand(reduced.codec.read(store.state(index)), { ...noted(report, index), arrived });
    } catch (error) {
      if (!isFault(error)) throw error;
      report.faulty = index;
    }
  };
  return (from, to) => {
    for (let index = from; index < to && report.faulty === NO_STATE; index++) expandOne(index);
  };
}

/** Takes down what the expansion of a stored state finds. */
function noted(report: EngineReport, index: number): Omit<Findings, "arrived"> {
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
  };
}
