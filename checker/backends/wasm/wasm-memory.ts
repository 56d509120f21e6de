import type { Problem } from "../../problem.ts";
import { NO_STATE, type StateStore } from "../../store/state-store.ts";
import {
  BATCH,
  CONTROL,
  type MemoryMap,
  MOST_PAGES,
  MOST_TABLE_BITS,
  memoryMap,
  PAGE,
} from "./memory-map.ts";

/** The parts of a module that are set up from outside when room is made. */
export interface Resizable {
  rebuild(): void;
  readonly mask: WebAssembly.Global;
  readonly limit: WebAssembly.Global;
}

/** Shares of the table in use beyond which it grows; and where it cannot grow any more. */
const FULL = 0.75;
const CRAMMED = 0.9;
/** By how much the room for states grows at least. */
const GROWTH = 1.125;

/** The memory that a module works on: states, table, reports. It is laid out by `memoryMap`. */
export class WasmMemory {
  readonly map: MemoryMap;
  readonly memory: WebAssembly.Memory;
  readonly workers: number;
  /** True where no more states can be stored. */
  exhausted = false;
  private readonly words: number;
  /** Successors that may come on top before anybody looks at the limit again. */
  private readonly slack: number;
  private module: Resizable | undefined;
  private tableBits = 0;
  private view: Uint32Array = new Uint32Array(0);

  constructor(problem: Problem, mostSuccessors: number, workers = 1) {
    this.map = memoryMap(problem, mostSuccessors, workers);
    this.workers = workers;
    this.words = problem.layout.words;
    this.slack = workers * BATCH * mostSuccessors;
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: workers > 1 });
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

  /** Takes over the states of a store, and prepares the module for more. */
  attach(module: Resizable, store: StateStore): void {
    this.module = module;
    this.reserve(store.count);
    this.all.set(store.records.subarray(0, store.count * store.stride), this.map.records / 4);
    this.all[CONTROL.count / 4] = store.count;
    for (let worker = 0; worker < this.workers; worker++) this.clearReport(worker);
    this.makeRoom();
    module.rebuild();
  }

  /** Sees to it that the module can go on; false where memory ends. */
  makeRoom(): boolean {
    const needed = this.count + this.slack;
    if (!this.reserve(needed) || !this.growTable(needed)) {
      this.exhausted = true;
      return false;
    }
    const capacity = Math.floor((this.memory.buffer.byteLength - this.map.records) / this.map.stride);
    const places = 2 ** this.tableBits * (this.tableBits === MOST_TABLE_BITS ? CRAMMED : FULL);
    if (this.module) this.module.limit.value = Math.floor(Math.min(capacity, places)) - this.slack;
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
    this.module?.rebuild();
    return true;
  }

  state(index: number): Uint32Array {
    const at = this.recordOf(index);
    return this.all.slice(at, at + this.words);
  }

  parent(index: number): number {
    return this.all[this.recordOf(index) + this.words] ?? NO_STATE;
  }

  /** Bytes in use, not those that are merely reserved. */
  bytes(): number {
    return this.count * this.map.stride + 4 * 2 ** this.tableBits;
  }

  /** Address of a worker's block of reports, in bytes. */
  reportOf(worker: number): number {
    return this.map.reports + worker * this.map.report.bytes;
  }

  successorsOf(worker: number): number {
    return this.map.successors + worker * this.map.successorBytes;
  }

  private recordOf(index: number): number {
    return (this.map.records + index * this.map.stride) / 4;
  }

  private clearReport(worker: number): void {
    const { firstSeen, fired } = this.map.report;
    this.all.fill(NO_STATE, (this.reportOf(worker) + firstSeen) / 4, (this.reportOf(worker) + fired) / 4);
  }

  private reserve(states: number): boolean {
    const wanted = this.map.records + states * this.map.stride;
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
    let bits = this.tableBits;
    while (bits < MOST_TABLE_BITS && states > 2 ** bits * FULL) bits++;
    if (states > 2 ** bits * CRAMMED) return false;
    if (bits === this.tableBits) return true;
    this.tableBits = bits;
    if (this.module) this.module.mask.value = 2 ** bits - 1;
    this.module?.rebuild();
    return true;
  }
}
