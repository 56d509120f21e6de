/**
 * Allocations that sleep where their GFP flags allow direct reclaim: which argument the flags are
 * (include/linux/gfp.h: gfpflags_allow_blocking).
 */
export const gfpArgument: Readonly<Record<string, number>> = {
  kmalloc: 1,
  kzalloc: 1,
  kmalloc_array: 2,
  kcalloc: 2,
  krealloc: 2,
  kmalloc_node: 1,
  kmalloc_track_caller: 1,
  kmalloc_node_track_caller: 1,
  kzalloc_node: 1,
  kvmalloc: 1,
  kvzalloc: 1,
  kvcalloc: 2,
  kvmalloc_array: 2,
  kmemdup: 2,
  kstrdup: 1,
  kstrndup: 2,
  kasprintf: 0,
  kmem_cache_alloc: 1,
  kmem_cache_zalloc: 1,
  alloc_page: 0,
  alloc_pages: 0,
  __get_free_page: 0,
  __get_free_pages: 0,
  get_zeroed_page: 0,
  folio_alloc: 0,
  alloc_skb: 1,
  mempool_alloc: 1,
  radix_tree_preload: 0,
  idr_preload: 0,
  might_alloc: 0,
  kmem_cache_alloc_lru: 2,
  kmem_cache_alloc_node: 1,
  kmem_cache_alloc_bulk: 1,
  kvmalloc_node: 1,
  kvzalloc_node: 1,
  krealloc_array: 3,
  kmemdup_nul: 2,
  __vmalloc: 1,
  __alloc_pages: 0,
  alloc_pages_node: 1,
  alloc_pages_mpol: 0,
  alloc_pages_bulk_array: 0,
  __folio_alloc: 0,
  __folio_alloc_node: 0,
  folio_alloc_mpol: 0,
  vma_alloc_folio: 0,
  filemap_alloc_folio: 0,
  mem_cgroup_charge: 2,
  bio_alloc: 3,
  ida_alloc: 1,
  idr_alloc: 4,
  xa_store: 3,
  xa_insert: 3,
  xa_alloc: 4,
  devm_kmalloc: 2,
  devm_kzalloc: 2,
  devm_kmalloc_array: 3,
  devm_kcalloc: 3,
  devm_kmemdup: 3,
  devm_kstrdup: 2,
  devm_kasprintf: 1,
  dma_alloc_coherent: 3,
  dma_alloc_attrs: 3,
  dma_pool_alloc: 1,
  dma_pool_zalloc: 1,
  usb_alloc_urb: 1,
  usb_submit_urb: 1,
  skb_clone: 1,
  skb_copy: 1,
  skb_copy_expand: 3,
  pskb_expand_head: 3,
  __netdev_alloc_skb: 2,
  nlmsg_new: 1,
  genlmsg_new: 1,
  sg_alloc_table: 2,
};

/** Flags that allow direct reclaim, and so sleep. Flags in a variable are not known to. */
const SLEEPING =
  /\b(?:GFP_(?:KERNEL|KERNEL_ACCOUNT|USER|HIGHUSER|HIGHUSER_MOVABLE|NOFS|NOIO)|__GFP_DIRECT_RECLAIM|__GFP_RECLAIM)\b/;

/** `gfp & ~__GFP_DIRECT_RECLAIM` is said to keep it from sleeping. */
const CLEARED = /~\s*\(?[^()]*\b__GFP_(?:DIRECT_)?RECLAIM\b/;

/** What tells whether flags allow a sleep, and flags that do and that do not. */
export const FLAG_OF_SLEEP = "__GFP_DIRECT_RECLAIM";
export const FLAGS_ASLEEP = "GFP_KERNEL";
export const FLAGS_AWAKE = "GFP_ATOMIC";

/** Whether a flag, as it is written, lets an allocation sleep. */
export const isFlagOfSleep = (flag: string): boolean => flag === FLAG_OF_SLEEP || flag === "__GFP_RECLAIM";

/** Whether a call asks of its argument, flags, whether they allow a sleep (include/linux/gfp.h). */
export const asksForSleep = (name: string): boolean => name === "gfpflags_allow_blocking";

/** Whether a mask, as it is written, takes from flags what lets them sleep. */
export const clearsSleep = (mask: string): boolean => CLEARED.test(mask);

/** Whether flags, as a call writes them, let it sleep. */
export const allowsSleep = (flags: string): boolean => SLEEPING.test(flags) && !CLEARED.test(flags);
