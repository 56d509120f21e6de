import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { WideSlot } from "./expressions.ts";
import type { Locals } from "./locals.ts";

/** Writes to slots of one word that have not been worked into it yet. */
interface Pending {
  /** Bits to clear. */
  mask: bigint;
  constant: bigint;
  readonly values: Map<bigint, Bytes>;
}

/**
 * Collects the writes of a rule, so that each word is put together once. The words of the state before
 * are the parameters; those of the state after get locals of their own when first written.
 */
export class WordWriter {
  private readonly locals: Locals;
  private readonly written = new Map<number, number>();
  private readonly pending = new Map<number, Pending>();

  constructor(locals: Locals) {
    this.locals = locals;
  }

  /** The word as far as it is settled. */
  read(word: number): Bytes {
    return wasm.get(this.written.get(word) ?? word);
  }

  putConstant(slot: WideSlot, value: number): Bytes {
    const pending = this.pendingOf(slot);
    pending.constant |= BigInt(value - slot.min) << slot.shift;
    return [];
  }

  /** The value, less the slot's minimum, is code for 32 bits that can be read more than once. */
  put(slot: WideSlot, value: Bytes): Bytes {
    if (slot.width > 0) this.pendingOf(slot).values.set(slot.shift, value);
    return [];
  }

  /** Writes to a slot of this kind whose shift is known only when it runs. */
  putAt(slot: WideSlot, shift: Bytes, value: Bytes): Bytes {
    const settled = this.settle(slot.word);
    const kept = wasm.and64(
      this.read(slot.word),
      wasm.xor64(wasm.shl64(wasm.i64((1n << BigInt(slot.width)) - 1n), shift), wasm.i64(-1n)),
    );
    const moved = wasm.shl64(wasm.extend(value), shift);
    return [settled, this.assign(slot.word, wasm.or64(kept, moved))];
  }

  /** Gives words locals of their own, so that they can be written where it is not sure that they will be. */
  copy(words: ReadonlySet<number>): Bytes {
    return [...words].map((word) => (this.written.has(word) ? [] : this.assign(word, wasm.get(word))));
  }

  settleAll(): Bytes {
    return [...this.pending.keys()].map((word) => this.settle(word));
  }

  /** Works the pending writes of a word into it. */
  settle(word: number): Bytes {
    const pending = this.pending.get(word);
    if (!pending) return [];
    this.pending.delete(word);
    let value = wasm.and64(this.read(word), wasm.i64(~pending.mask));
    if (pending.constant !== 0n) value = wasm.or64(value, wasm.i64(pending.constant));
    for (const [shift, each] of pending.values) {
      value = wasm.or64(value, wasm.shl64(wasm.extend(each), wasm.i64(shift)));
    }
    return this.assign(word, value);
  }

  /** A later write to a slot replaces an earlier one. */
  private pendingOf({ word, shift, mask }: WideSlot): Pending {
    const pending = this.pending.get(word) ?? { mask: 0n, constant: 0n, values: new Map() };
    pending.mask |= mask;
    pending.constant &= ~mask;
    pending.values.delete(shift);
    this.pending.set(word, pending);
    return pending;
  }

  private assign(word: number, value: Bytes): Bytes {
    const known = this.written.get(word);
    const local = known ?? this.locals.add(wasm.I64);
    this.written.set(word, local);
    return wasm.set(local, value);
  }
}
