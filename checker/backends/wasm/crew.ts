import type { Worker } from "node:worker_threads";
import { CONTROL } from "./memory-map.ts";
import type { WasmMemory } from "./wasm-memory.ts";

/** The helpers of the main thread: workers that run the same module on the same memory, round by round. */
export interface Crew {
  /** Runs all, the main thread among them, up to the state; returns the numbers of those that found a fault. */
  run(end: number): readonly number[];
  close(): void;
}

const [ROUND, DONE] = [CONTROL.round / 4, CONTROL.done / 4];

export function crewOf(compiled: WebAssembly.Module, memory: WasmMemory): Crew {
  const control = new Int32Array(memory.memory.buffer);
  const helpers = Array.from({ length: memory.workers - 1 }, (_, position) =>
    startHelper(compiled, memory, position + 1),
  );
  return {
    run: (end) => {
      control[CONTROL.end / 4] = end;
      control[CONTROL.mask / 4] = Number(memory.module.mask.value);
      control[CONTROL.limit / 4] = Number(memory.module.limit.value);
      Atomics.store(control, DONE, 0);
      Atomics.add(control, ROUND, 1);
      Atomics.notify(control, ROUND);
      const own = traps(() => memory.module.run(end)) ? [0] : [];
      awaitAll(control, helpers.length);
      return [...own, ...helpers.flatMap((_, position) => faultOf(memory, control, position + 1))];
    },
    close: () => {
      Atomics.store(control, CONTROL.quit / 4, 1);
      Atomics.add(control, ROUND, 1);
      Atomics.notify(control, ROUND);
    },
  };
}

/** Whether the model is wrong in a state that the work came to. */
export function traps(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return true;
    throw error;
  }
}

function awaitAll(control: Int32Array, helpers: number): void {
  for (let done = Atomics.load(control, DONE); done < helpers; done = Atomics.load(control, DONE)) {
    Atomics.wait(control, DONE, done);
  }
}

function faultOf(memory: WasmMemory, control: Int32Array, worker: number): readonly number[] {
  return control[memory.faultOf(worker) / 4] === 1 ? [worker] : [];
}

function startHelper(compiled: WebAssembly.Module, memory: WasmMemory, worker: number): Worker {
  const workerData = {
    compiled,
    memory: memory.memory,
    constants: memory.constantsOf(worker),
    fault: memory.faultOf(worker) / 4,
    control: CONTROL,
  };
  const threads = process.getBuiltinModule("node:worker_threads");
  const helper = new threads.Worker(HELPER, { eval: true, workerData, execArgv: [] });
  helper.unref();
  return helper;
}

/** What a worker runs, as text, so that it needs no file of its own. It starts when it sees a round begin. */
const HELPER = `
const { workerData } = require("node:worker_threads");
const { compiled, memory, constants, fault, control: at } = workerData;
const control = new Int32Array(memory.buffer);
const { run, mask, limit } = new WebAssembly.Instance(compiled, { env: { memory, ...constants } }).exports;
for (let round = 0; ; ) {
  Atomics.wait(control, at.round / 4, round);
  round = Atomics.load(control, at.round / 4);
  if (Atomics.load(control, at.quit / 4) === 1) break;
  mask.value = control[at.mask / 4];
  limit.value = control[at.limit / 4];
  try {
    run(control[at.end / 4]);
  } catch {
    control[fault] = 1;
  }
  Atomics.add(control, at.done / 4, 1);
  Atomics.notify(control, at.done / 4);
}
`;
