/** No state. */
export const NO_STATE = 0xffffffff;

const FIRST_CAPACITY = 64;

/**
 * The states seen, packed, in the order of their discovery (which is the queue of the search), with the
 * state that each was first reached from, and an open-addressing table of their indices for looking one up.
 */
export class StateStore {
  readonly words: number;
  /** Words per record: the state, then its parent. */
  readonly stride: number;
  records: Uint32Array;
  table: Uint32Array;
  /** Fewest adverse choices on a shortest run to each state; kept only where asked for. */
  weights: Uint16Array | undefined;
  count = 0;

  constructor(words: number, weighted: boolean) {
    this.words = words;
    this.stride = words + 1;
    this.records = new Uint32Array(FIRST_CAPACITY * this.stride);
    this.table = new Uint32Array(FIRST_CAPACITY * 2).fill(NO_STATE);
    this.weights = weighted ? new Uint16Array(FIRST_CAPACITY) : undefined;
  }

  /** Makes room for so many more states: at most two thirds of the table are ever in use. */
  reserve(more: number): void {
    const needed = this.count + more;
    const capacity = this.records.length / this.stride;
    if (needed > capacity) this.growRecords(Math.max(needed, Math.ceil(capacity * 1.7)));
    if (needed * 3 > this.table.length * 2) this.rehash(this.table.length * 2, needed);
  }

  state(index: number): Uint32Array {
    return this.records.slice(index * this.stride, index * this.stride + this.words);
  }

  parent(index: number): number {
    return this.records[index * this.stride + this.words] ?? NO_STATE;
  }

  weight(index: number): number {
    return this.weights?.[index] ?? 0;
  }

  /** Index of the state in the first words of `words`; NO_STATE where it is new. */
  find(words: Uint32Array): number {
    return this.table[this.slotOf(words)] ?? NO_STATE;
  }

  /** Stores a state that is known to be new, and for which there is room. */
  append(words: Uint32Array, parent: number, weight = 0): number {
    const index = this.count++;
    if (this.weights) this.weights[index] = weight;
    const base = index * this.stride;
    for (let word = 0; word < this.words; word++) this.records[base + word] = words[word] ?? 0;
    this.records[base + this.words] = parent;
    this.table[this.slotOf(words, index)] = index;
    return index;
  }

  /** Stores an initial state; false where it is known. */
  insert(words: Uint32Array): boolean {
    this.reserve(1);
    if (this.find(words) !== NO_STATE) return false;
    this.append(words, NO_STATE);
    return true;
  }

  /** Takes over records that another store, or a file, has kept. */
  restore(records: Uint32Array): void {
    this.records = records.slice();
    this.count = records.length / this.stride;
    this.rehash(this.table.length, this.count + 1);
  }

  /** The records in use. */
  kept(): Uint32Array {
    return this.records.subarray(0, this.count * this.stride);
  }

  /** Takes less adverse parents for a state of the level that is being filled. */
  improve(index: number, parent: number, weight: number): void {
    if (!this.weights || weight >= (this.weights[index] ?? 0)) return;
    this.weights[index] = weight;
    this.records[index * this.stride + this.words] = parent;
  }

  bytes(): number {
    return this.records.byteLength + this.table.byteLength + (this.weights?.byteLength ?? 0);
  }

  /** Where the state is in the table, or the free place where it belongs; `self` is not compared with. */
  private slotOf(words: Uint32Array, self = NO_STATE): number {
    const mask = this.table.length - 1;
    let slot = hashOf(words, 0, this.words) & mask;
    for (;;) {
      const index = this.table[slot] ?? NO_STATE;
      if (index === NO_STATE || (index !== self && this.equals(index, words))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private equals(index: number, words: Uint32Array): boolean {
    const base = index * this.stride;
    for (let word = 0; word < this.words; word++) {
      if (this.records[base + word] !== words[word]) return false;
    }
    return true;
  }

  private growRecords(capacity: number): void {
    const records = new Uint32Array(capacity * this.stride);
    records.set(this.records.subarray(0, this.count * this.stride));
    this.records = records;
    if (!this.weights) return;
    const weights = new Uint16Array(capacity);
    weights.set(this.weights.subarray(0, this.count));
    this.weights = weights;
  }

  private rehash(size: number, needed: number): void {
    let length = size;
    while (needed * 3 > length * 2) length *= 2;
    this.table = new Uint32Array(length).fill(NO_STATE);
    const mask = length - 1;
    for (let index = 0; index < this.count; index++) {
      let slot = hashOf(this.records, index * this.stride, this.words) & mask;
      while (this.table[slot] !== NO_STATE) slot = (slot + 1) & mask;
      this.table[slot] = index;
    }
  }
}

/** Mixes a state's words. Every back end that shares a table must compute just this. */
export function hashOf(words: Uint32Array, from: number, count: number): number {
  let hash = 0;
  for (let word = 0; word < count; word++) hash = mix(hash, words[from + word] ?? 0);
  return hash ^ (hash >>> 15);
}

export function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 16);
}
