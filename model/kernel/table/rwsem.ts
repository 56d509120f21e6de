import type { Primitive } from "../primitive.ts";
import { sharedLock, sleepingLock } from "./lock.ts";
import { maySleep } from "./operations.ts";
import { adverse, killable, locking, ordinary, outcomes, row, trying, unlocking, until } from "./row.ts";

const RWSEM = "kernel/locking/rwsem.c";
const HEADER = "include/linux/rwsem.h";
const PERCPU = "include/linux/percpu-rwsem.h";
const HOTPLUG = "include/linux/cpuhplock.h";
const FS = "include/linux/fs.h";
const RMAP = "include/linux/rmap.h";

const rwsem = sharedLock(sleepingLock, "rwsem");

const plain: readonly Primitive[] = [
  locking("down_read", RWSEM, rwsem.read),
  locking("down_read_nested", HEADER, rwsem.read),
  locking("down_read_non_owner", HEADER, rwsem.read),
  killable("down_read_killable", RWSEM, rwsem.read),
  killable("down_read_killable_nested", HEADER, rwsem.read),
  killable("down_read_interruptible", HEADER, rwsem.read),
  trying("down_read_trylock", RWSEM, rwsem.read),
  unlocking("up_read", RWSEM, rwsem.read),
  unlocking("up_read_non_owner", HEADER, rwsem.read),
  locking("down_write", RWSEM, rwsem.write),
  locking("down_write_nested", HEADER, rwsem.write),
  locking("down_write_nest_lock", HEADER, rwsem.write),
  killable("down_write_killable", RWSEM, rwsem.write),
  killable("down_write_killable_nested", HEADER, rwsem.write),
  trying("down_write_trylock", RWSEM, rwsem.write),
  unlocking("up_write", RWSEM, rwsem.write),
  row("downgrade_write", RWSEM, [...rwsem.write.drop, ...rwsem.read.take]),
];

const percpu = sharedLock(sleepingLock, "percpu-rwsem");
export const hotplug = sharedLock(sleepingLock, "percpu-rwsem", { global: "cpu_hotplug_lock" });

const percpuRows: readonly Primitive[] = [
  locking("percpu_down_read", PERCPU, percpu.read),
  trying("percpu_down_read_trylock", PERCPU, percpu.read),
  unlocking("percpu_up_read", PERCPU, percpu.read),
  locking("percpu_down_write", PERCPU, percpu.write),
  unlocking("percpu_up_write", PERCPU, percpu.write),
  locking("cpus_read_lock", HOTPLUG, hotplug.read),
  trying("cpus_read_trylock", "kernel/cpu.c", hotplug.read),
  unlocking("cpus_read_unlock", HOTPLUG, hotplug.read),
  ...until(
    "5.14",
    locking("get_online_cpus", "include/linux/cpu.h", hotplug.read),
    unlocking("put_online_cpus", "include/linux/cpu.h", hotplug.read),
  ),
  locking("cpus_write_lock", HOTPLUG, hotplug.write),
  unlocking("cpus_write_unlock", HOTPLUG, hotplug.write),
];

const inode = sharedLock(sleepingLock, "rwsem", { path: "->i_rwsem" });
const mapping = sharedLock(sleepingLock, "rwsem", { path: "->i_mmap_rwsem" });
const invalidate = sharedLock(sleepingLock, "rwsem", { path: "->invalidate_lock" });
const anonRoot = sharedLock(sleepingLock, "rwsem", { path: "->root->rwsem" });
const folioAnon = sleepingLock("rwsem", { path: "->root->rwsem", operand: "result", mode: "shared" });

/** Rwsems that calls find by what they protect. */
const named: readonly Primitive[] = [
  locking("inode_lock", FS, inode.write),
  locking("inode_lock_nested", FS, inode.write),
  trying("inode_trylock", FS, inode.write),
  unlocking("inode_unlock", FS, inode.write),
  locking("inode_lock_shared", FS, inode.read),
  trying("inode_trylock_shared", FS, inode.read),
  unlocking("inode_unlock_shared", FS, inode.read),
  locking("i_mmap_lock_write", FS, mapping.write),
  trying("i_mmap_trylock_write", FS, mapping.write),
  unlocking("i_mmap_unlock_write", FS, mapping.write),
  locking("i_mmap_lock_read", FS, mapping.read),
  trying("i_mmap_trylock_read", FS, mapping.read),
  unlocking("i_mmap_unlock_read", FS, mapping.read),
  locking("filemap_invalidate_lock", FS, invalidate.write),
  unlocking("filemap_invalidate_unlock", FS, invalidate.write),
  locking("filemap_invalidate_lock_shared", FS, invalidate.read),
  trying("filemap_invalidate_trylock_shared", FS, invalidate.read),
  unlocking("filemap_invalidate_unlock_shared", FS, invalidate.read),
  locking("anon_vma_lock_write", RMAP, anonRoot.write),
  trying("anon_vma_trylock_write", RMAP, anonRoot.write),
  unlocking("anon_vma_unlock_write", RMAP, anonRoot.write),
  locking("anon_vma_lock_read", RMAP, anonRoot.read),
  trying("anon_vma_trylock_read", RMAP, anonRoot.read),
  unlocking("anon_vma_unlock_read", RMAP, anonRoot.read),
  outcomes(
    "folio_lock_anon_vma_read",
    RMAP,
    ordinary("locked", "pointer", [maySleep, ...folioAnon.take]),
    adverse("not mapped", "null", [maySleep]),
  ),
];

/** Sleeping locks that readers share. */
export const rwsemRows: readonly Primitive[] = [...plain, ...percpuRows, ...named];
