import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, GLOBAL } from "./environment.ts";
import { Locals } from "./locals.ts";
import { CHUNK, CONTROL } from "./memory-map.ts";
import { FREE, TableCode } from "./table-code.ts";

const OWN = ["next", "end", "hash", "place", "entry", "record", "sink", "count"] as const;

/**
 * settle(): looks the batch's successors up and stores the new ones, in three passes, so that cache misses
 * overlap: the first touches their places in the table, the second goes on to the place that is free or may be
 * theirs and touches the record that it points to, the third compares, and stores what is new.
 */
export function settleFunction(context: CodeContext): FunctionCode {
  const locals = new Locals(0);
  const body = new SettleCode(context, locals).body();
  return { parameters: [], results: [], locals: locals.added, body };
}

class SettleCode {
  private readonly context: CodeContext;
  private readonly table: TableCode;
  private readonly own: Readonly<Record<(typeof OWN)[number], number>>;

  constructor(context: CodeContext, locals: Locals) {
    this.context = context;
    this.own = locals.named(wasm.I32, ...OWN);
    this.table = new TableCode(context.map, locals);
  }

  body(): Bytes {
    const report = wasm.globalGet(GLOBAL.report);
    const { transitions, sink } = this.context.map.report;
    const zero = wasm.i32(0);
    const alone = !this.context.shared;
    return [
      this.table.enter(),
      wasm.set(this.own.end, wasm.globalGet(GLOBAL.out)),
      this.eachSuccessor(this.touchPlace()),
      this.eachSuccessor(this.touchRecord()),
      wasm.store32(
        report,
        wasm.add(wasm.load32(report, transitions), wasm.globalGet(GLOBAL.taken)),
        transitions,
      ),
      wasm.globalSet(GLOBAL.taken, wasm.i32(0)),
      // Stored, so that the loads before it are not left out.
      wasm.store32(report, wasm.get(this.own.sink), sink),
      alone ? wasm.set(this.own.count, wasm.load32(zero, CONTROL.count)) : [],
      this.eachSuccessor(this.findOrStore()),
      alone ? wasm.store32(zero, wasm.get(this.own.count), CONTROL.count) : [],
    ];
  }

  private eachSuccessor(...body: readonly Bytes[]): Bytes {
    const { map } = this.context;
    const { next, end, hash } = this.own;
    return [
      wasm.set(next, wasm.globalGet(GLOBAL.successors)),
      wasm.block(
        wasm.loop(
          wasm.branchIf(1, wasm.geU(wasm.get(next), wasm.get(end))),
          wasm.set(hash, wasm.load32(wasm.get(next), this.hashAt)),
          ...body,
          wasm.set(next, wasm.add(wasm.get(next), wasm.i32(map.column))),
          wasm.branch(0),
        ),
      ),
    ];
  }

  private get hashAt(): number {
    return this.context.words.narrow * 4 + 4;
  }

  private touchPlace(): Bytes {
    const entry = wasm.load32(this.table.addressOf(this.table.home(this.own.hash)));
    return wasm.set(this.own.sink, wasm.xor(wasm.get(this.own.sink), entry));
  }

  /** Where it comes to is kept in place of the hash's low bits, so that the last pass begins there. */
  private touchRecord(): Bytes {
    const { hash, place, entry, sink, next } = this.own;
    return [
      this.table.seek(hash, place),
      wasm.set(entry, wasm.load32(this.table.addressOf(wasm.get(place)))),
      wasm.store32(wasm.get(next), this.table.movedTo(place, hash), this.hashAt),
      wasm.set(sink, wasm.xor(wasm.get(sink), wasm.load32(this.table.recordBehind(entry)))),
    ];
  }

  /** Inside the probing, depth 0 is its loop and 1 the block around it; a `when` adds one. */
  private findOrStore(): Bytes {
    const { hash, place, entry, record, next } = this.own;
    const { words, shared } = this.context;
    const isFree = wasm.eq(wasm.get(entry), wasm.i32(FREE));
    return [
      wasm.set(place, this.table.placeIn(hash)),
      this.table.probe(
        place,
        entry,
        shared ? wasm.atomicLoad : wasm.load32,
        wasm.when(isFree, shared ? this.storeShared() : this.storeAlone(), wasm.branch(2)),
        wasm.when(
          this.table.mayBe(entry, hash),
          wasm.set(record, this.table.recordBehind(entry)),
          wasm.branchIf(2, words.same(wasm.get(record), wasm.get(next))),
        ),
      ),
    ];
  }

  private storeAlone(): Bytes {
    const { count, place, hash } = this.own;
    return [
      this.writeRecord(),
      wasm.store32(this.table.addressOf(wasm.get(place)), this.table.entryOf(hash, count)),
      wasm.set(count, wasm.add(wasm.get(count), wasm.i32(1))),
    ];
  }

  /**
   * Writes the record, then lets others see it. Where another was faster, the place is looked at again, and the
   * record's index is left for the next.
   */
  private storeShared(): Bytes {
    const { place, hash, count } = this.own;
    const address = this.table.addressOf(wasm.get(place));
    const before = wasm.atomicExchange(address, wasm.i32(FREE), this.table.entryOf(hash, count));
    const report = wasm.globalGet(GLOBAL.report);
    return [
      this.nextIndex(),
      this.writeRecord(),
      wasm.branchIf(1, wasm.ne(before, wasm.i32(FREE))),
      wasm.store32(report, wasm.add(wasm.get(count), wasm.i32(1)), this.context.map.report.fresh),
    ];
  }

  /** Workers take indices in chunks, so that they neither wait for the count nor write to each other's lines. */
  private nextIndex(): Bytes {
    const { count } = this.own;
    const report = wasm.globalGet(GLOBAL.report);
    const { fresh, freshEnd } = this.context.map.report;
    return [
      wasm.set(count, wasm.load32(report, fresh)),
      wasm.when(
        wasm.eq(wasm.get(count), wasm.load32(report, freshEnd)),
        wasm.set(count, wasm.atomicAdd(wasm.i32(0), wasm.i32(CHUNK), CONTROL.count)),
        wasm.store32(report, wasm.get(count), fresh),
        wasm.store32(report, wasm.add(wasm.get(count), wasm.i32(CHUNK)), freshEnd),
      ),
    ];
  }

  private writeRecord(): Bytes {
    const { record, count, next } = this.own;
    const { words } = this.context;
    const parent = wasm.load32(wasm.get(next), words.narrow * 4);
    return [
      wasm.set(record, this.table.recordAt(count)),
      ...words.each((word) => words.store(wasm.get(record), word, words.load(wasm.get(next), word))),
      wasm.store32(wasm.get(record), parent, words.narrow * 4),
    ];
  }
}
