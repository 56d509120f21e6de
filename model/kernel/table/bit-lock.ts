import type { Primitive } from "../primitive.ts";
import { spinningLock } from "./lock.ts";
import { arguing, locking, trying, unlocking } from "./row.ts";

const BIT = "include/linux/bit_spinlock.h";
const LIST = "include/linux/list_bl.h";

/** The second argument is the word, the first the bit's number. */
const bit = spinningLock("bit-lock", { operand: 1 });
const listHead = spinningLock("bit-lock");

/** Spinning locks that are one bit of a word. */
export const bitLockRows: readonly Primitive[] = [
  ...arguing(
    "the bit is set and cleared by atomic operations, which are no locks elsewhere",
    locking("bit_spin_lock", BIT, bit),
    trying("bit_spin_trylock", BIT, bit),
    unlocking("bit_spin_unlock", BIT, bit),
    unlocking("__bit_spin_unlock", BIT, bit),
  ),
  locking("hlist_bl_lock", LIST, listHead),
  unlocking("hlist_bl_unlock", LIST, listHead),
];
