import type { Primitive, ReturnClass } from "../primitive.ts";
import { sleepingLock } from "./lock.ts";
import {
  adverse,
  finding,
  forgetting,
  killable,
  locking,
  ordinary,
  outcomes,
  row,
  sleeping,
  trying,
  unlocking,
} from "./row.ts";

const PAGEMAP = "include/linux/pagemap.h";
const FILEMAP = "mm/filemap.c";
const folio = sleepingLock("folio-lock");
const returned = sleepingLock("folio-lock", { operand: "result" });

/** Whether the folio is locked, and whether the call sleeps for it, its flags tell. */
const asked = (name: string, source: string, failure: ReturnClass): Primitive =>
  outcomes(
    name,
    source,
    forgetting(ordinary("found", "pointer", []), ...returned.take),
    forgetting(adverse("not found", failure), ...returned.take),
  );

/** A folio lock is a bit that sleeps; it does not touch the preempt count. The lock of a page is that of its folio. */
export const folioLockRows: readonly Primitive[] = [
  locking("folio_lock", PAGEMAP, folio),
  locking("lock_page", PAGEMAP, folio),
  killable("folio_lock_killable", PAGEMAP, folio),
  trying("folio_trylock", PAGEMAP, folio),
  trying("trylock_page", PAGEMAP, folio),
  row("__folio_set_locked", FILEMAP, folio.take),
  unlocking("folio_unlock", FILEMAP, folio),
  unlocking("unlock_page", PAGEMAP, folio),
  unlocking("folio_end_read", FILEMAP, folio),
  finding("find_lock_page", PAGEMAP, returned, "null"),
  finding("find_or_create_page", PAGEMAP, returned, "null"),
  finding("grab_cache_page", PAGEMAP, returned, "null"),
  finding("filemap_lock_folio", PAGEMAP, returned, "negative"),
  finding("filemap_grab_folio", PAGEMAP, returned, "negative"),
  finding("grab_cache_page_write_begin", PAGEMAP, returned, "null"),
  outcomes(
    "grab_cache_page_nowait",
    PAGEMAP,
    ordinary("locked", "pointer", returned.take),
    adverse("not found, or locked by others", "null"),
  ),
  asked("pagecache_get_page", "mm/folio-compat.c", "null"),
  asked("__filemap_get_folio", FILEMAP, "negative"),
  sleeping("folio_wait_locked", PAGEMAP),
  sleeping("folio_wait_writeback", PAGEMAP),
  sleeping("folio_wait_stable", PAGEMAP),
  sleeping("wait_on_page_writeback", PAGEMAP),
];
