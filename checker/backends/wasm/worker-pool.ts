import { existsSync } from "node:fs";
import type { Worker } from "node:worker_threads";
import { saysOutOfMemory } from "../../store/out-of-memory.ts";
import { threadsWithRoom } from "./address-space.ts";
import { CONTROL, takenAtOnce } from "./memory-map.ts";
import type { WasmMemory } from "./wasm-memory.ts";
import { FAULT_TRAP, type Module, oneWorker, WORKS, type Work, type WorkerPool } from "./work.ts";

const [ROUND, GATE] = [CONTROL.round / 4, CONTROL.gate / 4];
/** In the gate, beside the number of workers that are inside: no more may enter. */
const CLOSED = 2 ** 30;
/** States below which waking the workers costs more time than they save. */
const FEW = 4 * takenAtOnce(true);
/** What a worker leaves where it found a fault of the model, and where it failed itself. */
const [FAULT, FAILED] = [1, 2];
/** In bytes: room for the stack of what went wrong in a worker. */
const LONGEST_FAILURE = 8_192;
/** Milliseconds after which a thread that is waited for is looked after. */
const PATIENCE = 500;
/** Looks at what another thread will change before one sleeps, as waking takes longer than most changes do. */
const LOOKS = 5_000;

/** Threads without work; they start while the module is still being made. */
export function startWorkers(count: number): readonly Worker[] {
  if (count === 0) return [];
  const threads = process.getBuiltinModule("node:worker_threads");
  return Array.from({ length: threadsWithRoom(count) }, () => {
    const worker = new threads.Worker(WORKER_SOURCE, { eval: true, execArgv: [] });
    worker.on("error", leaveOut);
    worker.unref();
    return worker;
  });
}

/** A thread that gets no memory takes no part. Any other error ends the process, as one of the main thread would. */
function leaveOut(error: NodeJS.ErrnoException): void {
  if (error.code !== "ERR_WORKER_OUT_OF_MEMORY" && error.code !== "ERR_WORKER_INIT_FAILED") throw error;
}

/** Workers join a round when they come to it. No round waits for a worker whose thread is still starting. */
export function workerPool(
  threads: readonly Worker[],
  compiled: WebAssembly.Module,
  memory: WasmMemory,
): WorkerPool {
  const control = new Int32Array(memory.memory.buffer);
  const main = oneWorker(memory.module);
  const workers = threads.map((thread, position) => employ(thread, compiled, memory, position + 1));
  const throwFailure = () => {
    for (const { state, failure } of workers) {
      if (state() !== FAILED) continue;
      const text = textOf(failure);
      if (!saysOutOfMemory(text)) throw new Error(text);
      memory.exhausted = true;
    }
  };
  const throwIfGone = () => {
    if (workers.some(({ thread }) => isGone(thread)))
      throw new Error("a worker ended in the middle of its work");
  };
  return {
    share: (work, end) => {
      throwFailure();
      if (memory.amountOf(work, end) < FEW) return main.share(work, end);
      openRound(control, work, end, memory.module);
      const own = main.share(work, end);
      closeRound(control, throwIfGone);
      throwFailure();
      return [...own, ...workers.flatMap(({ number, state }) => (state() === FAULT ? [number] : []))];
    },
    close: () => {
      Atomics.store(control, CONTROL.quit / 4, 1);
      callAll(control);
      throwFailure();
    },
  };
}

const textOf = (failure: Uint8Array): string =>
  `in a worker: ${Buffer.from(failure).toString().replace(/\0+$/, "")}`;

function openRound(control: Int32Array, work: Work, end: number, { mask, table, limit }: Module): void {
  control[CONTROL.work / 4] = WORKS.indexOf(work);
  control[CONTROL.end / 4] = end;
  control[CONTROL.mask / 4] = mask.value;
  control[CONTROL.table / 4] = table.value;
  control[CONTROL.limit / 4] = limit.value;
  Atomics.store(control, GATE, 0);
  callAll(control);
}

function callAll(control: Int32Array): void {
  Atomics.add(control, ROUND, 1);
  Atomics.notify(control, ROUND);
}

function closeRound(control: Int32Array, throwIfGone: () => void): void {
  Atomics.or(control, GATE, CLOSED);
  for (let looks = 0; ; looks++) {
    const gate = Atomics.load(control, GATE);
    if (gate === CLOSED) return;
    if (looks < LOOKS || Atomics.wait(control, GATE, gate, PATIENCE) !== "timed-out") continue;
    throwIfGone();
  }
}

/** Whether the thread has ended, told by what it wrote down of itself; nothing else is heard in synchronous work. */
const isGone = (thread: Int32Array): boolean =>
  thread[0] !== undefined && thread[0] > 0 && !existsSync(`/proc/self/task/${thread[0]}`);

/** A worker that has the module and the memory; what fails in it stands in `failure`. */
interface Employed {
  readonly number: number;
  readonly failure: Uint8Array;
  /** The system's number of its thread; 0 where the system does not tell. */
  readonly thread: Int32Array;
  state(): number;
}

function employ(thread: Worker, compiled: WebAssembly.Module, memory: WasmMemory, number: number): Employed {
  const state = memory.faultOf(number) / 4;
  const failure = new Uint8Array(new SharedArrayBuffer(LONGEST_FAILURE));
  const own = new Int32Array(new SharedArrayBuffer(4));
  thread.postMessage({
    thread: own,
    compiled,
    memory: memory.memory,
    constants: memory.constantsOf(number),
    state,
    states: { fault: FAULT, failed: FAILED },
    trap: FAULT_TRAP,
    failure,
    control: CONTROL,
    closed: CLOSED,
    looks: LOOKS,
    works: WORKS,
  });
  const control = new Int32Array(memory.memory.buffer);
  return { number, failure, thread: own, state: () => Atomics.load(control, state) };
}

/** What a worker runs, as text, so that it needs no file of its own. It starts when it sees a round begin. */
const WORKER_SOURCE = `
require("node:worker_threads").parentPort.once("message", work);
function work({ thread, compiled, memory, constants, state, states, trap, failure, control: at, closed, looks, works }) {
  const control = new Int32Array(memory.buffer);
  const [round, gate] = [at.round / 4, at.gate / 4];
  function fail(error) {
    if (error instanceof WebAssembly.RuntimeError && error.message === trap) {
      Atomics.store(control, state, states.fault);
      return;
    }
    const text = new TextEncoder().encode(String(error?.stack ?? error));
    failure.set(text.subarray(0, failure.length));
    Atomics.store(control, state, states.failed);
  }
  let instance;
  try {
    instance = new WebAssembly.Instance(compiled, { env: { memory, ...constants } });
  } catch (error) {
    // Without memory it takes no part.
    if (!(error instanceof RangeError)) fail(error);
    return;
  }
  const { mask, table, limit, ...module } = instance.exports;
  function enters() {
    for (;;) {
      const inside = Atomics.load(control, gate);
      if (inside >= closed) return false;
      if (Atomics.compareExchange(control, gate, inside, inside + 1) === inside) return true;
    }
  }
  function roundAfter(known) {
    for (let each = 0; each < looks && Atomics.load(control, round) === known; each++);
    Atomics.wait(control, round, known);
    return Atomics.load(control, round);
  }
  try {
    thread[0] = Number(require("node:fs").readlinkSync("/proc/thread-self").split("/").at(-1));
  } catch {
    // Another system than Linux.
  }
  for (let known = 0; ; ) {
    known = roundAfter(known);
    if (Atomics.load(control, at.quit / 4) === 1) break;
    if (!enters()) continue;
    mask.value = control[at.mask / 4];
    table.value = control[at.table / 4];
    limit.value = control[at.limit / 4];
    try {
      module[works[control[at.work / 4]]](control[at.end / 4]);
    } catch (error) {
      fail(error);
    }
    Atomics.sub(control, gate, 1);
    Atomics.notify(control, gate);
  }
}
`;
