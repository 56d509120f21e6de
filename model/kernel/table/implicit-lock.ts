/** Locks that no call names: where the kernel holds or takes them. */

/** What is held where the kernel calls a function by a member: mm/mmap.c: mmap_region; mm/shrinker.c: do_shrink_slab. */
export const heldByMember: Readonly<Record<string, string>> = {
  mmap: "mmap_lock",
  scan_objects: "fs_reclaim",
  count_objects: "fs_reclaim",
};

/** Calls that may fault, and take mmap_lock for it (mm/memory.c: __might_fault). */
export const faulting: ReadonlySet<string> = new Set([
  "copy_to_user",
  "copy_from_user",
  "get_user",
  "put_user",
  "clear_user",
  "strncpy_from_user",
]);
export const FAULT_LOCK = "mmap_lock";

/**
 * Calls that may give back the mmap_lock of the area or address space that they are given (mm/memory.c:
 * handle_mm_fault, mm/gup.c: fixup_user_fault, mm/vma.c: do_vmi_align_munmap).
 */
export const givingFaultLock: ReadonlySet<string> = new Set([
  "handle_mm_fault",
  "fixup_user_fault",
  "get_user_pages_remote",
  "pin_user_pages_remote",
  "do_vmi_munmap",
  "do_vmi_align_munmap",
  "do_vma_munmap",
]);

/** What an allocation that may enter the file system takes for reclaim (mm/page_alloc.c: fs_reclaim_acquire). */
export const RECLAIM_LOCK = "fs_reclaim";
export const ENTERS_RECLAIM = /\bGFP_(?:KERNEL|KERNEL_ACCOUNT|USER|HIGHUSER|HIGHUSER_MOVABLE)\b/;
