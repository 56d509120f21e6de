import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, GLOBAL } from "./environment.ts";
import { Locals } from "./locals.ts";

/**
 * collect(words): puts a successor where settle() finds it, unless it was put there lately. Breadth first, nearly
 * half of all successors were, so that as many looks at the table, whose places are far apart, are spared. The
 * recent are stored before the next batch is expanded. Without jumps, as no processor could foresee them.
 */
export function collectFunction({ map, words }: CodeContext): FunctionCode {
  const locals = new Locals(words.wide);
  const { hash, recent, step } = locals.named(wasm.I32, "hash", "recent", "step");
  const scratch = locals.add(wasm.I64);
  const out = wasm.globalGet(GLOBAL.out);
  const put = (address: Bytes) => words.each((word) => words.store(address, word, wasm.get(word)));
  const place = wasm.and(wasm.get(hash), wasm.i32(map.recentStates - 1));
  const address = wasm.add(wasm.mul(place, wasm.i32(words.wide * 8)), wasm.globalGet(GLOBAL.recent));
  const unlike = words.each((word) => wasm.xor64(words.load(wasm.get(recent), word), wasm.get(word)));
  const isRecent = wasm.eqz64(unlike.reduce((left, right) => wasm.or64(left, right)));
  const body = [
    wasm.globalSet(GLOBAL.taken, wasm.add(wasm.globalGet(GLOBAL.taken), wasm.i32(1))),
    wasm.set(hash, words.hash(wasm.get, scratch)),
    wasm.set(recent, address),
    wasm.set(step, wasm.select(wasm.i32(0), wasm.i32(map.column), isRecent)),
    ...put(wasm.get(recent)),
    ...put(out),
    wasm.store32(out, wasm.load32(wasm.globalGet(GLOBAL.report), map.report.current), words.narrow * 4),
    wasm.store32(out, wasm.get(hash), words.narrow * 4 + 4),
    wasm.globalSet(GLOBAL.out, wasm.add(out, wasm.get(step))),
  ];
  return { parameters: words.types, results: [], locals: locals.added, body };
}

/**
 * Puts the first state among the recent. Where nothing was put yet stand zeros, which a state of zeros, whose
 * hash is 0, must not be taken for: at that place is now one that is stored.
 */
export function firstRecent({ map, words }: CodeContext): Bytes {
  const recent = wasm.globalGet(GLOBAL.recent);
  return words.each((word) => words.store(recent, word, words.load(wasm.i32(map.records), word)));
}
