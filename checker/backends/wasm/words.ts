import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";

/** Packed states as 64-bit words; an odd last word of 32 bits stands in one of its own. */
export class WordCode {
  /** Words of 32 bits, as the layout counts them. */
  readonly narrow: number;
  /** Words of 64 bits. */
  readonly wide: number;

  constructor(narrow: number) {
    this.narrow = narrow;
    this.wide = (narrow + 1) >> 1;
  }

  each(code: (word: number) => Bytes): readonly Bytes[] {
    return Array.from({ length: this.wide }, (_, word) => code(word));
  }

  /** Types of the words as parameters. */
  get types(): readonly number[] {
    return Array.from({ length: this.wide }, () => wasm.I64);
  }

  load(address: Bytes, word: number): Bytes {
    return this.isHalf(word) ? wasm.load32To64(address, word * 8) : wasm.load64(address, word * 8);
  }

  store(address: Bytes, word: number, value: Bytes): Bytes {
    return this.isHalf(word)
      ? wasm.store32From64(address, value, word * 8)
      : wasm.store64(address, value, word * 8);
  }

  /** Whether the states at the two addresses are the same. */
  same(one: Bytes, other: Bytes): Bytes {
    const unlike = this.each((word) => wasm.xor64(this.load(one, word), this.load(other, word)));
    return wasm.eqz64(unlike.reduce((left, right) => wasm.or64(left, right)));
  }

  /** The hash of the state at the address. */
  hashOf(address: Bytes, scratch: number): Bytes {
    return this.hash((word) => this.load(address, word), scratch);
  }

  /** 32 bits that depend on all words; `scratch` is a 64-bit local. */
  hash(words: (word: number) => Bytes, scratch: number): Bytes {
    const steps = this.each((word) => {
      const mixed = word === 0 ? words(0) : wasm.xor64(wasm.get(scratch), words(word));
      const spread = wasm.set(scratch, wasm.mul64(mixed, wasm.i64(MULTIPLIER)));
      const folded = wasm.xor64(wasm.get(scratch), wasm.shrU64(wasm.get(scratch), wasm.i64(32n)));
      return [spread, wasm.set(scratch, folded)];
    });
    return [...steps, wasm.wrap(wasm.get(scratch))];
  }

  private isHalf(word: number): boolean {
    return word * 2 + 1 === this.narrow;
  }
}

/** 2^64 divided by the golden ratio, odd. */
const MULTIPLIER = 0x9e3779b97f4a7c15n;
