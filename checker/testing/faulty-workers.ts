import { Worker } from "node:worker_threads";
import { vi } from "vitest";

const LOOP = "for (let known";

/** Puts code before some code of what workers run. No search begins before they are ready, or have failed. */
export function plantInWorkers(code: string, before: string): void {
  class Faulty extends Worker {
    constructor(source: string, options: object) {
      const ready = source.replace(LOOP, `failure[failure.length - 1] = 1; ${LOOP}`);
      super(ready.replace(before, `${code} ${before}`), options);
    }

    override postMessage(message: { readonly failure: Uint8Array }): void {
      super.postMessage(message);
      const pause = new Int32Array(new SharedArrayBuffer(4));
      for (let each = 0; each < 500 && message.failure.every((byte) => byte === 0); each++) {
        Atomics.wait(pause, 0, 0, 20);
      }
    }
  }
  const { getBuiltinModule } = process;
  const other = (id: string) => (id === "node:worker_threads" ? { Worker: Faulty } : getBuiltinModule(id));
  vi.spyOn(process, "getBuiltinModule").mockImplementation(other);
}
