import type { Primitive } from "../primitive.ts";
import { type Lock, sleepingLock } from "./lock.ts";
import { arguing, fallible, locking, trying, unlocking } from "./row.ts";

const FS = "include/linux/fs.h";
const NAMESPACE = "fs/namespace.c";

/** Readers of a super block's percpu rwsem hold freezing off: fs/super.c: sb_wait_write. */
const held = (object: string): Lock => sleepingLock(object, { mode: "shared" });
const writers = held("sb-writers");
const mountWrite = held("mount-write");
/** A count of the mount alone, which holds off no freezing. */
const mountAccess = held("mount-access");

/** What keeps a file system from being frozen, and a mount from becoming read-only. */
export const freezeRows: readonly Primitive[] = [
  locking("sb_start_write", FS, writers),
  trying("sb_start_write_trylock", FS, writers),
  unlocking("sb_end_write", FS, writers),
  locking("sb_start_pagefault", FS, held("sb-pagefaults")),
  unlocking("sb_end_pagefault", FS, held("sb-pagefaults")),
  locking("sb_start_intwrite", FS, held("sb-internal")),
  trying("sb_start_intwrite_trylock", FS, held("sb-internal")),
  unlocking("sb_end_intwrite", FS, held("sb-internal")),
  locking("file_start_write", FS, writers),
  trying("file_start_write_trylock", FS, writers),
  unlocking("file_end_write", FS, writers),
  locking("kiocb_start_write", FS, writers),
  unlocking("kiocb_end_write", FS, writers),
  ...arguing(
    "what it takes of the super block and of the mount goes together, under one name",
    fallible("mnt_want_write", NAMESPACE, mountWrite),
    unlocking("mnt_drop_write", NAMESPACE, mountWrite),
  ),
  fallible("mnt_want_write_file", NAMESPACE, mountWrite),
  unlocking("mnt_drop_write_file", NAMESPACE, mountWrite),
  ...arguing("its body counts writers", fallible("mnt_get_write_access", NAMESPACE, mountAccess)),
  unlocking("mnt_put_write_access", NAMESPACE, mountAccess),
];
