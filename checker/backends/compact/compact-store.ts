import { NO_STATE, StateStore } from "../../store/state-store.ts";
import { columnsOf } from "../packed-js/collect-code.ts";

/** Words of a hash: 64 bits. */
export const HASH_WORDS = 2;
const FIRST_STATES = 256;

/** Keeps a hash and the parent of every state, and whole states of the level that is expanded and the next. */
export class CompactStore {
  private readonly words: number;
  private readonly hashes = new StateStore(HASH_WORDS, false);
  private readonly hash = new Uint32Array(HASH_WORDS);
  private frontier: Int32Array;
  private upcoming: Int32Array;
  private pending = 0;
  private frontierStart = -1;

  constructor(words: number) {
    this.words = words;
    this.frontier = new Int32Array(0);
    this.upcoming = new Int32Array(FIRST_STATES * words);
  }

  get count(): number {
    return this.hashes.count;
  }

  /** The states of the level that begins here; when a level is begun, those collected before become it. */
  frontierAt(start: number): Int32Array {
    if (start === this.frontierStart) return this.frontier;
    this.frontier = this.upcoming.slice(0, this.pending);
    this.frontierStart = start;
    this.upcoming = new Int32Array(Math.max(FIRST_STATES * this.words, this.pending));
    this.pending = 0;
    return this.frontier;
  }

  /** Stores the new ones among collected successors. */
  take(collected: Int32Array, filled: number): void {
    for (let at = 0; at < filled; at += columnsOf(this.words)) {
      this.store(collected, at, collected[at + this.words] ?? NO_STATE);
    }
  }

  insert(words: Uint32Array, parent = NO_STATE): boolean {
    return this.store(Int32Array.from(words), 0, parent);
  }

  /** The whole state, while its level is expanded. */
  state(index: number): Uint32Array {
    const at = (index - this.frontierStart) * this.words;
    return Uint32Array.from(this.frontier.subarray(at, at + this.words));
  }

  hashAt(index: number): Uint32Array {
    return this.hashes.state(index);
  }

  parent(index: number): number {
    return this.hashes.parent(index);
  }

  bytes(): number {
    return this.hashes.bytes() + this.frontier.byteLength + this.upcoming.byteLength;
  }

  private store(words: Int32Array, at: number, parent: number): boolean {
    hashInto(this.hash, words, at, this.words);
    this.hashes.reserve(1);
    if (this.hashes.find(this.hash) !== NO_STATE) return false;
    this.hashes.append(this.hash, parent);
    if (this.pending === this.upcoming.length) {
      const larger = new Int32Array(this.upcoming.length * 2);
      larger.set(this.upcoming);
      this.upcoming = larger;
    }
    for (let word = 0; word < this.words; word++) this.upcoming[this.pending + word] = words[at + word] ?? 0;
    this.pending += this.words;
    return true;
  }
}

/** Whether this is the hash of the packed state. */
export function hasHash(words: Uint32Array, wanted: Uint32Array): boolean {
  const hash = new Uint32Array(HASH_WORDS);
  hashInto(hash, Int32Array.from(words), 0, words.length);
  return hash.every((word, position) => word === wanted[position]);
}

/** Two hashes of 32 bits with different multipliers, each mixed to the end as MurmurHash3 does. */
export function hashInto(hash: Uint32Array, words: Int32Array, at: number, count: number): void {
  let [one, other] = [0x2545f491, 0x6c8e9cf5];
  for (let word = at; word < at + count; word++) {
    const value = words[word] ?? 0;
    one = Math.imul(one ^ value, 0x85ebca6b);
    one ^= one >>> 15;
    other = Math.imul(other ^ value, 0xc2b2ae35);
    other ^= other >>> 13;
  }
  hash[0] = finished(one);
  hash[1] = finished(other ^ 0x5bd1e995);
}

function finished(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
