import type { Engine } from "../backends/back-end.ts";
import type { Problem } from "../problem.ts";
import type { SearchOptions } from "../search-options.ts";
import { throwFault } from "./fault.ts";
import { type Course, type Sweep, sweep } from "./sweep.ts";
import { toEnd } from "./time.ts";

/** As `sweep`, without a pause; throws the ModelError of the first state in which the model is wrong. */
export function sweepChecked(
  problem: Problem,
  engine: Engine,
  options: SearchOptions,
  settled: Course["settled"],
): Sweep {
  const swept = toEnd(sweep(engine, options, { settled }));
  throwFault(problem, engine);
  return swept;
}
