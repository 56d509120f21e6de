import type { Engine } from "../backends/back-end.ts";
import type { Bound, SearchOptions } from "../result.ts";

const MEBIBYTE = 2 ** 20;

/** The limit that the search has reached, if any, with states still to expand. */
export function limitReached(engine: Engine, options: SearchOptions, started: number): Bound | undefined {
  const { maxStates, maxTime, maxMemory } = options;
  if (maxStates !== undefined && engine.size() >= maxStates) {
    return { kind: "states", detail: `${maxStates} states` };
  }
  if (maxTime !== undefined && performance.now() - started >= maxTime * 1000) {
    return { kind: "time", detail: `${maxTime} s` };
  }
  if (maxMemory !== undefined && engine.bytes() > maxMemory * MEBIBYTE) {
    return { kind: "memory", detail: `${maxMemory} MiB` };
  }
  return undefined;
}
