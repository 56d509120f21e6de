import type { Primitive } from "../primitive.ts";
import { sharedLock, sleepingLock, spinningLock } from "./lock.ts";
import { enter, everyLock, leave, maySleep, restoreIrq, schedules } from "./operations.ts";
import {
  adverse,
  arguing,
  fallible,
  finding,
  forgetting,
  leaving,
  locking,
  ordinary,
  outcomes,
  row,
  trying,
  unlocking,
} from "./row.ts";

const MD = "drivers/md/md.h";
const reconfig = sleepingLock("mutex", { path: "->reconfig_mutex" });
const fastmap = sharedLock(sleepingLock, "rwsem", { path: "->fm_eba_sem" });
const objectName = sleepingLock("mutex", { operand: 1, path: "->dev->object_name_lock" });
const journal = sleepingLock("mutex", { path: "->buf_lock" });

const sleepingRows: readonly Primitive[] = [
  fallible("mddev_lock", MD, reconfig),
  fallible("mddev_suspend_and_lock", MD, reconfig),
  locking("mddev_lock_nointr", MD, reconfig),
  locking("mddev_suspend_and_lock_nointr", MD, reconfig),
  trying("mddev_trylock", MD, reconfig),
  unlocking("mddev_unlock", MD, reconfig),
  unlocking("mddev_unlock_and_resume", MD, reconfig),
  /** Whether it finds a block or not. */
  row("ubi_wl_get_peb", "drivers/mtd/ubi/wl.c", [maySleep, ...fastmap.read.take], "any"),
  finding("bch2_next_write_buffer_flush_journal_buf", "fs/bcachefs/journal.c", journal, "null"),
  /** Releases the inode of its third argument, a dentry. */
  outcomes(
    "cachefiles_bury_object",
    "fs/cachefiles/namei.c",
    forgetting(ordinary("done", "any", [maySleep]), everyLock("rwsem")),
  ),
];

const IPC = "ipc/util.h";
const XFS_AIL = "fs/xfs/xfs_trans_ail.c";

const second = spinningLock("spinlock", { operand: 1 });
const permission = spinningLock("spinlock", { path: "->lock" });
const ail = spinningLock("spinlock", { path: "->ail_lock" });
const task = spinningLock("spinlock", { path: "->pi_lock", operand: 1 });

const spinningRows: readonly Primitive[] = [
  locking("ipc_lock_object", IPC, permission),
  unlocking("ipc_unlock_object", IPC, permission),
  unlocking("ipc_unlock", IPC, permission, leave("rcu")),
  unlocking("shm_unlock", "ipc/shm.c", spinningLock("spinlock", { path: "->shm_perm.lock" }), leave("rcu")),
  unlocking("drm_gem_handle_create_tail", "drivers/gpu/drm/drm_gem.c", objectName),
  unlocking("sleep_on_spinunlock", "fs/jffs2/os-linux.h", second, schedules),
  unlocking("xlog_wait", "fs/xfs/xfs_log_priv.h", second, schedules),
  ...arguing(
    "it releases the lock of the log that its argument belongs to, which callers know by the log",
    outcomes(
      "xlog_wait_on_iclog",
      "fs/xfs/xfs_log.c",
      forgetting(ordinary("done", "any", []), everyLock("spinlock")),
    ),
  ),
  unlocking("xfs_ail_update_finish", XFS_AIL, ail),
  unlocking("xfs_trans_ail_update_bulk", XFS_AIL, ail),
  unlocking("xfs_trans_ail_update", "fs/xfs/xfs_trans_priv.h", ail),
  /** Which lock is that of the task is kept where no caller can tell: an iterator. */
  outcomes(
    "task_rq_unlock",
    "kernel/sched/sched.h",
    forgetting(ordinary("done", "void", []), ...task.drop, ...restoreIrq(2, "->flags")),
  ),
  /** Releases the lock of its third argument, a page table, before it sleeps. */
  outcomes(
    "move_pages_huge_pmd",
    "mm/huge_memory.c",
    forgetting(ordinary("done", "any", []), everyLock("ptl")),
  ),
];

const IWL = "drivers/net/wireless/intel/iwlwifi/iwl-trans.h";
const PCIE = "drivers/net/wireless/intel/iwlwifi/pcie/trans.c";

const accessing = (name: string, source: string): Primitive =>
  outcomes(name, source, ordinary("awake", "nonzero", [enter("bh")]), adverse("fails", "zero"));

/** Calls the function that it is given, which may map a page for the caller to unmap. */
const calling = (name: string): Primitive =>
  outcomes(
    name,
    "drivers/xen/grant-table.c",
    forgetting(ordinary("done", "void", []), leave("preempt"), everyLock("kmap")),
  );

const contextRows: readonly Primitive[] = [
  calling("gnttab_foreach_grant_in_range"),
  calling("gnttab_foreach_grant"),
  row("sta_info_insert_rcu", "net/mac80211/sta_info.c", [maySleep, enter("rcu")], "any"),
  /** Also the register lock of the card, which its users don't see. */
  accessing("iwl_trans_grab_nic_access", IWL),
  accessing("_iwl_trans_grab_nic_access", IWL),
  accessing("iwl_trans_pcie_grab_nic_access", PCIE),
  leaving("iwl_trans_release_nic_access", IWL, "bh"),
  leaving("iwl_trans_pcie_release_nic_access", PCIE, "bh"),
];

/** Calls of one subsystem that take or release a lock for their caller. */
export const subsystemLockRows: readonly Primitive[] = [...sleepingRows, ...spinningRows, ...contextRows];
