/** FNV-1a, over the low bytes of the characters. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ (name.charCodeAt(at) & 0xff), 0x01000193);
  return hash >>> 0;
}

/** Distinct texts by their numbers, kept as one. */
export interface Names {
  readonly text: string;
  /** Where each begins; one more for the end. */
  readonly starts: Uint32Array;
}

export const nameAt = ({ text, starts }: Names, at: number): string => text.slice(starts[at], starts[at + 1]);

export const countOf = ({ starts }: Names): number => starts.length - 1;

/** Gives texts numbers, from 0 on. */
export class NameTable {
  readonly #numbers = new Map<string, number>();

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  get names(): Names {
    const all = [...this.#numbers.keys()];
    const starts = new Uint32Array(all.length + 1);
    for (const [at, name] of all.entries()) starts[at + 1] = (starts[at] ?? 0) + name.length;
    return { text: all.join(""), starts };
  }
}

/** Lists of numbers, one after the other: the list of `row` stands in `all` from `from[row]` up to `from[row + 1]`. */
export interface Lists {
  readonly all: Uint32Array;
  readonly from: Uint32Array;
}

export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const from = new Uint32Array(lists.length + 1);
  for (const [row, list] of lists.entries()) from[row + 1] = (from[row] ?? 0) + list.length;
  return { all: Uint32Array.from(lists.flat()), from };
}

export const listAt = ({ all, from }: Lists, row: number): Uint32Array =>
  all.subarray(from[row], from[row + 1]);

/** The row whose list holds the place in `all`. */
export function rowAt({ from }: Lists, place: number): number {
  let [low, high] = [0, from.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((from[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
