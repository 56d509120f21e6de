import { GrowingWords } from "./growing-words.ts";

/** No state. */
export const NO_STATE = 0xffffffff;

const FIRST_CAPACITY = 64;
/** By how much room for states grows. */
const GROWTH = 1.7;
/** Records hashed before the first of them is put into the table, so that cache misses overlap. */
const BLOCK = 256;

/**
 * The states seen, packed, in the order of their discovery (which is the queue of the search), with the
 * state that each was first reached from, and an open-addressing table for looking one up. A place of the
 * table holds a state's index in as many bits as the table has places, and in front of it bits of the state's
 * hash, which spare most looks at records of other states.
 */
export class StateStore {
  readonly words: number;
  /** Words per record: the state, then its parent. */
  readonly stride: number;
  /** Fewest adverse choices on a shortest run to each state; kept only where asked for. */
  weights: Uint16Array | undefined;
  count = 0;
  private readonly room: GrowingWords;
  private readonly places: GrowingWords;

  constructor(words: number, weighted: boolean) {
    this.words = words;
    this.stride = words + 1;
    this.room = new GrowingWords(FIRST_CAPACITY * this.stride);
    this.places = new GrowingWords(FIRST_CAPACITY * 2);
    this.table.fill(NO_STATE);
    this.weights = weighted ? new Uint16Array(FIRST_CAPACITY) : undefined;
  }

  get records(): Uint32Array {
    return this.room.words;
  }

  get table(): Uint32Array {
    return this.places.words;
  }

  /** Makes room for so many more states: at most two thirds of the table are ever in use. */
  reserve(more: number): void {
    const needed = this.count + more;
    const capacity = Math.floor(this.records.length / this.stride);
    if (needed > capacity) this.growRecords(Math.max(needed, Math.ceil(capacity * GROWTH)));
    if (needed * 3 > this.table.length * 2) this.rehash(needed);
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
    const entry = this.table[this.placeOf(words, hashOf(words, 0, this.words))] ?? NO_STATE;
    return entry === NO_STATE ? NO_STATE : (entry & (this.table.length - 1)) >>> 0;
  }

  /** Stores a state that is known to be new, and for which there is room. */
  append(words: Uint32Array, parent: number, weight = 0): number {
    const hash = hashOf(words, 0, this.words);
    const place = this.placeOf(words, hash);
    const index = this.count++;
    if (this.weights) this.weights[index] = weight;
    const base = index * this.stride;
    for (let word = 0; word < this.words; word++) this.records[base + word] = words[word] ?? 0;
    this.records[base + this.words] = parent;
    this.table[place] = (hash & -this.table.length) | index;
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
    this.count = records.length / this.stride;
    this.room.grow(Math.max(records.length, this.records.length));
    this.records.set(records);
    this.rehash(this.count + 1);
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
    return this.kept().byteLength + this.table.byteLength + (this.weights?.byteLength ?? 0);
  }

  /** Where the state is in the table, or the free place where it belongs. */
  private placeOf(words: Uint32Array, hash: number): number {
    const mask = this.table.length - 1;
    let place = hash & mask;
    for (;;) {
      const entry = this.table[place] ?? NO_STATE;
      if (entry === NO_STATE) return place;
      if (((entry ^ hash) & ~mask) === 0 && this.equals(entry & mask, words)) return place;
      place = (place + 1) & mask;
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
    this.room.grow(capacity * this.stride);
    if (!this.weights) return;
    const weights = new Uint16Array(Math.floor(this.records.length / this.stride));
    weights.set(this.weights.subarray(0, this.count));
    this.weights = weights;
  }

  private rehash(needed: number): void {
    let length = this.table.length;
    while (needed * 3 > length * 2) length *= 2;
    this.places.grow(length);
    const { table } = this;
    table.fill(NO_STATE);
    const mask = length - 1;
    const { records, words, stride, count } = this;
    const hashes = new Int32Array(BLOCK);
    for (let start = 0; start < count; start += BLOCK) {
      const block = Math.min(BLOCK, count - start);
      for (let each = 0; each < block; each++) hashes[each] = hashOf(records, (start + each) * stride, words);
      for (let each = 0; each < block; each++) {
        const hash = hashes[each] as number;
        let place = hash & mask;
        while (table[place] !== NO_STATE) place = (place + 1) & mask;
        table[place] = (hash & ~mask) | (start + each);
      }
    }
  }
}

/** Mixes a state's words. Every back end that shares a table must compute just this. */
export function hashOf(words: Uint32Array, from: number, count: number): number {
  let hash = 0;
  for (let word = 0; word < count; word++) hash = mix(hash, words[from + word] as number);
  return hash ^ (hash >>> 15);
}

export function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 16);
}
