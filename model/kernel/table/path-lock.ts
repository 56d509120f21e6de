import type { Operation } from "../operation.ts";
import type { Outcome, Primitive } from "../primitive.ts";
import { sharedLock, sleepingLock } from "./lock.ts";
import { maySleep } from "./operations.ts";
import { adverse, locking, ordinary, outcomes, unlocking } from "./row.ts";
import { hotplug } from "./rwsem.ts";

const NAMEI = "fs/namei.c";
const MEMORY = "mm/memory_hotplug.c";
const UMH = "kernel/umh.c";

/** The directory that a path leads to, by the position of the path. */
const directory = (operand: number) => sleepingLock("rwsem", { operand, path: "->dentry->d_inode->i_rwsem" });

const writable = (operand: number) => sleepingLock("mount-write", { operand, path: "->mnt", mode: "shared" });

const looking = (name: string, operand: number, ...before: readonly Operation[]): Primitive => {
  const does = [maySleep, ...before, ...directory(operand).take];
  return outcomes(name, NAMEI, ordinary("found", "pointer", does), failed);
};
const failed: Outcome = adverse("fails", "negative", [maySleep]);

const pathRows: readonly Primitive[] = [
  looking("kern_path_create", 2, ...writable(2).take),
  looking("user_path_create", 2, ...writable(2).take),
  looking("kern_path_locked", 1),
  unlocking("done_path_create", NAMEI, directory(0), ...writable(0).drop),
];

const journal = sleepingLock("mutex", { path: "->j_barrier" });
const memory = sharedLock(sleepingLock, "percpu-rwsem", { global: "mem_hotplug_lock" });
const helpers = sharedLock(sleepingLock, "rwsem", { global: "umhelper_sem" });

const globalRows: readonly Primitive[] = [
  locking("jbd2_journal_lock_updates", "fs/jbd2/transaction.c", journal),
  unlocking("jbd2_journal_unlock_updates", "fs/jbd2/transaction.c", journal),
  locking("mem_hotplug_begin", MEMORY, memory.write, ...hotplug.read.take),
  unlocking("mem_hotplug_done", MEMORY, memory.write, ...hotplug.read.drop),
  locking("get_online_mems", MEMORY, memory.read),
  unlocking("put_online_mems", MEMORY, memory.read),
  outcomes(
    "usermodehelper_read_trylock",
    UMH,
    ordinary("locked", "zero", [maySleep, ...helpers.read.take]),
    adverse("disabled", "negative", [maySleep]),
  ),
  unlocking("usermodehelper_read_unlock", UMH, helpers.read),
];

/** Calls that lock the directory of a path, and what there is once for all. */
export const pathLockRows: readonly Primitive[] = [...pathRows, ...globalRows];
