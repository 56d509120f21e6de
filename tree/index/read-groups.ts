import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Assignment, type GroupSource, type ReadGroup, readGroup } from "./group.ts";
import type { Source } from "./sources.ts";

export interface Reading extends GroupSource {
  /** How many groups are read at once; by default as many as there are processors. */
  readonly threads?: number;
  /** Of so many files so many are read, or need not be. */
  readonly onRead?: (read: number, files: number) => void;
}

/** Groups below which starting threads takes longer than they save. */
const FEW_GROUPS = 24;
const MAX_THREADS = 8;

const HERE = import.meta.dirname;
/** Beside the bundle of this module, or its source. */
const WORKER = import.meta.filename.endsWith(".ts")
  ? join(HERE, "worker.ts")
  : join(HERE, "..", "index-worker.js");

/** Reads groups, in any order, and hands on what they come to by their numbers. */
export async function readGroups(
  groups: readonly (readonly Source[])[],
  reading: Reading,
  take: (number: number, read: ReadGroup) => void,
): Promise<void> {
  const { threads = Math.min(MAX_THREADS, availableParallelism()) } = reading;
  const [first, ...further] = groups.keys();
  if (first === undefined) return;
  if (threads < 2 || groups.length < FEW_GROUPS || !existsSync(WORKER)) {
    for (const number of [first, ...further]) take(number, readGroup(reading, groups[number] ?? []));
    return;
  }
  const left = groups.keys();
  const workers = Array.from({ length: threads }, () => share(groups, left, reading, take));
  await Promise.all(workers);
}

/** One thread: it is given a group when it has read the one before. */
function share(
  groups: readonly (readonly Source[])[],
  left: Iterator<number>,
  { place, store, program }: Reading,
  take: (number: number, read: ReadGroup) => void,
): Promise<void> {
  const workerData: Assignment = { place, program, directory: store?.directory };
  const worker = new Worker(WORKER, { workerData });
  let current: number | undefined;
  const next = () => {
    current = left.next().value ?? undefined;
    if (current === undefined) void worker.terminate();
    else worker.postMessage(groups[current]);
  };
  return new Promise((resolve, reject) => {
    worker.on("message", (read: ReadGroup) => {
      if (current !== undefined) take(current, read);
      next();
    });
    worker.on("error", reject);
    worker.on("exit", () => (current === undefined ? resolve() : reject(new Error("a thread ended early"))));
    next();
  });
}
