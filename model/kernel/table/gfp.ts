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
};

/** Flags that allow direct reclaim, and so sleep. Flags in a variable are not known to. */
export const SLEEPING_GFP =
  /\b(?:GFP_(?:KERNEL|KERNEL_ACCOUNT|USER|HIGHUSER|HIGHUSER_MOVABLE|NOFS|NOIO)|__GFP_DIRECT_RECLAIM|__GFP_RECLAIM)\b/;
