import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import {
  adverse,
  enter,
  leave,
  ordinary,
  outcomes,
  restoreIrq,
  row,
  saveIrq,
  spinAcquire,
  spinRelease,
} from "./row.ts";

const API = "include/linux/spinlock.h";
const take = spinAcquire("spinlock");
const drop = spinRelease("spinlock");

const locking = (name: string, ...before: readonly Operation[]): Primitive =>
  row(name, `${API}: ${name}`, [...before, ...take]);

const unlocking = (name: string, ...behind: readonly Operation[]): Primitive =>
  row(name, `${API}: ${name}`, [...drop, ...behind]);

const trying = (name: string, ...before: readonly Operation[]): Primitive =>
  outcomes(
    name,
    `${API}: ${name}`,
    ordinary("locked", "nonzero", [...before, ...take]),
    adverse("fails", "zero"),
  );

/** Spinning locks: they disable preemption while held, and some of them interrupts. */
export const spinlockRows: readonly Primitive[] = [
  locking("spin_lock"),
  locking("spin_lock_nested"),
  locking("spin_lock_bh", enter("bh")),
  locking("spin_lock_irq", enter("irq")),
  locking("spin_lock_irqsave", ...saveIrq(1)),
  unlocking("spin_unlock"),
  unlocking("spin_unlock_bh", leave("bh")),
  unlocking("spin_unlock_irq", leave("irq")),
  unlocking("spin_unlock_irqrestore", ...restoreIrq(1)),
  trying("spin_trylock"),
  trying("spin_trylock_bh", enter("bh")),
  trying("spin_trylock_irq", enter("irq")),
  trying("spin_trylock_irqsave", ...saveIrq(1)),
];
