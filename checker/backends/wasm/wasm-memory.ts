import type { Problem } from "../../problem.ts";
import { NO_STATE, type StateStore } from "../../store/state-store.ts";
import { BATCH, CONTROL, type MemoryMap, MOST_PAGES, PAGE, recordsBehind, TABLE_BITS } from "./memory-map.ts";

/** A module at work on a memory. */
export interface Module {
  /** Expands states from the cursor up to this one, or until there is no more room. */
  run(end: number): void;
  /** Fills the table, whose size is the mask's, anew. */
  rebuild(): void;
  readonly mask: WebAssembly.Global;
  readonly limit: WebAssembly.Global;
}

/** Makes an instance for the memory. */
export type Link = (memory: WasmMemory) => Module;

export interface Size {
  readonly mostSuccessors: number;
  readonly workers: number;
}

/** Shares of the table in use beyond which it grows; and where it cannot grow any more. */
const FULL = 0.75;
const CRAMMED = 0.9;
/** By how much the room for states grows at least. */
const GROWTH = 1.125;

/** The states, their table and the reports of one search, in the memory of a module. */
export class WasmMemory {
  readonly map: MemoryMap;
  readonly workers: number;
  memory: WebAssembly.Memory;
  /** Byte address of the first state. */
  records: number;
  module: Module;
  /** True where no more states can be stored. */
  exhausted = false;
  private readonly words: number;
  private readonly link: Link;
  /** Successors that may come on top before anybody looks at the limit again. */
  private readonly slack: number;
  private roomBits: number;
  private tableBits = 0;
  private view: Uint32Array = new Uint32Array(0);

  /** Takes over the states of a store. */
  constructor(
    problem: Problem,
    map: MemoryMap,
    { mostSuccessors, workers }: Size,
    link: Link,
    store: StateStore,
  ) {
    this.map = map;
    this.workers = workers;
    this.words = problem.layout.words;
    this.link = link;
    this.slack = workers * BATCH * mostSuccessors;
    // Other workers' instances cannot follow to another memory.
    this.roomBits = workers > 1 ? LARGEST : bitsFor(store.count + this.slack);
    this.memory = this.allocate();
    this.records = recordsBehind(map, this.roomBits);
    this.reserve(store.count);
    for (let worker = 0; worker < workers; worker++) this.clearReport(worker);
    this.all.set(store.records.subarray(0, store.count * store.stride), this.records / 4);
    this.all[CONTROL.count / 4] = store.count;
    this.module = link(this);
    this.makeRoom();
  }

  /** All memory as words; a view of its own after each growth. */
  get all(): Uint32Array {
    if (this.view.buffer !== this.memory.buffer) this.view = new Uint32Array(this.memory.buffer);
    return this.view;
  }

  get count(): number {
    return Atomics.load(this.all, CONTROL.count / 4);
  }

  get cursor(): number {
    return Atomics.load(this.all, CONTROL.cursor / 4);
  }

  set cursor(state: number) {
    Atomics.store(this.all, CONTROL.cursor / 4, state);
  }

  /** Sees to it that the module can go on; false where memory ends. */
  makeRoom(): boolean {
    const needed = this.count + this.slack;
    if (!this.growTable(needed) || !this.reserve(needed)) {
      this.exhausted = true;
      return false;
    }
    const capacity = Math.floor((this.memory.buffer.byteLength - this.records) / this.map.stride);
    const places = 2 ** this.tableBits * (this.tableBits === LARGEST ? CRAMMED : FULL);
    this.module.limit.value = Math.floor(Math.min(capacity, places)) - this.slack;
    return true;
  }

  /** Stores a state from outside; false where it is known. Only for a few. */
  insert(words: Uint32Array): boolean {
    for (let index = 0; index < this.count; index++) {
      if (this.state(index).every((word, position) => word === words[position])) return false;
    }
    this.makeRoom();
    const at = this.recordOf(this.count);
    this.all.set(words, at);
    this.all[at + this.words] = NO_STATE;
    this.all[CONTROL.count / 4] = this.count + 1;
    this.module.rebuild();
    return true;
  }

  state(index: number): Uint32Array {
    const at = this.recordOf(index);
    return this.all.slice(at, at + this.words);
  }

  parent(index: number): number {
    return this.all[this.recordOf(index) + this.words] ?? NO_STATE;
  }

  /** The records in use. */
  kept(): Uint32Array {
    return this.all.subarray(this.recordOf(0), this.recordOf(this.count));
  }

  /** Bytes in use, not those that are merely reserved. */
  bytes(): number {
    return this.count * this.map.stride + 4 * 2 ** this.tableBits;
  }

  /** Address of a worker's block of reports, in bytes. */
  reportOf(worker: number): number {
    return this.map.reports + worker * this.map.report.bytes;
  }

  faultOf(worker: number): number {
    return this.reportOf(worker) + this.map.report.fault;
  }

  /** What a worker's instance is given. */
  constantsOf(worker: number): Readonly<Record<string, number>> {
    const { successors, successorBytes } = this.map;
    return {
      report: this.reportOf(worker),
      successors: successors + worker * successorBytes,
      records: this.records,
    };
  }

  private recordOf(index: number): number {
    return (this.records + index * this.map.stride) / 4;
  }

  private clearReport(worker: number): void {
    const { firstSeen, fired } = this.map.report;
    const start = this.reportOf(worker);
    this.all.fill(NO_STATE, (start + firstSeen) / 4, (start + fired) / 4);
  }

  private allocate(): WebAssembly.Memory {
    const initial = Math.ceil(recordsBehind(this.map, this.roomBits) / PAGE);
    return new WebAssembly.Memory({ initial, maximum: MOST_PAGES, shared: this.workers > 1 });
  }

  private reserve(states: number): boolean {
    const wanted = this.records + states * this.map.stride;
    const present = this.memory.buffer.byteLength;
    if (wanted <= present) return true;
    const room = Math.max(wanted, Math.min(present * GROWTH, MOST_PAGES * PAGE));
    try {
      this.memory.grow(Math.ceil((room - present) / PAGE));
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  private growTable(states: number): boolean {
    const bits = Math.max(this.tableBits, tableBitsFor(states));
    if (states > 2 ** bits * CRAMMED) return false;
    if (bits === this.tableBits) return true;
    if (bits > this.roomBits) this.move(bits);
    this.tableBits = bits;
    this.module.mask.value = 2 ** bits - 1;
    this.module.rebuild();
    return true;
  }

  /** To a memory with room for a larger table. */
  private move(bits: number): void {
    const { all, records, count } = this;
    this.roomBits = bitsFor(2 ** bits * FULL);
    this.memory = this.allocate();
    this.records = recordsBehind(this.map, this.roomBits);
    this.reserve(count + this.slack);
    this.all.set(all.subarray(0, this.map.table / 4));
    const end = records + count * this.map.stride;
    this.all.set(all.subarray(records / 4, end / 4), this.records / 4);
    this.module = this.link(this);
  }
}

const LARGEST = Math.max(...TABLE_BITS);

/** The least room that a table of so many states can stay in for a while. */
function bitsFor(states: number): number {
  return TABLE_BITS.find((bits) => states <= 2 ** bits * FULL) ?? LARGEST;
}

function tableBitsFor(states: number): number {
  return Math.min(LARGEST, Math.ceil(Math.log2(states / FULL)));
}
