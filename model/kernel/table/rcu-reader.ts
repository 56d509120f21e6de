/** Reading what RCU protects: from which argument on a condition may stand that makes it right without a section. */
export interface RcuReader {
  readonly conditionAt?: number;
}

const plain: RcuReader = {};
const told = (conditionAt: number): RcuReader => ({ conditionAt });

/**
 * Calls and loops that are right within an RCU read section alone (include/linux/rcupdate.h: rcu_dereference,
 * include/linux/rculist.h: list_for_each_entry_rcu, kernel/pid.c: find_task_by_pid_ns).
 */
export const rcuReaders: Readonly<Record<string, RcuReader>> = {
  rcu_dereference: plain,
  list_for_each_entry_rcu: told(3),
  hlist_for_each_entry_rcu: told(3),
  hash_for_each_possible_rcu: told(4),
  hash_for_each_rcu: plain,
  find_task_by_vpid: plain,
  find_task_by_pid_ns: plain,
  dev_get_by_index_rcu: plain,
  dev_get_by_name_rcu: plain,
};
