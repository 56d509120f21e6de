import type { Primitive } from "../primitive.ts";
import { sleepingLock } from "./lock.ts";
import { killable, locking, trying, unlocking } from "./row.ts";

const MUTEX = "kernel/locking/mutex.c";
const HEADER = "include/linux/mutex.h";
const RT = "include/linux/rtmutex.h";
const DEVICE = "include/linux/device.h";
const RTNL = "include/linux/rtnetlink.h";
const REFCOUNT = "include/linux/refcount.h";
const KREF = "include/linux/kref.h";
const SDIO = "drivers/mmc/core/sdio_io.c";
const MMC = "drivers/mmc/core/core.h";
const PARAMS = "kernel/params.c";
const CGROUP = "include/linux/cgroup.h";

const mutex = sleepingLock("mutex");
export const rtnl = sleepingLock("mutex", { global: "rtnl_mutex" });
const cgroup = sleepingLock("mutex", { global: "cgroup_mutex" });
const param = sleepingLock("mutex", { path: "->param_lock" });
const hotplug = sleepingLock("mutex", { global: "device_hotplug_lock" });
/** A task that has claimed a host may claim it once more (drivers/mmc/core/core.c: mmc_ctx_matches). */
const sdioHost = sleepingLock("sdio-host");
const mmcHost = sleepingLock("mmc-host");

/** Mutexes, those with calls of their own name among them. */
export const mutexRows: readonly Primitive[] = [
  locking("mutex_lock", MUTEX, mutex),
  locking("mutex_lock_nested", MUTEX, mutex),
  locking("mutex_lock_nest_lock", HEADER, mutex),
  locking("mutex_lock_io", HEADER, mutex),
  killable("mutex_lock_killable", MUTEX, mutex),
  killable("mutex_lock_killable_nested", HEADER, mutex),
  killable("mutex_lock_interruptible", MUTEX, mutex),
  killable("mutex_lock_interruptible_nested", HEADER, mutex),
  locking("mutex_lock_io_nested", HEADER, mutex),
  trying("mutex_trylock", MUTEX, mutex),
  trying("atomic_dec_and_mutex_lock", HEADER, sleepingLock("mutex", { operand: 1 })),
  trying("refcount_dec_and_mutex_lock", REFCOUNT, sleepingLock("mutex", { operand: 1 })),
  trying("kref_put_mutex", KREF, sleepingLock("mutex", { operand: 2 })),
  unlocking("mutex_unlock", MUTEX, mutex),
  locking("rt_mutex_lock", RT, mutex),
  locking("rt_mutex_lock_nested", RT, mutex),
  locking("rt_mutex_lock_nest_lock", RT, mutex),
  killable("rt_mutex_lock_interruptible", RT, mutex),
  killable("rt_mutex_lock_killable", RT, mutex),
  trying("rt_mutex_trylock", RT, mutex),
  unlocking("rt_mutex_unlock", RT, mutex),
  locking("device_lock", DEVICE, mutex),
  killable("device_lock_interruptible", DEVICE, mutex),
  trying("device_trylock", DEVICE, mutex),
  unlocking("device_unlock", DEVICE, mutex),
  locking("lock_device_hotplug", DEVICE, hotplug),
  unlocking("unlock_device_hotplug", DEVICE, hotplug),
  locking("rtnl_lock", RTNL, rtnl),
  killable("rtnl_lock_killable", RTNL, rtnl),
  trying("rtnl_trylock", RTNL, rtnl),
  trying("refcount_dec_and_rtnl_lock", RTNL, rtnl),
  unlocking("rtnl_unlock", RTNL, rtnl),
  unlocking("__rtnl_unlock", RTNL, rtnl),
  locking("sdio_claim_host", SDIO, sdioHost),
  unlocking("sdio_release_host", SDIO, sdioHost),
  locking("mmc_claim_host", MMC, mmcHost),
  unlocking("mmc_release_host", MMC, mmcHost),
  locking("kernel_param_lock", PARAMS, param),
  unlocking("kernel_param_unlock", PARAMS, param),
  locking("cgroup_lock", CGROUP, cgroup),
  unlocking("cgroup_unlock", CGROUP, cgroup),
];
