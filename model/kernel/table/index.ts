import type { Primitive } from "../primitive.ts";
import { contextRows, sleepRows } from "./context.ts";
import { folioRows, tlbRows } from "./folio.ts";
import { pageTableRows, pteRows } from "./page-table.ts";
import { mmapLockRows, mutexRows, rwsemRows } from "./sleeping-lock.ts";
import { spinlockRows } from "./spinlock.ts";

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
