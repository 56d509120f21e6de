import { InputError } from "../../model/input-error.ts";
import type { Engine, Level } from "../backends/back-end.ts";
import type { Memory } from "../backends/memory.ts";
import { required } from "../interpret/model-index.ts";
import type { Problem } from "../problem.ts";
import type { Reduction } from "../result.ts";
import { StateStore } from "../store/state-store.ts";

/** Where a search stands between two slices. */
export interface Position {
  readonly levels: readonly Level[];
  /** The first state that is not expanded. */
  readonly next: number;
}

/** All that a search needs to go on where it stood. */
export interface Snapshot {
  /** Tells the model and the options that shape the search. */
  readonly identity: string;
  readonly position: Position;
  /** Successors generated so far. */
  readonly transitions: number;
  readonly fired: Uint8Array;
  readonly firstSeen: Uint32Array;
  readonly margins: Uint8Array;
  /** Each state's words, then its parent. */
  readonly records: Uint32Array;
}

/** Two searches with the same identity store the same states, whatever runs them: the reductions that apply are a part of it. */
export function identityOf(
  { model }: Problem,
  { only, maxDepth }: { readonly only?: readonly string[]; readonly maxDepth?: number },
  reductions: readonly Reduction[],
): string {
  const applied = reductions.filter((each) => each.applied);
  const shape = JSON.stringify({ model, only, applied, maxDepth });
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(shape).digest("hex");
}

export function snapshotOf(engine: Engine, identity: string, position: Position): Snapshot {
  const records = required(engine.records?.(), `back end '${engine.name}' keeps no checkpoints`);
  const { transitions, fired, firstSeen, margins } = engine.report;
  return { identity, position, transitions, fired, firstSeen, margins, records };
}

/**
 * What a back end goes on with.
 * @throws InputError where the snapshot is of another model or other options.
 */
export function memoryOf(snapshot: Snapshot, problem: Problem, identity: string): Memory {
  if (snapshot.identity !== identity) {
    throw new InputError(
      "the checkpoint is of another model, version or sizes, or of a search with other properties, depth or reductions",
    );
  }
  const { transitions, fired, firstSeen, margins, records } = snapshot;
  const store = new StateStore(problem.layout.words, false);
  store.restore(records);
  const report = { transitions, fired, firstSeen, margins, faulty: 0xffffffff };
  return { store, report };
}
