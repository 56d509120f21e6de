import type { AssumptionOperation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { row } from "./row.ts";

const assumption = (mode: AssumptionOperation["mode"], path?: string): AssumptionOperation => ({
  kind: "assume",
  object: "lock",
  operand: 0,
  mode,
  ...(path !== undefined && { path }),
});

const saying = (
  name: string,
  file: string,
  mode: AssumptionOperation["mode"] = "held",
  path?: string,
): Primitive => row(name, file, [assumption(mode, path)]);

const LOCKDEP = "include/linux/lockdep.h";
const RWSEM = "include/linux/rwsem.h";
const MMAP = "include/linux/mmap_lock.h";
const FS = "include/linux/fs.h";
const SPARSE = "include/linux/compiler-context-analysis.h";

/** Calls that say of a lock whether it is held, whatever its class; the checker assumes what they say. */
export const assertionRows: readonly Primitive[] = [
  saying("lockdep_assert_held", LOCKDEP),
  saying("lockdep_assert_held_once", LOCKDEP),
  saying("lockdep_assert_held_write", LOCKDEP),
  saying("lockdep_assert_held_read", LOCKDEP, "held-shared"),
  saying("lockdep_assert_not_held", LOCKDEP, "released"),
  saying("assert_spin_locked", "include/linux/spinlock.h"),
  saying("assert_raw_spin_locked", "include/linux/spinlock.h"),
  saying("rwsem_assert_held", RWSEM),
  saying("rwsem_assert_held_write", RWSEM),
  saying("mmap_assert_locked", MMAP, "held", "->mmap_lock"),
  saying("mmap_assert_write_locked", MMAP, "held", "->mmap_lock"),
  saying("i_mmap_assert_locked", FS, "held", "->i_mmap_rwsem"),
  saying("i_mmap_assert_write_locked", FS, "held", "->i_mmap_rwsem"),
  saying("__acquire", SPARSE, "taken"),
  saying("__release", SPARSE, "released"),
];
