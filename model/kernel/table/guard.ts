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
  wiphy: guard("wiphy_lock", "wiphy_unlock"),
  pcm_stream_lock: guard("snd_pcm_stream_lock", "snd_pcm_stream_unlock"),
  pcm_stream_lock_irq: guard("snd_pcm_stream_lock_irq", "snd_pcm_stream_unlock_irq"),
  pcm_stream_lock_irqsave: guard("snd_pcm_stream_lock_irqsave", "snd_pcm_stream_unlock_irqrestore"),
  serio_pause_rx: guard("serio_pause_rx", "serio_continue_rx"),
  pci_dev: guard("pci_dev_lock", "pci_dev_unlock"),
  cpus_read_lock: guard("cpus_read_lock", "cpus_read_unlock"),
};

/** A class of DEFINE_GUARD_COND: what is true where the lock is not had, and what releases it. */
export interface ConditionalGuard {
  /** `!mutex_trylock`: an operator before the call, where one is needed. */
  readonly fails: string;
  readonly release: string;
}

const tried = (call: string, release: string): ConditionalGuard => ({ fails: `!${call}`, release });
const interrupted = (call: string, release: string): ConditionalGuard => ({ fails: call, release });

/** include/linux/mutex.h, spinlock.h and rwsem.h: DEFINE_GUARD_COND and DEFINE_LOCK_GUARD_1_COND. */
export const conditionalGuards: Readonly<Record<string, ConditionalGuard>> = {
  mutex_try: tried("mutex_trylock", "mutex_unlock"),
  mutex_intr: interrupted("mutex_lock_interruptible", "mutex_unlock"),
  mutex_kill: interrupted("mutex_lock_killable", "mutex_unlock"),
  spinlock_try: tried("spin_trylock", "spin_unlock"),
  spinlock_irq_try: tried("spin_trylock_irq", "spin_unlock_irq"),
  spinlock_bh_try: tried("spin_trylock_bh", "spin_unlock_bh"),
  raw_spinlock_try: tried("raw_spin_trylock", "raw_spin_unlock"),
  raw_spinlock_irq_try: tried("raw_spin_trylock_irq", "raw_spin_unlock_irq"),
  raw_spinlock_bh_try: tried("raw_spin_trylock_bh", "raw_spin_unlock_bh"),
  spinlock_irqsave_try: tried("spin_trylock_irqsave", "spin_unlock_irqrestore"),
  raw_spinlock_irqsave_try: tried("raw_spin_trylock_irqsave", "raw_spin_unlock_irqrestore"),
  rwsem_read_try: tried("down_read_trylock", "up_read"),
  rwsem_read_intr: interrupted("down_read_interruptible", "up_read"),
  rwsem_write_try: tried("down_write_trylock", "up_write"),
  rwsem_write_kill: interrupted("down_write_killable", "up_write"),
  device_try: tried("device_trylock", "device_unlock"),
  device_intr: interrupted("device_lock_interruptible", "device_unlock"),
};

/** The class that gives back at its scope's end what a conditional one has got. */
export const HAD = "had_";

/** What gives back the lock of a conditional class, by the name of the class had_X; undefined for other names. */
export const releaseOfHad = (kind: string): string | undefined => {
  const name = kind.startsWith(HAD) ? kind.slice(HAD.length) : "";
  return Object.hasOwn(conditionalGuards, name) ? conditionalGuards[name]?.release : undefined;
};
