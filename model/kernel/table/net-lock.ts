import type { Primitive } from "../primitive.ts";
import { sleepingLock, spinningLock } from "./lock.ts";
import { enter, leave } from "./operations.ts";
import { locking, trying, unlocking } from "./row.ts";

const DEVICE = "include/linux/netdevice.h";
const SCHED = "net/sched/sch_generic.c";
const GENL = "net/netlink/genetlink.c";
const WIPHY = "include/net/cfg80211.h";
const RTNL = "net/core/rtnetlink.c";

const all = spinningLock("spinlock", { path: "->tx_global_lock" });
const addresses = spinningLock("spinlock", { path: "->addr_list_lock" });
const queue = spinningLock("spinlock", { path: "->_xmit_lock" });
const genl = sleepingLock("mutex", { global: "genl_mutex" });
const wiphy = sleepingLock("mutex", { path: "->mtx" });
const rtnl = sleepingLock("mutex", { global: "rtnl_mutex" });

/** Locks of network devices, their queues and their families. */
export const netLockRows: readonly Primitive[] = [
  locking("netif_tx_lock", SCHED, all),
  locking("netif_tx_lock_bh", DEVICE, all, enter("bh")),
  unlocking("netif_tx_unlock", SCHED, all),
  unlocking("netif_tx_unlock_bh", DEVICE, all, leave("bh")),
  locking("netif_addr_lock", DEVICE, addresses),
  locking("netif_addr_lock_bh", DEVICE, addresses, enter("bh")),
  unlocking("netif_addr_unlock", DEVICE, addresses),
  unlocking("netif_addr_unlock_bh", DEVICE, addresses, leave("bh")),
  locking("__netif_tx_lock", DEVICE, queue),
  locking("__netif_tx_lock_bh", DEVICE, queue, enter("bh")),
  trying("__netif_tx_trylock", DEVICE, queue),
  unlocking("__netif_tx_unlock", DEVICE, queue),
  unlocking("__netif_tx_unlock_bh", DEVICE, queue, leave("bh")),
  locking("genl_lock", GENL, genl),
  unlocking("genl_unlock", GENL, genl),
  locking("wiphy_lock", WIPHY, wiphy),
  unlocking("wiphy_unlock", WIPHY, wiphy),
  locking("rtnl_net_lock", RTNL, rtnl),
  trying("rtnl_net_trylock", RTNL, rtnl),
  unlocking("rtnl_net_unlock", RTNL, rtnl),
];
