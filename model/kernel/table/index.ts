import type { Primitive } from "../primitive.ts";
import { DEFAULT_KERNEL, isThere, type KernelVersion } from "../version/version.ts";
import { assertionRows } from "./assertion.ts";
import { contextRows, sleepRows } from "./context.ts";
import { contextFamilyRows } from "./context-family.ts";
import { folioRows, tlbRows } from "./folio.ts";
import { folioFamilyRows } from "./folio-family.ts";
import { highmemRows } from "./highmem.ts";
import { listRows } from "./list.ts";
import { lruvecRows } from "./lruvec.ts";
import { mmFamilyRows } from "./mm-family.ts";
import { pageTableRows, pteRows } from "./page-table.ts";
import { pageTableFamilyRows } from "./page-table-family.ts";
import { sleepingFamilyRows } from "./sleeping-family.ts";
import { mmapLockRows, mutexRows, rwsemRows } from "./sleeping-lock.ts";
import { sleepingRows } from "./sleeps.ts";
import { spinlockRows } from "./spinlock.ts";
import { spinlockFamilyRows } from "./spinlock-family.ts";

/** Every kernel call that the checker knows. */
export const primitives: readonly Primitive[] = [
  ...spinlockRows,
  ...mutexRows,
  ...rwsemRows,
  ...mmapLockRows,
  ...contextRows,
  ...sleepRows,
  ...pageTableRows,
  ...pteRows,
  ...folioRows,
  ...tlbRows,
  ...spinlockFamilyRows,
  ...lruvecRows,
  ...sleepingFamilyRows,
  ...contextFamilyRows,
  ...pageTableFamilyRows,
  ...folioFamilyRows,
  ...highmemRows,
  ...listRows,
  ...mmFamilyRows,
  ...assertionRows,
  ...sleepingRows,
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
