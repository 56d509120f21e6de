import type { Engine } from "../backends/back-end.ts";
import { throwFault } from "../backends/interpret.ts";
import type { Problem } from "../problem.ts";
import type { SearchOptions } from "../search-options.ts";
import { NO_STATE } from "../store/state-store.ts";
import { type Course, type Sweep, sweep } from "./sweep.ts";
import { type Pausing, toEnd } from "./time.ts";

/** As `sweepCheckedPausing`, without a pause. */
export function sweepChecked(
  problem: Problem,
  engine: Engine,
  options: SearchOptions,
  settled: Course["settled"],
): Sweep {
  return toEnd(sweepCheckedPausing(problem, engine, options, { settled }));
}

/** As `sweep`; throws the ModelError of the first state in which the model is wrong. */
export function* sweepCheckedPausing(
  problem: Problem,
  engine: Engine,
  options: SearchOptions,
  course: Course,
): Pausing<Sweep> {
  const swept = yield* sweep(engine, options, course);
  const { faulty } = engine.report;
  if (faulty !== NO_STATE) throwFault(problem, engine.faultyState?.() ?? engine.state(faulty));
  return swept;
}
