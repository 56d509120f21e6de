import type { Engine } from "../backends/back-end.ts";
import type { CheckpointOptions } from "../result.ts";
import { now } from "../search/clock.ts";
import type { Course, Position, Sweep } from "../search/sweep.ts";
import { snapshotOf } from "./snapshot.ts";

/** Saves a search now and then, and where it ends before its time. */
export interface Keeper {
  readonly passed: NonNullable<Course["passed"]>;
  finish(sweep: Sweep): void;
}

export function keeperOf(
  engine: Engine,
  identity: string,
  options: CheckpointOptions,
  from: Position | undefined,
): Keeper {
  let last: Position = from ?? { levels: [], next: 0 };
  let saved = now();
  const save = () => options.save(snapshotOf(engine, identity, last));
  return {
    passed: ({ levels, next }) => {
      last = { levels: [...levels], next };
      if (now() - saved < options.every * 1000) return;
      save();
      saved = now();
    },
    finish: ({ interrupted, bounds }) => {
      if (interrupted || bounds.length > 0) save();
    },
  };
}
