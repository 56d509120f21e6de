/** Names of calls that may look as if they changed a lock, and change none, and why that is so. */
export interface NoLock {
  readonly names: RegExp;
  readonly why: string;
}

/** In characters: what is longer is no name of a kernel, and is matched in no time. */
const LONGEST = 200;

const named = (why: string, ...names: readonly string[]): NoLock => ({
  names: new RegExp(`^(?=\\w{1,${LONGEST}}$)(?:${names.join("|")})$`),
  why,
});

export const noLocks: readonly NoLock[] = [
  named("sets a lock up (include/linux/spinlock.h: spin_lock_init)", "\\w*lock\\w*_(?:init|fini|destroy)"),
  named(
    "a value of a lock type (include/linux/spinlock_types.h: __SPIN_LOCK_UNLOCKED)",
    "__\\w+_(?:UN)?LOCK(?:ED)?",
    "DEFINE_\\w+",
  ),
  named(
    "initialises an object (include/linux/mutex.h: mutex_init)",
    "mutex_init",
    "init_(?:rwsem|completion|waitqueue_\\w+|irq_work)",
  ),
  named(
    "asks lockdep (include/linux/lockdep.h: lock_is_held)",
    "\\w+_held(?:_type)?",
    "lock_is_held\\w*",
    "lockdep_(?!(?:un)?lock$)\\w+",
    "assert_(?:raw_)?spin_locked",
  ),
  named("asks whether a lock is taken (include/linux/spinlock.h: spin_is_locked)", "\\w+_is_locked"),
  named("asks whether others wait (include/linux/spinlock.h: spin_is_contended)", "\\w*_is_contended"),
  named(
    "tells lockdep what may be taken (include/linux/lockdep.h: might_lock)",
    "might_(?:sleep|fault|alloc|lock)\\w*",
  ),
  named(
    "warns of what should not be (include/asm-generic/bug.h: WARN_ON)",
    "WARN(?:_ON\\w*|_ONCE)?",
    "(?:BUILD_)?BUG(?:_ON\\w*)?",
    "VM_(?:BUG|WARN)_ON\\w*",
  ),
  named(
    "writes to the log (include/linux/printk.h: pr_debug)",
    "pr_(?:emerg|alert|crit|err|warn|notice|info|cont|debug)\\w*",
  ),
  named(
    "writes to the log of a device (include/linux/dev_printk.h: dev_err)",
    "(?:(?:dev|netdev|net|netif|shost|sdev|starget|scmd|drm|wiphy|ath\\d*k?)_)?(?:v?printk|emerg|alert|crit|err|warn|notice|info|dbg)(?:_ratelimited|_once)?",
  ),
  named(
    "begins or ends the making of an inode, which no lock guards (fs/inode.c: unlock_new_inode)",
    "(?:un)?lock_new_inode",
    "discard_new_inode",
  ),
  named(
    "asks or changes a list (include/linux/list.h: list_empty)",
    "h?list_(?:bl_|nulls_)?(?:empty|is_(?:head|first|last|singular)|add|del|move|replace|splice|entry|first_entry|last_entry|next_entry|prev_entry)(?:_(?:rcu|tail|careful|init|or_null|before|behind|head))*",
    "INIT_H?LIST_(?:HEAD|NODE)(?:_RCU)?",
  ),
  named(
    "reads or writes a register of a device (include/asm-generic/io.h: readl)",
    "(?:__raw_)?(?:read|write)s?[bwlq](?:_relaxed|_be)?",
    "io(?:read|write)(?:8|16|32|64)(?:be)?(?:_rep)?",
    "(?:in|out)s?[bwl](?:_p)?",
  ),
  named(
    "copies or fills memory (include/linux/string.h: memcpy)",
    "mem(?:cpy|move|set|cmp|zero_explicit|chr)",
    "str(?:n?cpy|scpy|l?cat|n?cmp|n?len|r?chr)",
  ),
  named("leads from a member to its structure (include/linux/container_of.h: container_of)", "container_of"),
  named("reads or writes once (include/asm-generic/rwonce.h: READ_ONCE)", "READ_ONCE", "WRITE_ONCE"),
  named("says what is likely (include/linux/compiler.h: likely)", "(?:un)?likely"),
  named("tells an error from a pointer (include/linux/err.h: IS_ERR)", "IS_ERR\\w*"),
  named("tells lockdep of a class (include/linux/lockdep.h: lock_set_class)", "lock_set_\\w+"),
  named(
    "orders memory accesses (include/linux/atomic/atomic-instrumented.h: atomic_read_acquire)",
    "(?:raw_)?(?:arch_)?atomic(?:64|_long)?_\\w+_(?:acquire|release)",
    "(?:raw_)?(?:try_)?c?m?p?xchg(?:64)?_(?:acquire|release)",
    "(?:__)?smp_(?:load_acquire|store_release|acquire__after_ctrl_dep)",
    "smp_cond_load_acquire",
    "refcount_\\w+_(?:acquire|release)",
  ),
  named("frees firmware (drivers/base/firmware_loader/main.c: release_firmware)", "release_firmware"),
  named(
    "gives an address range back (kernel/resource.c: __release_region)",
    "(?:__)?(?:devm_)?release_(?:mem_)?(?:region|resource)\\w*",
    "pci_release_\\w+",
    "bitmap_release_region",
  ),
  named(
    "frees what a driver model's device holds (drivers/base/devres.c: devres_release)",
    "devres_release(?:_group|_all)?",
    "devm_release_action",
    "device_release_driver",
  ),
  named(
    "gives reserved space back (include/linux/quotaops.h: dquot_release_reservation_block)",
    "dquot_release_\\w+",
  ),
  named("drops a reference (net/core/dst.c: dst_release)", "dst_release(?:_immediate)?", "neigh_release"),
  named(
    "drops references to folios (mm/swap.c: folios_put_refs)",
    "(?:folio_batch|pagevec)_release",
    "release_pages",
  ),
  named(
    "frees a file's private data (fs/seq_file.c: seq_release)",
    "(?:seq|single)_release(?:_private)?",
    "posix_acl_release",
  ),
  named("begins a list of arguments (include/linux/stdarg.h: va_start)", "va_(?:start|end)"),
  named(
    "batches requests to block devices (block/blk-core.c: blk_start_plug)",
    "blk_(?:start|finish)_plug(?:_nr_ios)?",
  ),
  named("records an event (include/linux/tracepoint.h: __DECLARE_TRACE)", "trace_\\w+", "TRACE_\\w+"),
  named(
    "counts time for accounting (include/linux/delayacct.h: delayacct_thrashing_start)",
    "delayacct_\\w+",
    "psi_memstall_(?:enter|leave)",
  ),
  named(
    "marks accesses for a sanitizer (mm/kmsan/kmsan.h: kmsan_enter_runtime)",
    "k[am]san_\\w+",
    "kcsan_\\w+",
  ),
  named(
    "nests attributes of a message (include/net/netlink.h: nla_nest_start)",
    "nla_nest_(?:start|end)\\w*",
  ),
  named(
    "begins a section that excludes nobody (mm/mmu_notifier.c: __mmu_notifier_invalidate_range_start)",
    "mmu_notifier_(?:arch_)?invalidate_range_(?:start|end)\\w*",
    "tlb_(?:start|end)_vma",
  ),
  named(
    "turns a queue or a device on and off (include/linux/netdevice.h: netif_start_queue)",
    "\\w*netif_(?:tx_)?(?:start|stop)_\\w+",
    "hid_hw_(?:start|stop)",
  ),
];

/** Whether these rows say of a name that a call of it leaves all locks alone. */
export const isNoLock = (name: string): boolean => noLocks.some(({ names }) => names.test(name));
