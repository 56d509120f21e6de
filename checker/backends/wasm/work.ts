/** A module at work on a memory. */
export interface Module {
  /** Expands states from the cursor up to this one, or until there is no more room. */
  run(end: number): void;
  /** Empties the table, up to this byte of it. */
  clear(end: number): void;
  /** Puts the states before this one into the table, which must be empty. */
  rebuild(end: number): void;
  /** Gives a state another index. */
  relocate(from: number, to: number): void;
  readonly mask: WebAssembly.Global;
  readonly limit: WebAssembly.Global;
  readonly table: WebAssembly.Global;
}

/** What all workers do together, one round for each. */
export const WORKS = ["run", "clear", "rebuild"] as const;
export type Work = (typeof WORKS)[number];

/** Threads that run the same module on the same memory, round by round; the main thread is the first of them. */
export interface WorkerPool {
  /** Does the work, up to the end that it is given; returns the numbers of the workers that found a fault. */
  share(work: Work, end: number): readonly number[];
  close(): void;
}

/** A pool of the main thread alone. */
export function oneWorker(module: Module): WorkerPool {
  return { share: (work, end) => (traps(() => module[work](end)) ? [0] : []), close: () => {} };
}

/** V8's message where compiled code meets a fault of the model; its other traps are faults of the compiled code. */
export const FAULT_TRAP = "unreachable";

/** Whether the model is wrong in a state that the work came to. */
function traps(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError && error.message === FAULT_TRAP) return true;
    throw error;
  }
}
