import type { Worker } from "node:worker_threads";
import { CONTROL, takenAtOnce } from "./memory-map.ts";
import type { WasmMemory } from "./wasm-memory.ts";
import { type Module, oneWorker, WORKS, type Work, type WorkerPool } from "./work.ts";

const [ROUND, GATE] = [CONTROL.round / 4, CONTROL.gate / 4];
/** In the gate, beside the number of workers that are inside: no more may enter. */
const CLOSED = 2 ** 30;
/** States below which waking the workers costs more time than they save. */
const FEW = 4 * takenAtOnce(true);
/** Looks at what another thread will change before one sleeps, as waking takes longer than most changes do. */
const LOOKS = 5_000;

/** Threads without work; they start while the module is still being made. */
export function startWorkers(count: number): readonly Worker[] {
  if (count === 0) return [];
  const threads = process.getBuiltinModule("node:worker_threads");
  return Array.from({ length: count }, () => {
    const worker = new threads.Worker(WORKER_SOURCE, { eval: true, execArgv: [] });
    worker.unref();
    return worker;
  });
}

/** Workers join a round when they come to it. No round waits for a worker whose thread is still starting. */
export function workerPool(
  threads: readonly Worker[],
  compiled: WebAssembly.Module,
  memory: WasmMemory,
): WorkerPool {
  const control = new Int32Array(memory.memory.buffer);
  const main = oneWorker(memory.module);
  const workers = threads.map((_, position) => position + 1);
  for (const [position, thread] of threads.entries()) employ(thread, compiled, memory, position + 1);
  return {
    share: (work, end) => {
      if (memory.amountOf(work, end) < FEW) return main.share(work, end);
      openRound(control, work, end, memory.module);
      const own = main.share(work, end);
      closeRound(control);
      return [...own, ...workers.filter((worker) => control[memory.faultOf(worker) / 4] === 1)];
    },
    close: () => {
      Atomics.store(control, CONTROL.quit / 4, 1);
      callAll(control);
    },
  };
}

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

function closeRound(control: Int32Array): void {
  Atomics.or(control, GATE, CLOSED);
  for (let looks = 0; ; looks++) {
    const gate = Atomics.load(control, GATE);
    if (gate === CLOSED) return;
    if (looks >= LOOKS) Atomics.wait(control, GATE, gate);
  }
}

function employ(thread: Worker, compiled: WebAssembly.Module, memory: WasmMemory, worker: number): void {
  thread.postMessage({
    compiled,
    memory: memory.memory,
    constants: memory.constantsOf(worker),
    fault: memory.faultOf(worker) / 4,
    control: CONTROL,
    closed: CLOSED,
    looks: LOOKS,
    works: WORKS,
  });
}

/** What a worker runs, as text, so that it needs no file of its own. It starts when it sees a round begin. */
const WORKER_SOURCE = `
require("node:worker_threads").parentPort.once("message", work);
function work({ compiled, memory, constants, fault, control: at, closed, looks, works }) {
  const control = new Int32Array(memory.buffer);
  const [round, gate] = [at.round / 4, at.gate / 4];
  const instance = new WebAssembly.Instance(compiled, { env: { memory, ...constants } });
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
  for (let known = 0; ; ) {
    known = roundAfter(known);
    if (Atomics.load(control, at.quit / 4) === 1) break;
    if (!enters()) continue;
    mask.value = control[at.mask / 4];
    table.value = control[at.table / 4];
    limit.value = control[at.limit / 4];
    try {
      module[works[control[at.work / 4]]](control[at.end / 4]);
    } catch {
      control[fault] = 1;
    }
    Atomics.sub(control, gate, 1);
    Atomics.notify(control, gate);
  }
}
`;
