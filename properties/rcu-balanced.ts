import { contextBalanced } from "./context-balanced.ts";

export const rcuBalanced = contextBalanced("rcu", {
  name: "rcu-balanced",
  summary: "RCU read sections are left as often as they are entered",
  kernel: "kernel/rcu/tree_plugin.h: __rcu_read_unlock",
});
