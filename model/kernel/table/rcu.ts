import type { Primitive } from "../primitive.ts";
import { plainLock } from "./lock.ts";
import { maySleep, touch } from "./operations.ts";
import { arguing, entering, leaving, row } from "./row.ts";

const RCU = "include/linux/rcupdate.h";
const SRCU = "include/linux/srcu.h";

/** A section of one srcu_struct; its index comes back to the unlock. */
const section = plainLock("srcu", { mode: "shared" });
const srcuPair = (lock: string, unlock: string): readonly Primitive[] => [
  row(lock, SRCU, section.take, "any"),
  row(unlock, SRCU, section.drop),
];

const waitingForReaders = (name: string, source: string): Primitive =>
  row(name, source, [maySleep, touch("wait", "srcu")]);

/** RCU read sections; the _bh and _sched ones disable what they are named after. */
export const rcuRows: readonly Primitive[] = [
  ...arguing(
    "without CONFIG_PREEMPT_RCU it only disables preemption",
    entering("rcu_read_lock", RCU, "rcu"),
    leaving("rcu_read_unlock", RCU, "rcu"),
  ),
  entering("rcu_read_lock_bh", RCU, "bh"),
  leaving("rcu_read_unlock_bh", RCU, "bh"),
  entering("rcu_read_lock_sched", RCU, "preempt"),
  leaving("rcu_read_unlock_sched", RCU, "preempt"),
  ...srcuPair("srcu_read_lock", "srcu_read_unlock"),
  ...srcuPair("srcu_read_lock_nmisafe", "srcu_read_unlock_nmisafe"),
  ...srcuPair("srcu_down_read", "srcu_up_read"),
  waitingForReaders("synchronize_srcu", SRCU),
  waitingForReaders("synchronize_srcu_expedited", SRCU),
];
