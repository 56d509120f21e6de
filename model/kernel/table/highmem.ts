import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { enter, leave, maySleep, touch } from "./operations.ts";
import { row } from "./row.ts";

const FILE = "include/linux/highmem-internal.h";
const unmap = touch("unmap", "kmap");

const mapping = (name: string, ...before: readonly Operation[]): Primitive =>
  row(name, FILE, [...before, touch("map", "kmap", "result")], "pointer");

/** Pages mapped for a while: the task's mappings are a stack. */
export const highmemRows: readonly Primitive[] = [
  mapping("kmap_local_page"),
  mapping("kmap_local_page_prot"),
  mapping("kmap_local_folio"),
  mapping("kmap_local_pfn"),
  row("kunmap_local", FILE, [unmap]),
  mapping("kmap_atomic", enter("preempt")),
  mapping("kmap_atomic_prot", enter("preempt")),
  mapping("kmap_atomic_pfn", enter("preempt")),
  row("kunmap_atomic", FILE, [unmap, leave("preempt")]),
  row("kmap", FILE, [maySleep], "pointer"),
];
