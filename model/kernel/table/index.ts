import type { Primitive } from "../primitive.ts";
import { DEFAULT_KERNEL, isThere, type KernelVersion } from "../version/version.ts";
import { assertionRows } from "./assertion.ts";
import { bitLockRows } from "./bit-lock.ts";
import { contextRows } from "./context.ts";
import { driverLockRows } from "./driver-lock.ts";
import { folioRows, tlbRows } from "./folio.ts";
import { folioIoRows } from "./folio-io.ts";
import { folioLockRows } from "./folio-lock.ts";
import { freezeRows } from "./freeze.ts";
import { highmemRows } from "./highmem.ts";
import { hwspinlockRows } from "./hwspinlock.ts";
import { listRows } from "./list.ts";
import { localLockRows } from "./local-lock.ts";
import { lruvecRows } from "./lruvec.ts";
import { mediaLockRows } from "./media-lock.ts";
import { mmapLockRows } from "./mmap-lock.ts";
import { mutexRows } from "./mutex.ts";
import { netLockRows } from "./net-lock.ts";
import { pageTableRows } from "./page-table.ts";
import { pathLockRows } from "./path-lock.ts";
import { pteRows } from "./pte.ts";
import { rcuRows } from "./rcu.ts";
import { rwlockRows } from "./rwlock.ts";
import { rwsemRows } from "./rwsem.ts";
import { semaphoreRows } from "./semaphore.ts";
import { seqlockRows } from "./seqlock.ts";
import { sleepRows } from "./sleep.ts";
import { socketRows } from "./socket.ts";
import { spinlockRows } from "./spinlock.ts";
import { subsystemLockRows } from "./subsystem-lock.ts";
import { wwMutexRows } from "./ww-mutex.ts";

/** Every kernel call that the checker knows. */
export const primitives: readonly Primitive[] = [
  ...spinlockRows,
  ...rwlockRows,
  ...seqlockRows,
  ...bitLockRows,
  ...hwspinlockRows,
  ...localLockRows,
  ...mutexRows,
  ...wwMutexRows,
  ...rwsemRows,
  ...semaphoreRows,
  ...mmapLockRows,
  ...freezeRows,
  ...socketRows,
  ...lruvecRows,
  ...folioLockRows,
  ...folioIoRows,
  ...pageTableRows,
  ...pteRows,
  ...rcuRows,
  ...contextRows,
  ...folioRows,
  ...tlbRows,
  ...highmemRows,
  ...listRows,
  ...assertionRows,
  ...sleepRows,
  ...subsystemLockRows,
  ...driverLockRows,
  ...mediaLockRows,
  ...netLockRows,
  ...pathLockRows,
];

const byName = new Map<string, readonly Primitive[]>();
for (const row of primitives) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);

/**
 * The row of a call in one version of the kernel; undefined where that kernel, or the table, does not know
 * it. Without a version any row will do, the default kernel's before others.
 */
export function findPrimitive(name: string, version?: KernelVersion): Primitive | undefined {
  const rows = byName.get(name) ?? [];
  const own = rows.find((row) => isThere(row, version ?? DEFAULT_KERNEL));
  return own ?? (version === undefined ? rows[0] : undefined);
}

/** The row of a call that must be there. Throws with the name where it is not. */
export function primitive(name: string): Primitive {
  const found = findPrimitive(name);
  if (!found) throw new Error(`no primitive '${name}' in the table`);
  return found;
}
