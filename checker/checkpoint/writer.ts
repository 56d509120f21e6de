import type { Engine } from "../backends/back-end.ts";
import type { Course, Sweep } from "../search/sweep.ts";
import { now } from "../search/time.ts";
import type { CheckpointOptions } from "../search-options.ts";
import { type Position, snapshotOf } from "./snapshot.ts";

/** Saves a search now and then, and where it ends before its time. */
export interface CheckpointWriter {
  readonly passed: NonNullable<Course["passed"]>;
  finish(sweep: Sweep): void;
}

export function checkpointWriter(
  engine: Engine,
  identity: string,
  options: CheckpointOptions,
  from: Position | undefined,
): CheckpointWriter {
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
