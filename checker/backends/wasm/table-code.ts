import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import { GLOBAL } from "./environment.ts";
import type { Locals } from "./locals.ts";
import type { MemoryMap } from "./memory-map.ts";

/** What a place in the table holds where nothing was put yet, as memory is zero at first. */
export const FREE = 0;
/** Places that are looked at together; a state's place is in the first such group that it was put to, or behind. */
const GROUP = 8;
/** What an index is raised by, so that no place that holds one is free. */
const RAISED = 1;

/**
 * The table that finds states again, by open addressing: the low bits of a state's hash, as many as the mask
 * has, name a place; its index stands there or behind. The bits of a place that the index leaves over hold
 * those of the hash, which spares most looks at records of other states.
 */
export class TableCode {
  private readonly map: MemoryMap;
  private readonly word: Readonly<Record<"mask" | "rest" | "address" | "found", number>>;
  private readonly vector: Readonly<Record<"wanted" | "rest" | "four", number>>;

  constructor(map: MemoryMap, locals: Locals) {
    this.map = map;
    this.word = locals.named(wasm.I32, "mask", "rest", "address", "found");
    this.vector = locals.named(wasm.V128, "wanted", "rest", "four");
  }

  /** Reads the table's size and address into locals; goes before all other code. */
  enter(): Bytes {
    return [
      wasm.set(this.word.mask, wasm.globalGet(GLOBAL.mask)),
      wasm.set(this.word.rest, wasm.xor(wasm.get(this.word.mask), wasm.i32(-1))),
      wasm.set(this.vector.rest, wasm.splat(wasm.get(this.word.rest))),
      wasm.set(this.word.address, wasm.globalGet(GLOBAL.table)),
    ];
  }

  home(hash: number): Bytes {
    return wasm.and(wasm.and(wasm.get(hash), wasm.get(this.word.mask)), wasm.i32(-GROUP));
  }

  /**
   * Goes on, group by group, to the first place that is free or may be of a state with the hash, and leaves its
   * number in `place`. Each place is read once: with other workers at work, it may be taken meanwhile.
   */
  seek(hash: number, place: number): Bytes {
    const { wanted, rest, four } = this.vector;
    const unlike = wasm.and128(wasm.xor128(wasm.get(four), wasm.get(wanted)), wasm.get(rest));
    return [
      wasm.set(wanted, wasm.splat(wasm.get(hash))),
      this.seekGroup(hash, place, wasm.or128(isZero(wasm.get(four)), isZero(unlike))),
    ];
  }

  /** As `seek`, to the first place that is free. */
  private seekFree(hash: number, place: number): Bytes {
    return this.seekGroup(hash, place, isZero(wasm.get(this.vector.four)));
  }

  /** Puts the index, which no place holds yet, where a search for the hash comes to it. */
  put(hash: number, place: number, index: number, shared: boolean): Bytes {
    const address = this.addressOf(wasm.get(place));
    const entry = this.entryOf(hash, index);
    const free = this.seekFree(hash, place);
    if (!shared) return [free, wasm.store32(address, entry)];
    const before = wasm.atomicExchange(address, wasm.i32(FREE), entry);
    return wasm.loop(free, wasm.branchIf(0, wasm.ne(before, wasm.i32(FREE))));
  }

  /** `marks` are all ones in those of four places that are looked for. */
  private seekGroup(hash: number, place: number, marks: Bytes): Bytes {
    const { mask, found } = this.word;
    const { four } = this.vector;
    const address = this.addressOf(wasm.get(place));
    const [low, high] = [0, 16].map((offset) => [wasm.set(four, wasm.load128(address, offset)), marks]);
    const behind = wasm.add(wasm.get(place), wasm.i32(GROUP));
    return [
      wasm.set(place, this.home(hash)),
      wasm.loop(
        wasm.set(found, wasm.bitmask16(wasm.narrow32(low ?? [], high ?? []))),
        wasm.when(
          wasm.eqz(wasm.get(found)),
          wasm.set(place, wasm.and(behind, wasm.get(mask))),
          wasm.branch(1),
        ),
      ),
      wasm.set(place, wasm.add(wasm.get(place), wasm.ctz(wasm.get(found)))),
    ];
  }

  next(place: number): Bytes {
    return wasm.and(wasm.add(wasm.get(place), wasm.i32(1)), wasm.get(this.word.mask));
  }

  addressOf(place: Bytes): Bytes {
    return wasm.add(wasm.shl(place, wasm.i32(2)), wasm.get(this.word.address));
  }

  /** Whether what the place holds may be of a state with the hash. */
  mayBe(entry: number, hash: number): Bytes {
    const unlike = wasm.xor(wasm.get(entry), wasm.get(hash));
    return wasm.eqz(wasm.and(unlike, wasm.get(this.word.rest)));
  }

  entryOf(hash: number, index: number): Bytes {
    return wasm.or(this.tagOf(hash), wasm.add(wasm.get(index), wasm.i32(RAISED)));
  }

  /** The place that was put into the hash by `movedTo`. */
  placeIn(hash: number): Bytes {
    return wasm.and(wasm.get(hash), wasm.get(this.word.mask));
  }

  /** The hash with its low bits replaced, so that a search for it begins at this place. */
  movedTo(place: number, hash: number): Bytes {
    return wasm.or(this.tagOf(hash), wasm.get(place));
  }

  /** Address of the record that a place points to; just before all records for one that points to none. */
  recordBehind(entry: number): Bytes {
    const raised = wasm.mul(wasm.and(wasm.get(entry), wasm.get(this.word.mask)), wasm.i32(this.map.stride));
    return wasm.add(raised, wasm.i32(this.map.records - RAISED * this.map.stride));
  }

  recordAt(index: number): Bytes {
    return wasm.add(wasm.mul(wasm.get(index), wasm.i32(this.map.stride)), wasm.i32(this.map.records));
  }

  /** Goes on from the place until the body leaves the block around it: depth 1, the loop being 0. */
  probe(place: number, entry: number, read: typeof wasm.load32, ...body: readonly Bytes[]): Bytes {
    return wasm.block(
      wasm.loop(
        wasm.set(entry, read(this.addressOf(wasm.get(place)))),
        ...body,
        wasm.set(place, this.next(place)),
        wasm.branch(0),
      ),
    );
  }

  private tagOf(hash: number): Bytes {
    return wasm.and(wasm.get(hash), wasm.get(this.word.rest));
  }
}

function isZero(four: Bytes): Bytes {
  return wasm.eq32x4(four, wasm.splat(wasm.i32(0)));
}
