import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import {
  along,
  enter,
  leave,
  regardless,
  restoreIrq,
  row,
  saveIrq,
  spinAcquire,
  spinRelease,
} from "./row.ts";

const FILE = "include/linux/memcontrol.h";
const LOCK = "->lru_lock";
const take = along(LOCK, spinAcquire("spinlock", "result"));
const drop = along(LOCK, spinRelease("spinlock"));

const taking = (name: string, ...before: readonly Operation[]): Primitive =>
  row(name, `${FILE}: ${name}`, [...before, ...take], "pointer");

/** Changes the lock held, if any, for the folio's own: what is passed in is consumed. */
const relocking = (name: string): Primitive =>
  row(name, `${FILE}: ${name}`, regardless([...along(LOCK, spinRelease("spinlock", 1)), ...take]), "pointer");

/** The LRU lock, by the folio that it protects. */
export const lruvecRows: readonly Primitive[] = [
  taking("folio_lruvec_lock"),
  taking("folio_lruvec_lock_irq", enter("irq")),
  taking("folio_lruvec_lock_irqsave", ...saveIrq(1)),
  row("unlock_page_lruvec", `${FILE}: unlock_page_lruvec`, drop),
  row("unlock_page_lruvec_irq", `${FILE}: unlock_page_lruvec_irq`, [...drop, leave("irq")]),
  row("unlock_page_lruvec_irqrestore", `${FILE}: unlock_page_lruvec_irqrestore`, [...drop, ...restoreIrq(1)]),
  relocking("folio_lruvec_relock_irq"),
  row("folio_lruvec_relock_irqsave", `${FILE}: folio_lruvec_relock_irqsave`, [
    ...regardless(along(LOCK, spinAcquire("spinlock", 1))),
    { kind: "save", object: "irq-flags", operand: 2, regardless: true },
  ]),
];
