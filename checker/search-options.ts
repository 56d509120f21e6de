import type { Snapshot } from "./checkpoint/snapshot.ts";

export interface SearchOptions {
  readonly maxStates?: number;
  readonly maxDepth?: number;
  /** Seconds. */
  readonly maxTime?: number;
  /** MiB. */
  readonly maxMemory?: number;
  /** Property names to judge; all where absent. */
  readonly only?: readonly string[];
  readonly progress?: (progress: Progress) => void;
  /** Polled between batches: true ends the search with what it has. */
  readonly interrupted?: () => boolean;
  /** Chosen by the model's size where absent. */
  readonly backEnd?: BackEndName;
  /** Threads, 1 where absent; more need the back end wasm, and end at `maxStates` with the last whole level within it. */
  readonly workers?: number;
  /** Tells states apart by a hash of theirs: less memory, and never `holds`. */
  readonly hashCompact?: boolean;
  /** Keeps what is needed to go on later. */
  readonly checkpoint?: CheckpointOptions;
  /** Goes on where a snapshot was taken, of the same model with the same properties, depth and reductions. */
  readonly resume?: Snapshot;
  /** False searches in full; reductions that are safe for the model and its properties are on otherwise. */
  readonly reduce?: boolean;
}

export interface CheckpointOptions {
  /** Seconds between two. */
  readonly every: number;
  /** Also called where the search ends before its time. */
  save(snapshot: Snapshot): void;
}

export const BACK_ENDS = ["auto", "interpret", "table", "packed-js", "wasm"] as const;
export type BackEndName = (typeof BACK_ENDS)[number];

export interface Progress {
  readonly states: number;
  readonly frontier: number;
  readonly depth: number;
  /** Seconds since the start. */
  readonly elapsed: number;
}
