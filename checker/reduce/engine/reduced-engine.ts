import type { Engine, Report } from "../../backends/back-end.ts";
import { compactEngine } from "../../backends/compact/compact.ts";
import { CompactStore, hasHash } from "../../backends/compact/compact-store.ts";
import { Fault } from "../../backends/fault.ts";
import { emptyReport } from "../../backends/report.ts";
import { engineOn, freshMemory } from "../../backends/stored-engine.ts";
import { SlotCodec } from "../../backends/table/slot-codec.ts";
import { groundProblem } from "../../ground/ground-problem.ts";
import type { Problem } from "../../problem.ts";
import { NO_STATE } from "../../store/state-store.ts";
import type { Plan } from "../plan.ts";
import { Canonicalizer } from "../symmetry/canonical.ts";
import { concreteRun, type Reduced } from "./concrete-run.ts";
import { type Findings, ReducedTable } from "./reduced-table.ts";

/** Stores one state for all that the plan's reductions take for the same. */
export function reducedEngine(problem: Problem, plan: Plan, memory = freshMemory(problem, false)): Engine {
  const { store, report } = memory;
  const reduced = reducedBy(problem, plan);
  const add: Add = (words, parent) => {
    store.reserve(1);
    if (store.find(words) === NO_STATE) store.append(words, parent);
  };
  const expandOne = expanderOf(reduced, report, add);
  return {
    ...engineOn("table", memory, (from, to) => {
      for (let index = from; index < to && report.faulty === NO_STATE; index++) {
        expandOne(index, store.state(index));
      }
    }),
    insert: (words) => store.insert(chosen(reduced, words)),
    runAlong: (path, check) => concreteRun(reduced, path, check),
  };
}

/** The same, of which only hashes are kept. */
export function compactReducedEngine(problem: Problem, plan: Plan): Engine {
  const store = new CompactStore(problem.layout.words);
  const report = emptyReport(problem);
  const reduced = reducedBy(problem, plan);
  const expandOne = expanderOf(reduced, report, (words, parent) => store.insert(words, parent));
  const expand: Engine["expand"] = (from, to, { start }) => {
    store.frontierAt(start);
    for (let index = from; index < to && report.faulty === NO_STATE; index++) {
      expandOne(index, store.state(index));
    }
  };
  return {
    ...compactEngine("table", store, report, expand),
    insert: (words) => store.insert(chosen(reduced, words)),
    runAlong: (path, check) => concreteRun(reduced, path, check, hasHash),
  };
}

function reducedBy(problem: Problem, plan: Plan): Reduced {
  const ground = groundProblem(problem);
  return {
    problem,
    table: new ReducedTable(ground, plan),
    codec: new SlotCodec(ground.slots, problem.layout.words),
    canonicalizer: new Canonicalizer(plan.symmetry),
  };
}

function chosen({ codec, canonicalizer }: Reduced, words: Uint32Array): Uint32Array {
  const values = codec.read(words);
  canonicalizer.canonicalize(values);
  return codec.pack(values);
}

/** Stores a state, packed, unless it is known. */
type Add = (words: Uint32Array, parent: number) => void;

/** Expands one state, and notes where the model is wrong in it. */
function expanderOf({ table, codec, canonicalizer }: Reduced, report: Report, add: Add) {
  return (index: number, words: Uint32Array): void => {
    const arrived = (values: Int32Array): void => {
      canonicalizer.canonicalize(values);
      add(codec.pack(values), index);
    };
    try {
      table.expand(codec.read(words), { ...noted(report, index), arrived });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report.faulty = index;
    }
  };
}

/** Takes down what the expansion of a stored state finds. */
function noted(report: Report, index: number): Omit<Findings, "arrived"> {
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
