import type { Primitive } from "../primitive.ts";
import { sleepingLock } from "./lock.ts";
import { acquire, maySleep, release } from "./operations.ts";
import { adverse, forgetting, ordinary, outcomes, row } from "./row.ts";

const F2FS = "fs/f2fs/data.c";

const locked = (operand: number) => sleepingLock("folio-lock", { operand });
/** Where this argument points to, the call stores a folio, locked, or NULL: which, its result does not tell. */
const stored = (operand: number) => acquire("folio-lock", { operand });

/** Calls that hand a locked folio to who reads or writes it and unlocks it then, or that store a locked one. */
export const folioIoRows: readonly Primitive[] = [
  outcomes(
    "block_write_begin",
    "fs/buffer.c",
    ordinary("locked", "zero", [maySleep, ...locked(3).take]),
    adverse("fails", "negative", [maySleep]),
  ),
  outcomes(
    "shmem_get_folio",
    "mm/shmem.c",
    forgetting(ordinary("found or not", "zero", [maySleep]), stored(3)),
    adverse("fails", "negative", [maySleep]),
  ),
  outcomes(
    "make_device_exclusive_range",
    "mm/rmap.c",
    forgetting(ordinary("done", "any", [maySleep]), stored(3)),
  ),
  row("btrfs_read_folio", "fs/btrfs/extent_io.c", [maySleep, ...locked(1).drop], "any"),
  outcomes(
    "f2fs_submit_page_read",
    F2FS,
    ordinary("submitted", "zero", locked(1).drop),
    adverse("fails", "negative"),
  ),
  /** It leaves the folio locked where it returns AOP_WRITEPAGE_ACTIVATE, and only there. */
  outcomes(
    "f2fs_write_single_data_page",
    F2FS,
    forgetting(ordinary("done", "any", []), release("folio-lock")),
  ),
  /** It unlocks the page if there is one and the second argument asks for it. */
  outcomes(
    "f2fs_put_page",
    "fs/f2fs/f2fs.h",
    forgetting(ordinary("done", "void", []), release("folio-lock")),
  ),
];
