import type { Slot } from "../../model/ir/layout.ts";

/** Slots side by side in one word, of one width: the n-th is found by shifting. */
export interface EvenRun extends Slot {
  readonly count: number;
}

export function evenRun(
  options: readonly { readonly kind: string; readonly slot?: number }[],
  slots: readonly Slot[],
): EvenRun | undefined {
  const each = options.flatMap(({ slot }) => (slot === undefined ? [] : [slots[slot]]));
  const [first] = each;
  if (!first || each.length !== options.length || first.width === 0) return undefined;
  const even = each.every(
    (slot, position) =>
      slot?.word === first.word &&
      slot.width === first.width &&
      slot.min === first.min &&
      slot.shift === first.shift + position * first.width,
  );
  return even ? { ...first, count: each.length } : undefined;
}
