import { firstRecent } from "./collect.ts";
import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, FUNCTION, GLOBAL } from "./environment.ts";
import { BATCH, CONTROL, takenAtOnce } from "./memory-map.ts";

/**
 * run(end): takes states and expands them, batch after batch, until none is left before `end`, or the states
 * stored come near the limit, where room has to be made from outside.
 */
export function runFunction(context: CodeContext): FunctionCode {
  const [end, state, stop, last] = [0, 1, 2, 3] as const;
  const zero = wasm.i32(0);
  const count = context.shared ? wasm.atomicLoad(zero, CONTROL.count) : wasm.load32(zero, CONTROL.count);
  const many = wasm.i32(takenAtOnce(context.shared));
  const body = wasm.block(
    wasm.loop(
      wasm.branchIf(1, wasm.gtU(count, wasm.globalGet(GLOBAL.limit))),
      wasm.set(state, wasm.atomicAdd(zero, many, CONTROL.cursor)),
      wasm.branchIf(1, wasm.geU(wasm.get(state), wasm.get(end))),
      wasm.set(last, least(wasm.add(wasm.get(state), many), wasm.get(end))),
      wasm.loop(
        wasm.set(stop, least(wasm.add(wasm.get(state), wasm.i32(BATCH)), wasm.get(last))),
        expandBatch(context, state, stop),
        wasm.branchIf(0, wasm.ltU(wasm.get(state), wasm.get(last))),
      ),
      wasm.branch(0),
    ),
  );
  return {
    parameters: [wasm.I32],
    results: [],
    locals: [wasm.I32, wasm.I32, wasm.I32],
    body: [firstRecent(context), body],
  };
}

/** Expands the states from `state`, which it counts up, to before `stop`. */
function expandBatch({ words }: CodeContext, state: number, stop: number): Bytes {
  const noWords = words.each(() => wasm.i64(0n));
  const next = wasm.tee(state, wasm.add(wasm.get(state), wasm.i32(1)));
  return [
    wasm.globalSet(GLOBAL.out, wasm.globalGet(GLOBAL.successors)),
    wasm.loop(
      wasm.call(FUNCTION.expand, ...noWords, wasm.get(state)),
      wasm.branchIf(0, wasm.ltU(next, wasm.get(stop))),
    ),
    wasm.call(FUNCTION.settle),
  ];
}

/** Both are evaluated twice. */
function least(one: Bytes, other: Bytes): Bytes {
  return wasm.select(one, other, wasm.ltU(one, other));
}
