import { isOutOfMemory } from "../../store/out-of-memory.ts";
import { NO_STATE, type StateStore } from "../../store/state-store.ts";
import {
  CHUNK,
  CONTROL,
  FIRST_TABLE_BITS,
  MAX_PAGES,
  type MemoryMap,
  PAGE,
  takenAtOnce,
} from "./memory-map.ts";
import { type Module, oneWorker, type Work, type WorkerPool } from "./work.ts";

/** Makes an instance for the memory. */
export type Link = (memory: WasmMemory) => Module;

export interface Size {
  readonly maxSuccessors: number;
  readonly workers: number;
}

/** Share of the table in use beyond which it grows. */
const FULL = 0.75;
/** Share of the states not yet expanded beyond which a search is far from its end. */
const MANY = 1 / 8;

/**
 * The states, their table and the reports of one search, in the memory of a module. The table stands behind
 * room for the states that it can tell apart. Where it must grow, a new one is made behind twice the room and
 * the place of the old one is left to states: nothing is moved, and memory that is not needed yet is not touched.
 */
export class WasmMemory {
  readonly map: MemoryMap;
  readonly workers: number;
  readonly memory: WebAssembly.Memory;
  readonly module: Module;
  /** The threads that do the work; at first the main one alone. */
  pool: WorkerPool;
  /** True where no more states can be stored. */
  exhausted = false;
  /** States that may come on top before anybody looks at the limit again. */
  private readonly slack: number;
  private tableBits = 0;
  /** Byte address of the table. */
  private table = 0;
  private view: Uint32Array = new Uint32Array(0);

  /** Takes over the states of a store. */
  constructor(map: MemoryMap, { maxSuccessors, workers }: Size, link: Link, store: StateStore) {
    this.map = map;
    this.workers = workers;
    this.slack = workers * (takenAtOnce(workers > 1) * maxSuccessors + CHUNK);
    const initial = Math.ceil((map.records + store.count * map.stride) / PAGE);
    this.memory = new WebAssembly.Memory({ initial, maximum: MAX_PAGES, shared: workers > 1 });
    for (let worker = 0; worker < workers; worker++) this.clearReport(worker);
    this.all.set(store.kept(), map.records / 4);
    this.all[CONTROL.count / 4] = store.count;
    this.module = link(this);
    this.pool = oneWorker(this.module);
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
    const bits = Math.max(FIRST_TABLE_BITS, Math.ceil(Math.log2(needed / FULL)));
    if (bits > this.tableBits) this.exhausted = !this.growTable(bits, needed);
    else this.exhausted = needed > this.capacity();
    this.module.limit.value = this.capacity() - this.slack;
    return !this.exhausted;
  }

  /** How much is to be done, in states or what takes as long. */
  amountOf(work: Work, end: number): number {
    return work === "run" ? end - this.cursor : this.count;
  }

  /** Stores a state from outside; false where it is known. Only for a few. */
  insert(words: Uint32Array): boolean {
    for (let index = 0; index < this.count; index++) {
      if (this.state(index).every((word, position) => word === words[position])) return false;
    }
    const at = this.recordOf(this.count);
    this.all.set(words, at);
    this.all[at + this.map.words] = NO_STATE;
    this.all[CONTROL.count / 4] = this.count + 1;
    this.makeRoom();
    this.fillTable();
    return true;
  }

  state(index: number): Uint32Array {
    const at = this.recordOf(index);
    return this.all.slice(at, at + this.map.words);
  }

  parent(index: number): number {
    return this.all[this.recordOf(index) + this.map.words] ?? NO_STATE;
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
    const { successors, successorBytes, recent, recentBytes } = this.map;
    return {
      report: this.reportOf(worker),
      successors: successors + worker * successorBytes,
      recent: recent + worker * recentBytes,
    };
  }

  private recordOf(index: number): number {
    return (this.map.records + index * this.map.stride) / 4;
  }

  private clearReport(worker: number): void {
    const { firstSeen, fired } = this.map.report;
    const start = this.reportOf(worker);
    this.all.fill(NO_STATE, (start + firstSeen) / 4, (start + fired) / 4);
  }

  private capacity(): number {
    const room = (this.table - this.map.records) / this.map.stride;
    return Math.floor(Math.min(room, 2 ** this.tableBits * FULL));
  }

  /** By more than is needed where many states wait to be expanded, as many are then to come. */
  private growTable(bits: number, states: number): boolean {
    const waiting = this.count - this.cursor;
    if (this.tableBits > 0 && waiting > this.count * MANY && this.placeTable(bits + 1, states)) return true;
    return this.placeTable(bits, states);
  }

  /** False where there is no memory for it. */
  private placeTable(bits: number, states: number): boolean {
    const { records, stride } = this.map;
    const bytes = 4 * 2 ** bits;
    const room = Math.ceil((2 ** bits * FULL * stride) / PAGE) * PAGE;
    const table = Math.min(records + room, MAX_PAGES * PAGE - bytes);
    if (records + states * stride > table || !this.growTo(table + bytes)) return false;
    [this.table, this.tableBits] = [table, bits];
    this.module.table.value = table;
    this.module.mask.value = 2 ** bits - 1;
    this.fillTable();
    return true;
  }

  /** Writing to new memory first, and in order, costs less than a read and then a write here and there. */
  private fillTable(): void {
    this.all[CONTROL.cleared / 4] = 0;
    this.all[CONTROL.rebuilt / 4] = 0;
    this.pool.share("clear", 4 * 2 ** this.tableBits);
    this.pool.share("rebuild", this.count);
  }

  private growTo(bytes: number): boolean {
    const missing = Math.ceil((bytes - this.memory.buffer.byteLength) / PAGE);
    try {
      if (missing > 0) this.memory.grow(missing);
      return true;
    } catch (error) {
      if (isOutOfMemory(error)) return false;
      throw error;
    }
  }
}
