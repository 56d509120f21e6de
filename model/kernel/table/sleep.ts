import type { Primitive } from "../primitive.ts";
import { maySleep, schedules } from "./operations.ts";
import { row, sleeping } from "./row.ts";

/** Calls that may sleep and do nothing else that a lock could notice, by the kernel file that declares them. */
const SLEEPING: Readonly<Record<string, readonly string[]>> = {
  "include/linux/delay.h": ["msleep", "msleep_interruptible", "usleep_range", "ssleep", "fsleep"],
  "include/linux/sched.h": [
    "io_schedule",
    "io_schedule_timeout",
    "schedule_timeout",
    "schedule_timeout_interruptible",
    "schedule_timeout_killable",
    "schedule_timeout_uninterruptible",
    "schedule_timeout_idle",
    "yield",
  ],
  "include/linux/completion.h": [
    "wait_for_completion",
    "wait_for_completion_io",
    "wait_for_completion_interruptible",
    "wait_for_completion_killable",
    "wait_for_completion_timeout",
  ],
  "include/linux/wait.h": [
    "wait_event",
    "wait_event_freezable",
    "wait_event_freezable_exclusive",
    "wait_event_freezable_timeout",
    "wait_event_hrtimeout",
    "wait_event_idle",
    "wait_event_idle_exclusive",
    "wait_event_idle_exclusive_timeout",
    "wait_event_idle_timeout",
    "wait_event_interruptible",
    "wait_event_interruptible_exclusive",
    "wait_event_interruptible_hrtimeout",
    "wait_event_interruptible_timeout",
    "wait_event_killable",
    "wait_event_killable_exclusive",
    "wait_event_killable_timeout",
    "wait_event_state",
    "wait_event_timeout",
    "io_wait_event",
    "wait_woken",
  ],
  "include/linux/swait.h": [
    "swait_event_exclusive",
    "swait_event_idle_exclusive",
    "swait_event_idle_timeout_exclusive",
    "swait_event_interruptible_exclusive",
    "swait_event_interruptible_timeout_exclusive",
    "swait_event_timeout_exclusive",
  ],
  "include/linux/rcuwait.h": ["rcuwait_wait_event"],
  "include/linux/wait_bit.h": ["wait_on_bit", "wait_on_bit_io", "wait_on_bit_timeout"],
  "include/linux/rcutree.h": ["synchronize_rcu_expedited", "rcu_barrier"],
  "include/linux/rcupdate.h": ["kfree_rcu_mightsleep", "kvfree_rcu_mightsleep", "synchronize_rcu_tasks"],
  "kernel/rcu/tree.c": ["synchronize_rcu"],
  "include/linux/workqueue.h": [
    "flush_work",
    "flush_workqueue",
    "cancel_work_sync",
    "cancel_delayed_work_sync",
    "flush_delayed_work",
    "drain_workqueue",
    "alloc_workqueue",
    "destroy_workqueue",
  ],
  "include/linux/vmalloc.h": ["vmalloc", "vzalloc", "vmalloc_user", "vmap", "vunmap", "vfree"],
  "include/linux/mm.h": [
    "pte_alloc",
    "__pte_alloc",
    "pmd_alloc",
    "pud_alloc",
    "p4d_alloc",
    "get_user_pages",
    "get_user_pages_fast",
    "get_user_pages_unlocked",
    "pin_user_pages",
    "pin_user_pages_fast",
    "pin_user_pages_unlocked",
  ],
  "include/asm-generic/pgalloc.h": ["pte_alloc_one"],
  "include/linux/rmap.h": ["anon_vma_prepare"],
  "include/linux/mmu_notifier.h": ["mmu_notifier_invalidate_range_start"],
  "drivers/i2c/i2c-core-base.c": ["i2c_transfer", "i2c_transfer_buffer_flags"],
  "drivers/i2c/i2c-core-smbus.c": ["i2c_smbus_xfer"],
  "drivers/clk/clk.c": ["clk_prepare", "clk_unprepare"],
  "include/linux/clk.h": ["clk_prepare_enable", "clk_disable_unprepare"],
  "drivers/usb/core/message.c": ["usb_control_msg", "usb_interrupt_msg", "usb_bulk_msg"],
  "drivers/spi/spi.c": ["spi_sync"],
  "drivers/base/core.c": ["device_unregister"],
  "lib/kobject.c": ["kobject_del"],
  "kernel/irq/manage.c": ["request_threaded_irq"],
  "include/linux/uaccess.h": ["copy_from_user", "copy_to_user", "might_fault"],
  "include/linux/pagemap.h": [
    "fault_in_readable",
    "fault_in_writeable",
    "read_mapping_folio",
    "read_cache_folio",
  ],
  "include/linux/slab.h": ["kmem_cache_create", "kmem_cache_destroy"],
  "include/linux/sched/mm.h": ["mmput"],
  "include/linux/shrinker.h": ["shrinker_free"],
  "include/linux/percpu.h": ["alloc_percpu"],
  "include/linux/interrupt.h": ["disable_irq", "free_irq", "request_irq"],
  "include/linux/kthread.h": ["kthread_stop", "kthread_run"],
  "include/linux/hardirq.h": ["synchronize_irq"],
  "include/linux/swap.h": ["lru_add_drain_all"],
  "fs/inode.c": ["iput"],
  "fs/open.c": ["filp_close"],
  "fs/sync.c": ["vfs_fsync"],
  "mm/filemap.c": ["filemap_write_and_wait"],
  "mm/truncate.c": ["invalidate_mapping_pages"],
  "include/linux/mempool.h": ["mempool_create"],
  "include/asm-generic/io.h": ["ioremap", "iounmap"],
  "drivers/of/address.c": ["of_iomap"],
  "drivers/base/firmware_loader/main.c": ["request_firmware"],
  "kernel/softirq.c": ["tasklet_kill"],
  "net/socket.c": ["sock_release"],
  "include/linux/netdevice.h": ["unregister_netdevice"],
  "net/core/dev.c": ["dev_close"],
};

export const sleepRows: readonly Primitive[] = [
  row("might_sleep", "include/linux/kernel.h", [maySleep]),
  sleeping("cond_resched", "include/linux/sched.h"),
  row("schedule", "kernel/sched/core.c", [schedules]),
  ...Object.entries(SLEEPING).flatMap(([file, names]) => names.map((name) => sleeping(name, file))),
];

/** Calls that take a reference of the kind that a call drops which sleeps with the last one alone (fs/inode.c: iput). */
const TAKES_REFERENCE: Readonly<Record<string, ReadonlySet<string>>> = {
  iput: new Set(["__iget", "ihold", "igrab"]),
};

/** Whether among the calls of a function is one that takes such a reference as `name` drops. */
export const mayKeepReference = (name: string, calls: ReadonlySet<string>): boolean =>
  [...(TAKES_REFERENCE[name] ?? [])].some((each) => calls.has(each));

/** Waits for a condition that is evaluated again and again, in some with the lock released (include/linux/wait.h: ___wait_event). */
export const waitsForCondition = (name: string): boolean => /^_*(?:swait|wait)_event/.test(name);

/** What enters and leaves a section in which nothing may sleep. */
export const ATOMIC_SECTION = { enter: "preempt_disable", leave: "preempt_enable" } as const;
