import { firstRecent } from "./collect.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, FUNCTION, GLOBAL } from "./environment.ts";
import { BATCH, CONTROL } from "./memory-map.ts";

/**
 * run(end): expands batch after batch until none is left before `end`, or the states stored come near the
 * limit, where room has to be made from outside.
 */
export function runFunction(context: CodeContext): FunctionCode {
  const { words, shared } = context;
  const [end, state, stop] = [0, 1, 2] as const;
  const zero = wasm.i32(0);
  const count = shared ? wasm.atomicLoad(zero, CONTROL.count) : wasm.load32(zero, CONTROL.count);
  const take = wasm.set(state, wasm.atomicAdd(zero, wasm.i32(BATCH), CONTROL.cursor));
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
  return {
    parameters: [wasm.I32],
    results: [],
    locals: [wasm.I32, wasm.I32],
    body: [firstRecent(context), body],
  };
}
