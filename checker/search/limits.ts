import type { Engine } from "../backends/back-end.ts";
import type { Bound } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import { now } from "./time.ts";

const MEBIBYTE = 2 ** 20;

/** The limit that the search has reached, if any, with states still to expand. */
export function limitReached(engine: Engine, options: SearchOptions, started: number): Bound | undefined {
  const { maxStates, maxTime, maxMemory } = options;
  if (maxStates !== undefined && engine.size() >= maxStates) {
    return { kind: "states", detail: `${maxStates} states` };
  }
  if (maxTime !== undefined && now() - started >= maxTime * 1000) {
    return { kind: "time", detail: `${maxTime} s` };
  }
  if (maxMemory !== undefined && engine.bytes() > maxMemory * MEBIBYTE) {
    return { kind: "memory", detail: `${maxMemory} MiB` };
  }
  return undefined;
}

/** The memory that a back end can have has ended. */
export function exhaustion(engine: Engine): Bound | undefined {
  if (!engine.exhausted?.()) return undefined;
  return {
    kind: "memory",
    detail: `${Math.round(engine.bytes() / MEBIBYTE)} MiB, all that ${engine.name} can have`,
  };
}
