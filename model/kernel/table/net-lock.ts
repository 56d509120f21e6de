import type { Primitive } from "../primitive.ts";
import { sleepingLock, spinningLock } from "./lock.ts";
import { rtnl } from "./mutex.ts";
import { enter, leave } from "./operations.ts";
import { locking, trying, unlocking } from "./row.ts";
import { formsBut, spinCalls } from "./spin-calls.ts";

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

const forms = formsBut("_irq", "_irqsave");

/** Locks of network devices, their queues and their families. */
export const netLockRows: readonly Primitive[] = [
  locking("netif_tx_lock", SCHED, all),
  locking("netif_tx_lock_bh", DEVICE, all, enter("bh")),
  unlocking("netif_tx_unlock", SCHED, all),
  unlocking("netif_tx_unlock_bh", DEVICE, all, leave("bh")),
  ...spinCalls({
    lock: "netif_addr_lock",
    unlock: "netif_addr_unlock",
    source: DEVICE,
    on: addresses,
    forms,
  }),
  ...spinCalls({ lock: "__netif_tx_lock", unlock: "__netif_tx_unlock", source: DEVICE, on: queue, forms }),
  trying("__netif_tx_trylock", DEVICE, queue),
  locking("genl_lock", GENL, genl),
  unlocking("genl_unlock", GENL, genl),
  locking("wiphy_lock", WIPHY, wiphy),
  unlocking("wiphy_unlock", WIPHY, wiphy),
  locking("rtnl_net_lock", RTNL, rtnl),
  trying("rtnl_net_trylock", RTNL, rtnl),
  unlocking("rtnl_net_unlock", RTNL, rtnl),
];
