import type { Primitive } from "../primitive.ts";
import { plainLock } from "./lock.ts";
import { enter, leave } from "./operations.ts";
import { locking, row, unlocking } from "./row.ts";
import { formsBut } from "./spin-calls.ts";

const FILE = "include/linux/local_lock.h";
const local = plainLock("local-lock");

/** A local lock disables preemption first (include/linux/local_lock_internal.h: __local_lock). */
export const localLockRows: readonly Primitive[] = [
  ...formsBut("_bh").flatMap(({ lock, unlock, before, after }) => [
    row(`local_lock${lock}`, FILE, [enter("preempt"), ...before, ...local.take]),
    row(`local_unlock${unlock}`, FILE, [...local.drop, ...after, leave("preempt")]),
  ]),
  locking("local_lock_nested_bh", FILE, local),
  unlocking("local_unlock_nested_bh", FILE, local),
];
