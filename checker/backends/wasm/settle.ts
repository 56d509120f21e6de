import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, GLOBAL } from "./environment.ts";
import { CONTROL } from "./memory-map.ts";

/** What a place in the table holds where no state's index does. */
const FREE = -1;
/** Another worker is about to put an index here. */
const BUSY = -2;

/**
 * Looks the batch's successors up and stores the new ones. Two passes first touch their places in the
 * table and the records these point to, so that the cache misses overlap; the third finds all at hand.
 * A place holds a state's index in the bits of the mask, and bits of its hash in the others, which spares
 * most looks at records of other states.
 */
export function settleFunction(context: CodeContext): FunctionCode {
  const own = { next: 0, end: 1, hash: 2, place: 3, entry: 4, record: 5, sink: 6, count: 7 };
  const code = new SettleCode(context, own);
  const locals = Object.values(own).map(() => wasm.I32);
  return { parameters: [], results: [], locals, body: code.body() };
}

interface Own {
  readonly next: number;
  readonly end: number;
  readonly hash: number;
  readonly place: number;
  readonly entry: number;
  readonly record: number;
  readonly sink: number;
  readonly count: number;
}

class SettleCode {
  private readonly context: CodeContext;
  private readonly own: Own;
  private readonly mask = wasm.globalGet(GLOBAL.mask);

  constructor(context: CodeContext, own: Own) {
    this.context = context;
    this.own = own;
  }

  body(): Bytes {
    const { own } = this;
    const report = wasm.globalGet(GLOBAL.report);
    const { transitions } = this.context.map.report;
    return [
      wasm.set(own.end, wasm.globalGet(GLOBAL.out)),
      this.eachSuccessor(this.touchPlace()),
      this.eachSuccessor(this.touchRecord()),
      wasm.store32(report, wasm.add(wasm.load32(report, transitions), this.successorCount()), transitions),
      // Stored, so that the loads before it are not left out.
      wasm.store32(report, wasm.get(own.sink), transitions + 8),
      ...(this.context.shared ? [] : [wasm.set(own.count, wasm.load32(wasm.i32(0), CONTROL.count))]),
      this.eachSuccessor(this.findOrStore()),
      ...(this.context.shared ? [] : [wasm.store32(wasm.i32(0), wasm.get(own.count), CONTROL.count)]),
    ];
  }

  private eachSuccessor(body: Bytes): Bytes {
    const { next, end, hash } = this.own;
    const { map, words } = this.context;
    return [
      wasm.set(next, wasm.globalGet(GLOBAL.successors)),
      wasm.block(
        wasm.loop(
          wasm.branchIf(1, wasm.geU(wasm.get(next), wasm.get(end))),
          wasm.set(hash, wasm.load32(wasm.get(next), words.narrow * 4 + 4)),
          body,
          wasm.set(next, wasm.add(wasm.get(next), wasm.i32(map.column))),
          wasm.branch(0),
        ),
      ),
    ];
  }

  private successorCount(): Bytes {
    const bytes = wasm.sub(wasm.get(this.own.end), wasm.globalGet(GLOBAL.successors));
    return wasm.divide(bytes, wasm.i32(this.context.map.column));
  }

  private touchPlace(): Bytes {
    const { hash, sink } = this.own;
    const entry = wasm.load32(this.placeAt(wasm.and(wasm.get(hash), this.mask)));
    return wasm.set(sink, wasm.xor(wasm.get(sink), entry));
  }

  private touchRecord(): Bytes {
    const { hash, entry, sink } = this.own;
    const index = wasm.and(wasm.get(entry), this.mask);
    const taken = wasm.ltU(wasm.get(entry), wasm.i32(BUSY));
    const record = this.recordAt(wasm.select(index, wasm.i32(0), taken));
    return [
      wasm.set(entry, wasm.load32(this.placeAt(wasm.and(wasm.get(hash), this.mask)))),
      wasm.set(sink, wasm.xor(wasm.get(sink), wasm.load32(record))),
    ];
  }

  /** Leaves the outer block once the state is found or stored. */
  private findOrStore(): Bytes {
    const { hash, place, entry, record, next } = this.own;
    const { words, shared } = this.context;
    const read = shared ? wasm.atomicLoad : wasm.load32;
    const sameHash = wasm.eqz(
      wasm.and(wasm.xor(wasm.get(entry), wasm.get(hash)), wasm.xor(this.mask, wasm.i32(-1))),
    );
    return [
      wasm.set(place, wasm.and(wasm.get(hash), this.mask)),
      wasm.block(
        wasm.loop(
          wasm.set(entry, read(this.placeAt(wasm.get(place)))),
          wasm.when(wasm.eq(wasm.get(entry), wasm.i32(FREE)), this.store()),
          ...(shared ? [wasm.branchIf(0, wasm.eq(wasm.get(entry), wasm.i32(BUSY)))] : []),
          wasm.when(
            sameHash,
            wasm.set(record, this.recordAt(wasm.and(wasm.get(entry), this.mask))),
            wasm.branchIf(2, words.same(wasm.get(record), wasm.get(next))),
          ),
          wasm.set(place, wasm.and(wasm.add(wasm.get(place), wasm.i32(1)), this.mask)),
          wasm.branch(0),
        ),
      ),
    ];
  }

  /** Inside the `if` in the loop in the block: 1 is the loop, 2 the block. */
  private store(): Bytes {
    return this.context.shared ? this.storeShared() : this.storeAlone();
  }

  private storeAlone(): Bytes {
    const { count, place } = this.own;
    return [
      this.writeRecord(),
      wasm.store32(this.placeAt(wasm.get(place)), this.entryOf()),
      wasm.set(count, wasm.add(wasm.get(count), wasm.i32(1))),
      wasm.branch(2),
    ];
  }

  /** Takes the place first, then an index, then lets others see it. */
  private storeShared(): Bytes {
    const { count, place } = this.own;
    const address = this.placeAt(wasm.get(place));
    const before = wasm.atomicExchange(address, wasm.i32(FREE), wasm.i32(BUSY));
    return [
      wasm.branchIf(1, wasm.ne(before, wasm.i32(FREE))),
      wasm.set(count, wasm.atomicAdd(wasm.i32(0), wasm.i32(1), CONTROL.count)),
      this.writeRecord(),
      wasm.atomicStore(address, this.entryOf()),
      wasm.branch(2),
    ];
  }

  private writeRecord(): Bytes {
    const { record, count, next } = this.own;
    const { words } = this.context;
    const parent = wasm.load32(wasm.get(next), words.narrow * 4);
    return [
      wasm.set(record, this.recordAt(wasm.get(count))),
      ...words.each((word) => words.store(wasm.get(record), word, words.load(wasm.get(next), word))),
      wasm.store32(wasm.get(record), parent, words.narrow * 4),
    ];
  }

  private entryOf(): Bytes {
    const { hash, count } = this.own;
    return wasm.or(wasm.and(wasm.get(hash), wasm.xor(this.mask, wasm.i32(-1))), wasm.get(count));
  }

  private placeAt(place: Bytes): Bytes {
    return wasm.add(wasm.shl(place, wasm.i32(2)), wasm.i32(this.context.map.table));
  }

  private recordAt(index: Bytes): Bytes {
    const { stride } = this.context.map;
    return wasm.add(wasm.mul(index, wasm.i32(stride)), wasm.globalGet(GLOBAL.records));
  }
}
