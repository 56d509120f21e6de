import type { Mode, Operand } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { acquire, adverse, maySleep, ordinary, outcomes, release, row } from "./row.ts";

const locking = (
  name: string,
  kernel: string,
  object: string,
  mode: Mode = "exclusive",
  operand: Operand = 0,
) => row(name, kernel, [maySleep, acquire(object, operand, mode)]);

const unlocking = (
  name: string,
  kernel: string,
  object: string,
  mode: Mode = "exclusive",
  operand: Operand = 0,
) => row(name, kernel, [release(object, operand, mode)]);

/** Never sleeps: it takes the lock or says no. */
const trying = (name: string, kernel: string, object: string, mode: Mode = "exclusive") =>
  outcomes(name, kernel, ordinary("locked", "nonzero", [acquire(object, 0, mode)]), adverse("fails", "zero"));

/** Returns 0 with the lock, or -EINTR without it. */
const killable = (name: string, kernel: string, object: string, mode: Mode = "exclusive") =>
  outcomes(
    name,
    kernel,
    ordinary("locked", "zero", [maySleep, acquire(object, 0, mode)]),
    adverse("interrupted", "negative", [maySleep]),
  );

const MUTEX = "kernel/locking/mutex.c";
const RWSEM = "kernel/locking/rwsem.c";
const MMAP = "include/linux/mmap_lock.h";

export const mutexRows: readonly Primitive[] = [
  locking("mutex_lock", `${MUTEX}: mutex_lock`, "mutex"),
  locking("mutex_lock_nested", `${MUTEX}: mutex_lock_nested`, "mutex"),
  killable("mutex_lock_killable", `${MUTEX}: mutex_lock_killable`, "mutex"),
  killable("mutex_lock_interruptible", `${MUTEX}: mutex_lock_interruptible`, "mutex"),
  trying("mutex_trylock", `${MUTEX}: mutex_trylock`, "mutex"),
  unlocking("mutex_unlock", `${MUTEX}: mutex_unlock`, "mutex"),
];

export const rwsemRows: readonly Primitive[] = [
  locking("down_read", `${RWSEM}: down_read`, "rwsem", "shared"),
  killable("down_read_killable", `${RWSEM}: down_read_killable`, "rwsem", "shared"),
  trying("down_read_trylock", `${RWSEM}: down_read_trylock`, "rwsem", "shared"),
  unlocking("up_read", `${RWSEM}: up_read`, "rwsem", "shared"),
  locking("down_write", `${RWSEM}: down_write`, "rwsem"),
  killable("down_write_killable", `${RWSEM}: down_write_killable`, "rwsem"),
  trying("down_write_trylock", `${RWSEM}: down_write_trylock`, "rwsem"),
  unlocking("up_write", `${RWSEM}: up_write`, "rwsem"),
  row("downgrade_write", `${RWSEM}: downgrade_write`, [release("rwsem"), acquire("rwsem", 0, "shared")]),
];

export const mmapLockRows: readonly Primitive[] = [
  locking("mmap_read_lock", `${MMAP}: mmap_read_lock`, "mmap_lock", "shared"),
  killable("mmap_read_lock_killable", `${MMAP}: mmap_read_lock_killable`, "mmap_lock", "shared"),
  trying("mmap_read_trylock", `${MMAP}: mmap_read_trylock`, "mmap_lock", "shared"),
  unlocking("mmap_read_unlock", `${MMAP}: mmap_read_unlock`, "mmap_lock", "shared"),
  locking("mmap_write_lock", `${MMAP}: mmap_write_lock`, "mmap_lock"),
  killable("mmap_write_lock_killable", `${MMAP}: mmap_write_lock_killable`, "mmap_lock"),
  { ...trying("mmap_write_trylock", `${MMAP}: mmap_write_trylock`, "mmap_lock"), until: "6.11" },
  unlocking("mmap_write_unlock", `${MMAP}: mmap_write_unlock`, "mmap_lock"),
  row("mmap_write_downgrade", `${MMAP}: mmap_write_downgrade`, [
    release("mmap_lock"),
    acquire("mmap_lock", 0, "shared"),
  ]),
];
