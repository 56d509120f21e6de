import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { acquire, adverse, killable, maySleep, ordinary, outcomes, release, row, trying } from "./row.ts";

const PAGEMAP = "include/linux/pagemap.h";
const FILEMAP = "mm/filemap.c";
const take = acquire("folio-lock");

/** Finds a folio and returns it locked, or an error. */
const finding = (name: string, failure: "null" | "negative"): Primitive =>
  outcomes(
    name,
    `${PAGEMAP}: ${name}`,
    ordinary("found", "pointer", [maySleep, acquire("folio-lock", "result")]),
    adverse("not found", failure, [maySleep]),
  );

const waiting = (name: string, file: string, ...behind: readonly Operation[]): Primitive =>
  row(name, `${file}: ${name}`, [maySleep, ...behind], "any");

/** The lock of a page is that of its folio. */
export const folioFamilyRows: readonly Primitive[] = [
  row("lock_page", `${PAGEMAP}: lock_page`, [maySleep, take]),
  trying("trylock_page", `${PAGEMAP}: trylock_page`, [take]),
  row("unlock_page", `${PAGEMAP}: unlock_page`, [release("folio-lock")]),
  killable("folio_lock_killable", `${PAGEMAP}: folio_lock_killable`, [take]),
  row("__folio_set_locked", `${FILEMAP}: __folio_set_locked`, [take]),
  row("folio_end_read", `${FILEMAP}: folio_end_read`, [release("folio-lock")]),
  finding("find_lock_page", "null"),
  finding("filemap_lock_folio", "negative"),
  waiting("folio_wait_locked", PAGEMAP),
  waiting("folio_wait_writeback", PAGEMAP),
  waiting("folio_wait_stable", PAGEMAP),
  waiting("wait_on_page_writeback", PAGEMAP),
];
