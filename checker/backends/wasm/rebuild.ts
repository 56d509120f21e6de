import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, GLOBAL } from "./environment.ts";
import { Locals } from "./locals.ts";
import { BATCH, CONTROL } from "./memory-map.ts";
import { TableCode } from "./table-code.ts";

const OWN = ["first", "index", "stop", "hash", "at", "place", "sink"] as const;

/** Bytes that a worker clears at once; the table's are a multiple of them. */
const CLEARED = 65_536;

/** clear(end): empties the table. Writing to new memory in order costs less than reading it here and there first. */
export function clearFunction(): FunctionCode {
  const [end, at] = [0, 1] as const;
  const take = wasm.atomicAdd(wasm.i32(0), wasm.i32(CLEARED), CONTROL.cleared);
  const address = wasm.add(wasm.get(at), wasm.globalGet(GLOBAL.table));
  const body = wasm.block(
    wasm.loop(
      wasm.branchIf(1, wasm.geU(wasm.tee(at, take), wasm.get(end))),
      wasm.fill(address, wasm.i32(0), wasm.i32(CLEARED)),
      wasm.branch(0),
    ),
  );
  return { parameters: [wasm.I32], results: [], locals: [wasm.I32], body };
}

/**
 * rebuild(end): puts all states into the table, which must be empty, batch by batch: hashes, which stand
 * meanwhile where successors go, are made and their places touched, so that cache misses overlap, before the
 * first of a batch is put into its place.
 */
export function rebuildFunction({ map, words, shared }: CodeContext): FunctionCode {
  const end = 0;
  const locals = new Locals(1);
  const { first, index, stop, hash, at, place, sink } = locals.named(wasm.I32, ...OWN);
  const scratch = locals.add(wasm.I64);
  const table = new TableCode(map, locals);
  const batch = (body: Bytes): Bytes => [
    wasm.set(index, wasm.get(first)),
    wasm.set(at, wasm.globalGet(GLOBAL.successors)),
    wasm.loop(
      body,
      wasm.set(at, wasm.add(wasm.get(at), wasm.i32(4))),
      wasm.set(index, wasm.add(wasm.get(index), wasm.i32(1))),
      wasm.branchIf(0, wasm.ltU(wasm.get(index), wasm.get(stop))),
    ),
  ];
  const touch: Bytes = [
    wasm.set(hash, words.hashOf(table.recordAt(index), scratch)),
    wasm.store32(wasm.get(at), wasm.get(hash)),
    wasm.set(sink, wasm.xor(wasm.get(sink), wasm.load32(table.addressOf(table.home(hash))))),
  ];
  const put: Bytes = [wasm.set(hash, wasm.load32(wasm.get(at))), table.put(hash, place, index, shared)];
  const behind = wasm.add(wasm.get(first), wasm.i32(BATCH));
  const take = wasm.atomicAdd(wasm.i32(0), wasm.i32(BATCH), CONTROL.rebuilt);
  const body = [
    table.enter(),
    wasm.block(
      wasm.loop(
        wasm.branchIf(1, wasm.geU(wasm.tee(first, take), wasm.get(end))),
        wasm.set(stop, wasm.select(behind, wasm.get(end), wasm.ltU(behind, wasm.get(end)))),
        batch(touch),
        // Stored, so that the loads before it are not left out.
        wasm.store32(wasm.globalGet(GLOBAL.report), wasm.get(sink), map.report.sink),
        batch(put),
        wasm.branch(0),
      ),
    ),
  ];
  return { parameters: [wasm.I32], results: [], locals: locals.added, body };
}

/** relocate(from, to): gives a state another index, which no other has, and whose record may be overwritten. */
export function relocateFunction({ map, words }: CodeContext): FunctionCode {
  const [from, to] = [0, 1] as const;
  const locals = new Locals(2);
  const { hash, place, entry, record } = locals.named(wasm.I32, "hash", "place", "entry", "record");
  const scratch = locals.add(wasm.I64);
  const table = new TableCode(map, locals);
  const isFrom = wasm.eq(wasm.get(entry), table.entryOf(hash, from));
  const target = table.recordAt(to);
  const parent = wasm.load32(wasm.get(record), words.narrow * 4);
  const body = [
    table.enter(),
    wasm.set(record, table.recordAt(from)),
    wasm.set(hash, words.hashOf(wasm.get(record), scratch)),
    wasm.set(place, table.home(hash)),
    table.probe(place, entry, wasm.load32, wasm.branchIf(1, isFrom)),
    wasm.store32(table.addressOf(wasm.get(place)), table.entryOf(hash, to)),
    ...words.each((word) => words.store(target, word, words.load(wasm.get(record), word))),
    wasm.store32(target, parent, words.narrow * 4),
  ];
  return { parameters: [wasm.I32, wasm.I32], results: [], locals: locals.added, body };
}
