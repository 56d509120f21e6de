import { InputError } from "../../model/input-error.ts";
import type { Problem } from "../problem.ts";
import type { BackEndName, SearchOptions } from "../search-options.ts";
import { autoBackEnd } from "./auto.ts";
import type { BackEnd } from "./back-end.ts";
import { compactBackEnd } from "./compact/compact.ts";
import { interpretBackEnd } from "./interpret.ts";
import { packedJsBackEnd } from "./packed-js/packed-js.ts";
import { tableBackEnd } from "./table/table.ts";
import { wasmBackEnd } from "./wasm/wasm.ts";

const BY_NAME: Readonly<Record<Exclude<BackEndName, "auto">, BackEnd>> = {
  interpret: interpretBackEnd,
  table: tableBackEnd,
  "packed-js": packedJsBackEnd,
  wasm: wasmBackEnd,
};

/**
 * The back end asked for, or the one that suits the model.
 * @throws InputError where one asked for cannot run the model, or not with so many workers.
 */
export function chooseBackEnd(problem: Problem, choice: Choice): BackEnd {
  const { backEnd: name = "auto", workers = 1, hashCompact = false } = choice;
  refuseWorkers(workers);
  if (hashCompact) refuseCompaction(name, choice);
  const backEnd = hashCompact ? compactBackEnd : name === "auto" ? autoBackEnd : BY_NAME[name];
  const reason = backEnd.refuse?.(problem) ?? (workers > 1 ? refuseSharing(backEnd, problem) : undefined);
  if (reason === undefined) return backEnd;
  throw new InputError(`back end '${name}' cannot run model '${problem.model.name}': ${reason}`);
}

type Choice = Pick<SearchOptions, "backEnd" | "workers" | "hashCompact" | "checkpoint" | "resume">;

function refuseCompaction(name: BackEndName, { workers = 1, checkpoint, resume }: Choice): void {
  if (name !== "auto" && name !== "packed-js") {
    throw new InputError(`back end '${name}' keeps whole states, not hashes (valid: auto, packed-js)`);
  }
  if (workers > 1) throw new InputError("a hash-compacted search runs on one worker only");
  if (checkpoint || resume) throw new InputError("a hash-compacted search keeps no checkpoints");
}

function refuseWorkers(workers: number): void {
  if (Number.isSafeInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return;
  throw new InputError(`a search cannot run on ${workers} workers (valid: 1..${MAX_WORKERS})`);
}

function refuseSharing({ parallel = false }: BackEnd, problem: Problem): string | undefined {
  return parallel ? wasmBackEnd.refuse?.(problem) : "it runs on one worker only (valid: auto, wasm)";
}

const MAX_WORKERS = 64;
