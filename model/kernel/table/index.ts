import type { Primitive } from "../primitive.ts";
import { contextRows, sleepRows } from "./context.ts";
import { contextFamilyRows } from "./context-family.ts";
import { folioRows, tlbRows } from "./folio.ts";
import { folioFamilyRows } from "./folio-family.ts";
import { lruvecRows } from "./lruvec.ts";
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
  ...sleepingRows,
];

const byName = new Map(primitives.map((each) => [each.name, each]));

/** The row of a call, or undefined where the table does not know it. */
export const findPrimitive = (name: string): Primitive | undefined => byName.get(name);

/** The row of a call that must be there. Throws with the name where it is not. */
export function primitive(name: string): Primitive {
  const found = byName.get(name);
  if (!found) throw new Error(`no primitive '${name}' in the table`);
  return found;
}
