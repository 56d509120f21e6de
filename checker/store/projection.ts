import type { Slot } from "../../model/ir/layout.ts";

/** What need not be kept of a state: where a state stands tells which bits nothing reads any more. */
export interface Projection {
  /** The place of a state is the sum of what its slots hold, each times its stride. */
  readonly axes: readonly { readonly slot: Slot; readonly stride: number }[];
  /** The bits of each of a state's words to keep, place by place. */
  readonly masks: Uint32Array;
}

/** Clears what need not be kept of a packed state. */
export function project({ axes, masks }: Projection, words: Uint32Array): void {
  let place = 0;
  for (const { slot, stride } of axes) place += held(words, slot) * stride;
  for (let word = 0; word < words.length; word++) {
    words[word] = (words[word] as number) & (masks[place * words.length + word] as number);
  }
}

function held(words: Uint32Array, { word, shift, width }: Slot): number {
  return ((words[word] as number) >>> shift) & (2 ** width - 1);
}
