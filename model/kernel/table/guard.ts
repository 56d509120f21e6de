/** The calls that a class of include/linux/cleanup.h's guard() stands for: DEFINE_GUARD and DEFINE_LOCK_GUARD. */
export interface GuardClass {
  readonly acquire: string;
  readonly release: string;
}

const guard = (acquire: string, release: string): GuardClass => ({ acquire, release });

export const guards: Readonly<Record<string, GuardClass>> = {
  mutex: guard("mutex_lock", "mutex_unlock"),
  spinlock: guard("spin_lock", "spin_unlock"),
  spinlock_irq: guard("spin_lock_irq", "spin_unlock_irq"),
  spinlock_irqsave: guard("spin_lock_irqsave", "spin_unlock_irqrestore"),
  spinlock_bh: guard("spin_lock_bh", "spin_unlock_bh"),
  raw_spinlock: guard("raw_spin_lock", "raw_spin_unlock"),
  raw_spinlock_irq: guard("raw_spin_lock_irq", "raw_spin_unlock_irq"),
  raw_spinlock_irqsave: guard("raw_spin_lock_irqsave", "raw_spin_unlock_irqrestore"),
  raw_spinlock_nested: guard("raw_spin_lock_nested", "raw_spin_unlock"),
  raw_spinlock_bh: guard("raw_spin_lock_bh", "raw_spin_unlock_bh"),
  read_lock: guard("read_lock", "read_unlock"),
  read_lock_irq: guard("read_lock_irq", "read_unlock_irq"),
  read_lock_irqsave: guard("read_lock_irqsave", "read_unlock_irqrestore"),
  write_lock: guard("write_lock", "write_unlock"),
  write_lock_irq: guard("write_lock_irq", "write_unlock_irq"),
  write_lock_irqsave: guard("write_lock_irqsave", "write_unlock_irqrestore"),
  local_lock: guard("local_lock", "local_unlock"),
  local_lock_irq: guard("local_lock_irq", "local_unlock_irq"),
  local_lock_irqsave: guard("local_lock_irqsave", "local_unlock_irqrestore"),
  local_lock_nested_bh: guard("local_lock_nested_bh", "local_unlock_nested_bh"),
  task_lock: guard("task_lock", "task_unlock"),
  device: guard("device_lock", "device_unlock"),
  rtnl: guard("rtnl_lock", "rtnl_unlock"),
  console_lock: guard("console_lock", "console_unlock"),
  rwsem_read: guard("down_read", "up_read"),
  rwsem_write: guard("down_write", "up_write"),
  rcu: guard("rcu_read_lock", "rcu_read_unlock"),
  srcu: guard("srcu_read_lock", "srcu_read_unlock"),
  preempt_notrace: guard("preempt_disable_notrace", "preempt_enable_notrace"),
  preempt: guard("preempt_disable", "preempt_enable"),
  migrate: guard("migrate_disable", "migrate_enable"),
  irq: guard("local_irq_disable", "local_irq_enable"),
  irqsave: guard("local_irq_save", "local_irq_restore"),
  cpus_read_lock: guard("cpus_read_lock", "cpus_read_unlock"),
};
