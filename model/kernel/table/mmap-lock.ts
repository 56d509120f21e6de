import type { Primitive } from "../primitive.ts";
import { plainLock, sharedLock, sleepingLock } from "./lock.ts";
import { maySleep, release } from "./operations.ts";
import {
  adverse,
  arguing,
  finding,
  killable,
  locking,
  ordinary,
  outcomes,
  row,
  trying,
  unlocking,
  until,
} from "./row.ts";

const MMAP = "include/linux/mmap_lock.h";
const MM = "include/linux/mm.h";
const HUGETLB = "include/linux/hugetlb.h";

const mmap = sharedLock(sleepingLock, "mmap_lock");
const vma = sharedLock(sleepingLock, "vma-lock");
const hugetlb = sharedLock(sleepingLock, "hugetlb-vma-lock");

/** The lock of an address space, and those of its areas. */
export const mmapLockRows: readonly Primitive[] = [
  locking("mmap_read_lock", MMAP, mmap.read),
  killable("mmap_read_lock_killable", MMAP, mmap.read),
  trying("mmap_read_trylock", MMAP, mmap.read),
  unlocking("mmap_read_unlock", MMAP, mmap.read),
  unlocking("mmap_read_unlock_non_owner", MMAP, mmap.read),
  locking("mmap_write_lock", MMAP, mmap.write),
  locking("mmap_write_lock_nested", MMAP, mmap.write),
  killable("mmap_write_lock_killable", MMAP, mmap.write),
  ...until("6.11", trying("mmap_write_trylock", MMAP, mmap.write)),
  unlocking("mmap_write_unlock", MMAP, mmap.write),
  row("mmap_write_downgrade", MMAP, [...mmap.write.drop, ...mmap.read.take]),
  outcomes("expand_stack", MM, ordinary("expanded", "pointer", []), adverse("fails", "null", mmap.read.drop)),
  ...arguing(
    "without CONFIG_USERFAULTFD it does nothing",
    outcomes(
      "userfaultfd_remove",
      "include/linux/userfaultfd_k.h",
      ordinary("nobody listens", "nonzero", []),
      adverse("lock dropped", "zero", [release("mmap_lock", { mode: "shared", path: "->vm_mm" })]),
    ),
  ),

  trying("vma_start_read", MM, vma.read),
  ...arguing(
    "without CONFIG_PER_VMA_LOCK it finds none",
    finding("lock_vma_under_rcu", MM, plainLock("vma-lock", { mode: "shared", operand: "result" }), "null"),
  ),
  unlocking("vma_end_read", MM, vma.read),
  row("vma_start_write", MM, [maySleep]),
  locking("hugetlb_vma_lock_read", HUGETLB, hugetlb.read),
  unlocking("hugetlb_vma_unlock_read", HUGETLB, hugetlb.read),
  locking("hugetlb_vma_lock_write", HUGETLB, hugetlb.write),
  ...arguing(
    "without CONFIG_HUGETLB_PAGE there is nothing to lock",
    trying("hugetlb_vma_trylock_write", HUGETLB, hugetlb.write),
  ),
  unlocking("hugetlb_vma_unlock_write", HUGETLB, hugetlb.write),
];
