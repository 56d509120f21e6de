import type { TraceEvent } from "./trace.ts";

/** A lock that a task holds: its class, and which one where there are several. */
export interface HeldLock {
  readonly task: number;
  readonly object: string;
  readonly instance?: number;
  readonly mode?: string;
}

/** Who holds what after a step's events. Releasing a lock that somebody else holds releases theirs. */
export function heldAfter(
  held: readonly HeldLock[],
  task: number,
  events: readonly TraceEvent[],
): readonly HeldLock[] {
  return events.reduce((locks, event) => afterEvent(locks, task, event), held);
}

/** `ptl`, `mmap_lock (shared)`, `folio-lock 1`. */
export function showLock({ object, instance, mode }: HeldLock): string {
  return `${object}${instance === undefined ? "" : ` ${instance}`}${mode === "shared" ? " (shared)" : ""}`;
}

function afterEvent(
  held: readonly HeldLock[],
  task: number,
  { kind, object, instance, mode }: TraceEvent,
): readonly HeldLock[] {
  const same = (lock: HeldLock) => lock.object === object && lock.instance === instance;
  if (kind === "acquire") {
    const which = { ...(instance !== undefined && { instance }), ...(mode !== undefined && { mode }) };
    return [...held, { task, object, ...which }];
  }
  if (kind !== "release") return held;
  const own = held.findLastIndex((lock) => same(lock) && lock.task === task);
  const released = own >= 0 ? own : held.findLastIndex(same);
  return held.filter((_, position) => position !== released);
}
