import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, GLOBAL } from "./environment.ts";
import { Locals } from "./locals.ts";
import { BATCH, CONTROL } from "./memory-map.ts";
import { TableCode } from "./table-code.ts";

const OWN = ["index", "stop", "record", "hash", "at", "place", "sink"] as const;

/**
 * rebuild(): puts all stored states into a table that is still empty. One worker runs it alone, batch by batch:
 * hashes, which stand meanwhile where successors go, are made and their places touched, so that cache misses
 * overlap, before the first of a batch is put into its place.
 */
export function rebuildFunction({ map, words }: CodeContext): FunctionCode {
  const locals = new Locals(0);
  const { index, stop, record, hash, at, place, sink } = locals.named(wasm.I32, ...OWN);
  const scratch = locals.add(wasm.I64);
  const table = new TableCode(map, locals);
  const count = wasm.load32(wasm.i32(0), CONTROL.count);
  const batch = (body: Bytes): Bytes => [
    wasm.set(at, wasm.globalGet(GLOBAL.successors)),
    wasm.loop(
      body,
      wasm.set(at, wasm.add(wasm.get(at), wasm.i32(4))),
      wasm.set(index, wasm.add(wasm.get(index), wasm.i32(1))),
      wasm.branchIf(0, wasm.ltU(wasm.get(index), wasm.get(stop))),
    ),
  ];
  const touch: Bytes = [
    wasm.set(hash, words.hashOf(wasm.get(record), scratch)),
    wasm.store32(wasm.get(at), wasm.get(hash)),
    wasm.set(sink, wasm.xor(wasm.get(sink), wasm.load32(table.addressOf(table.home(hash))))),
    wasm.set(record, wasm.add(wasm.get(record), wasm.i32(map.stride))),
  ];
  const put: Bytes = [
    wasm.set(hash, wasm.load32(wasm.get(at))),
    table.seekFree(hash, place),
    wasm.store32(table.addressOf(wasm.get(place)), table.entryOf(hash, index)),
  ];
  const behind = wasm.add(wasm.get(index), wasm.i32(BATCH));
  const body = [
    table.enter(),
    wasm.set(record, wasm.i32(map.records)),
    wasm.block(
      wasm.loop(
        wasm.branchIf(1, wasm.geU(wasm.get(index), count)),
        wasm.set(stop, wasm.select(behind, count, wasm.ltU(behind, count))),
        batch(touch),
        // Stored, so that the loads before it are not left out.
        wasm.store32(wasm.globalGet(GLOBAL.report), wasm.get(sink), map.report.sink),
        wasm.set(
          index,
          wasm.sub(
            wasm.get(index),
            wasm.shrU(wasm.sub(wasm.get(at), wasm.globalGet(GLOBAL.successors)), wasm.i32(2)),
          ),
        ),
        batch(put),
        wasm.branch(0),
      ),
    ),
  ];
  return { parameters: [], results: [], locals: locals.added, body };
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
