import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, FUNCTION, GLOBAL } from "./environment.ts";
import { BATCH, CONTROL } from "./memory-map.ts";

/**
 * run(end): expands batch after batch until none is left before `end`, or the states stored come near the
 * limit, where room has to be made from outside.
 */
export function runFunction({ words, shared }: CodeContext): FunctionCode {
  const [end, state, stop] = [0, 1, 2] as const;
  const zero = wasm.i32(0);
  const count = shared ? wasm.atomicLoad(zero, CONTROL.count) : wasm.load32(zero, CONTROL.count);
  const take = shared
    ? wasm.set(state, wasm.atomicAdd(zero, wasm.i32(BATCH), CONTROL.cursor))
    : [
        wasm.set(state, wasm.load32(zero, CONTROL.cursor)),
        wasm.store32(zero, wasm.add(wasm.get(state), wasm.i32(BATCH)), CONTROL.cursor),
      ];
  const behind = wasm.add(wasm.get(state), wasm.i32(BATCH));
  const noWords = words.each(() => wasm.i64(0n));
  const body = wasm.block(
    wasm.loop(
      wasm.branchIf(1, wasm.gtU(count, wasm.globalGet(GLOBAL.limit))),
      take,
      wasm.branchIf(1, wasm.geU(wasm.get(state), wasm.get(end))),
      wasm.set(stop, wasm.select(behind, wasm.get(end), wasm.ltU(behind, wasm.get(end)))),
      wasm.globalSet(GLOBAL.out, wasm.globalGet(GLOBAL.successors)),
      wasm.loop(
        wasm.call(FUNCTION.expand, ...noWords, wasm.get(state)),
        wasm.branchIf(0, wasm.ltU(wasm.tee(state, wasm.add(wasm.get(state), wasm.i32(1))), wasm.get(stop))),
      ),
      wasm.call(FUNCTION.settle),
      wasm.branch(0),
    ),
  );
  return { parameters: [wasm.I32], results: [], locals: [wasm.I32, wasm.I32], body };
}

/** rebuild(): fills a table of the mask's size with all stored states. One worker runs it alone. */
export function rebuildFunction({ map, words }: CodeContext): FunctionCode {
  const [index, record, hash, place, scratch] = [0, 1, 2, 3, 4] as const;
  const mask = wasm.globalGet(GLOBAL.mask);
  const at = wasm.add(wasm.shl(wasm.get(place), wasm.i32(2)), wasm.i32(map.table));
  const size = wasm.shl(wasm.add(mask, wasm.i32(1)), wasm.i32(2));
  const entry = wasm.or(wasm.and(wasm.get(hash), wasm.xor(mask, wasm.i32(-1))), wasm.get(index));
  const next = wasm.and(wasm.add(wasm.get(place), wasm.i32(1)), mask);
  const body = [
    wasm.fill(wasm.i32(map.table), wasm.i32(-1), size),
    wasm.set(record, wasm.globalGet(GLOBAL.records)),
    wasm.block(
      wasm.loop(
        wasm.branchIf(1, wasm.geU(wasm.get(index), wasm.load32(wasm.i32(0), CONTROL.count))),
        wasm.set(
          hash,
          words.hash((word) => words.load(wasm.get(record), word), scratch),
        ),
        wasm.set(place, wasm.and(wasm.get(hash), mask)),
        wasm.block(
          wasm.loop(
            wasm.branchIf(1, wasm.eq(wasm.load32(at), wasm.i32(-1))),
            wasm.set(place, next),
            wasm.branch(0),
          ),
        ),
        wasm.store32(at, entry),
        wasm.set(index, wasm.add(wasm.get(index), wasm.i32(1))),
        wasm.set(record, wasm.add(wasm.get(record), wasm.i32(map.stride))),
        wasm.branch(0),
      ),
    ),
  ];
  const locals = [wasm.I32, wasm.I32, wasm.I32, wasm.I32, wasm.I64];
  return { parameters: [], results: [], locals, body };
}
