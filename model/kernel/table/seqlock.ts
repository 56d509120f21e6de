import type { Primitive } from "../primitive.ts";
import { plainLock, spinningLock } from "./lock.ts";
import { locking, row, unlocking } from "./row.ts";
import { spinCalls } from "./spin-calls.ts";

/** What tells a reader to start again; the sequence that it began with is its last argument. */
export const seqRetries: ReadonlySet<string> = new Set([
  "read_seqretry",
  "read_seqcount_retry",
  "__read_seqcount_retry",
  "raw_read_seqcount_retry",
  "u64_stats_fetch_retry",
]);

const FILE = "include/linux/seqlock.h";
const seqlock = spinningLock("spinlock", { path: ".lock" });
/** A writer's section has no context of its own: what it forbids depends on the lock that goes with it. */
const seqcount = plainLock("seqcount");

/** Sequence counts, and the spinlocks that serialise their writers. */
export const seqlockRows: readonly Primitive[] = [
  ...spinCalls({ lock: "write_seqlock", unlock: "write_sequnlock", source: FILE, on: seqlock }),
  ...spinCalls({ lock: "read_seqlock_excl", unlock: "read_sequnlock_excl", source: FILE, on: seqlock }),
  // Whether they hold the lock is told by the sequence count: odd where they do.
  row("read_seqbegin_or_lock", FILE, []),
  row("need_seqretry", FILE, [], "any"),
  row("done_seqretry", FILE, []),
  locking("write_seqcount_begin", FILE, seqcount),
  unlocking("write_seqcount_end", FILE, seqcount),
  locking("raw_write_seqcount_begin", FILE, seqcount),
  unlocking("raw_write_seqcount_end", FILE, seqcount),
];
