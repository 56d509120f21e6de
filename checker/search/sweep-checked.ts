import type { Engine } from "../backends/back-end.ts";
import { throwFault } from "../backends/interpret.ts";
import type { Problem } from "../problem.ts";
import type { SearchOptions } from "../result.ts";
import { NO_STATE } from "../store/state-store.ts";
import { type Sweep, sweep } from "./sweep.ts";

/** As `sweep`; throws the ModelError of the first state in which the model is wrong. */
export function sweepChecked(
  problem: Problem,
  engine: Engine,
  options: SearchOptions,
  settled: (sweep: Sweep) => boolean,
): Sweep {
  const swept = sweep(engine, options, settled);
  const { faulty } = engine.report;
  if (faulty !== NO_STATE) throwFault(problem, engine.state(faulty));
  return swept;
}
