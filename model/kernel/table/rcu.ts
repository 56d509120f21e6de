import type { Primitive } from "../primitive.ts";
import { entering, enteringWith, leaving } from "./row.ts";

const RCU = "include/linux/rcupdate.h";
const SRCU = "include/linux/srcu.h";

/** RCU read sections; the _bh and _sched ones disable what they are named after. */
export const rcuRows: readonly Primitive[] = [
  entering("rcu_read_lock", RCU, "rcu"),
  leaving("rcu_read_unlock", RCU, "rcu"),
  entering("rcu_read_lock_bh", RCU, "bh"),
  leaving("rcu_read_unlock_bh", RCU, "bh"),
  entering("rcu_read_lock_sched", RCU, "preempt"),
  leaving("rcu_read_unlock_sched", RCU, "preempt"),
  enteringWith("srcu_read_lock", SRCU, "srcu"),
  leaving("srcu_read_unlock", SRCU, "srcu"),
  enteringWith("srcu_read_lock_nmisafe", SRCU, "srcu"),
  leaving("srcu_read_unlock_nmisafe", SRCU, "srcu"),
  enteringWith("srcu_down_read", SRCU, "srcu"),
  leaving("srcu_up_read", SRCU, "srcu"),
];
