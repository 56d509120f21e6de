import type { Slot } from "../../../model/ir/layout.ts";
import { read } from "../../store/packing.ts";

/** Unpacks states into an array of slot values and back. Each result is overwritten by the next of its kind. */
export class SlotCodec {
  private readonly slots: readonly Slot[];
  private readonly values: Int32Array;
  /** Room for a successor's values. */
  readonly next: Int32Array;
  private readonly words: Uint32Array;

  constructor(slots: readonly Slot[], words: number) {
    this.slots = slots;
    this.values = new Int32Array(slots.length);
    this.next = new Int32Array(slots.length);
    this.words = new Uint32Array(words);
  }

  read(words: Uint32Array): Int32Array {
    const { slots, values } = this;
    for (let each = 0; each < slots.length; each++) values[each] = read(words, slots[each] as Slot);
    return values;
  }

  pack(values: Int32Array): Uint32Array {
    const { slots, words } = this;
    words.fill(0);
    for (let each = 0; each < slots.length; each++) {
      const { word, shift, min } = slots[each] as Slot;
      words[word] = (words[word] as number) | (((values[each] as number) - min) << shift);
    }
    return words;
  }
}
