import type { Primitive } from "../primitive.ts";
import { spinningLock } from "./lock.ts";
import { regardless } from "./operations.ts";
import { row } from "./row.ts";
import { formsBut, spinCalls } from "./spin-calls.ts";

const FILE = "include/linux/memcontrol.h";
const path = "->lru_lock";
/** The calls return the lruvec whose lock they take. */
const returned = spinningLock("spinlock", { path, operand: "result" });
const passed = spinningLock("spinlock", { path, operand: 1 });
const { drop } = spinningLock("spinlock", { path });

/** The LRU lock, by the folio that it protects. A relock call changes the lock held, if any, for the folio's own. */
export const lruvecRows: readonly Primitive[] = [
  ...spinCalls({
    lock: "folio_lruvec_lock",
    unlock: "unlock_page_lruvec",
    source: FILE,
    on: { ...returned, drop },
    forms: formsBut("_bh"),
  }),
  row("folio_lruvec_relock_irq", FILE, regardless([...passed.drop, ...returned.take]), "pointer"),
  row("folio_lruvec_relock_irqsave", FILE, [
    ...regardless(passed.take),
    { kind: "save", object: "irq-flags", operand: 2, regardless: true },
  ]),
];
