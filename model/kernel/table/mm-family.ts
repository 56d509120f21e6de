import type { Primitive } from "../primitive.ts";
import {
  acquire,
  adverse,
  along,
  enter,
  killable,
  maySleep,
  ordinary,
  outcomes,
  release,
  restoreIrq,
  row,
  saveIrq,
  spinAcquire,
  spinRelease,
  touch,
} from "./row.ts";

const RWSEM = "include/linux/rwsem.h";
const SEQ = "include/linux/seqlock.h";
const LOCAL = "include/linux/local_lock.h";
const SIGNAL = "include/linux/sched/signal.h";
const PAGEMAP = "include/linux/pagemap.h";
const MM = "include/linux/mm.h";

const SIGHAND = "->sighand->siglock";

/** A writer's section has no context of its own: what it forbids depends on the lock that it goes with. */
const seqcount = (prefix: string): readonly Primitive[] => [
  row(`${prefix}write_seqcount_begin`, `${SEQ}: ${prefix}write_seqcount_begin`, [acquire("seqcount")]),
  row(`${prefix}write_seqcount_end`, `${SEQ}: ${prefix}write_seqcount_end`, [release("seqcount")]),
];

/** Returns a folio or page that is locked, if any. */
const findsLocked = (name: string, failure: "null" | "negative"): Primitive =>
  outcomes(
    name,
    `${PAGEMAP}: ${name}`,
    ordinary("found", "pointer", [maySleep, acquire("folio-lock", "result")]),
    adverse("not found", failure, [maySleep]),
  );

/** Like pte_offset_map: the lock is named, not taken. */
const mapsNamingTheLock = (name: string): Primitive => ({
  ...outcomes(
    name,
    `${MM}: ${name}`,
    ordinary("mapped", "pointer", [enter("rcu"), touch("map", "pte-table", "result")]),
    adverse("gone", "null"),
  ),
  since: "6.13",
});

/** Rarer forms of locks, and locks that are found by what they protect. */
export const mmFamilyRows: readonly Primitive[] = [
  row("down_read_non_owner", `${RWSEM}: down_read_non_owner`, [maySleep, acquire("rwsem", 0, "shared")]),
  row("up_read_non_owner", `${RWSEM}: up_read_non_owner`, [release("rwsem", 0, "shared")]),
  killable("down_read_killable_nested", `${RWSEM}: down_read_killable_nested`, [
    acquire("rwsem", 0, "shared"),
  ]),
  killable("down_write_killable_nested", `${RWSEM}: down_write_killable_nested`, [acquire("rwsem")]),
  row("mutex_lock_nest_lock", "include/linux/mutex.h: mutex_lock_nest_lock", [maySleep, acquire("mutex")]),
  row("mmap_read_unlock_non_owner", "include/linux/mmap_lock.h: mmap_read_unlock_non_owner", [
    release("mmap_lock", 0, "shared"),
  ]),
  row("vma_start_write", `${MM}: vma_start_write`, [maySleep]),
  outcomes(
    "folio_lock_anon_vma_read",
    "include/linux/rmap.h: folio_lock_anon_vma_read",
    ordinary("locked", "pointer", along("->root->rwsem", [maySleep, acquire("rwsem", "result", "shared")])),
    adverse("not mapped", "null", [maySleep]),
  ),
  outcomes(
    "lock_task_sighand",
    `${SIGNAL}: lock_task_sighand`,
    ordinary("locked", "pointer", [...saveIrq(1), ...along(SIGHAND, spinAcquire("spinlock"))]),
    adverse("task is gone", "null"),
  ),
  row("unlock_task_sighand", `${SIGNAL}: unlock_task_sighand`, [
    ...along(SIGHAND, spinRelease("spinlock")),
    ...restoreIrq(1),
  ]),
  row("local_lock_nested_bh", `${LOCAL}: local_lock_nested_bh`, [acquire("local-lock")]),
  row("local_unlock_nested_bh", `${LOCAL}: local_unlock_nested_bh`, [release("local-lock")]),
  row("__bit_spin_unlock", "include/linux/bit_spinlock.h: __bit_spin_unlock", spinRelease("bit-lock", 1)),
  ...seqcount(""),
  ...seqcount("raw_"),
  findsLocked("filemap_grab_folio", "negative"),
  findsLocked("find_or_create_page", "null"),
  findsLocked("grab_cache_page", "null"),
  mapsNamingTheLock("pte_offset_map_ro_nolock"),
  mapsNamingTheLock("pte_offset_map_rw_nolock"),
];
