import type { Command } from "commander";
import type { SearchOptions } from "../../checker/search-options.ts";
import { InputError } from "../../model/input-error.ts";
import { positive, wholeNumber } from "./number.ts";

/** How states are kept and who does the work. */
export interface EngineOptions {
  readonly workers?: string;
  readonly hashCompact?: boolean;
  readonly checkpoint?: string;
  /** Minutes. */
  readonly checkpointEvery?: string;
  readonly resume?: string;
  readonly all?: boolean;
  readonly random?: boolean;
  readonly keepGoing?: boolean;
}

const MINUTES = "10";

export function declareEngine(command: Command): Command {
  return command
    .option("--workers <number>", "threads that share a full search")
    .option("--hash-compact", "tell states apart by hashes: less memory, and never says that it holds")
    .option(
      "--checkpoint <file>",
      "keep what is needed to go on later: on Ctrl-C, at a limit, and every so often",
    )
    .option("--checkpoint-every <minutes>", `with --checkpoint (default: ${MINUTES})`)
    .option("--resume <file>", "go on from a checkpoint of the same model and options");
}

/** @throws InputError for a number that is none, a checkpoint that cannot be read, or options that do not go together. */
export async function engineOptionsOf(options: EngineOptions): Promise<SearchOptions> {
  refuseCombinations(options);
  const { workers, hashCompact, checkpoint, resume } = options;
  return {
    ...(workers !== undefined && { workers: wholeNumber("--workers", workers) }),
    ...(hashCompact && { hashCompact }),
    ...(checkpoint !== undefined && { checkpoint: await checkpointTo(checkpoint, options) }),
    ...(resume !== undefined && { resume: (await checkpointFile()).readCheckpoint(resume) }),
  };
}

async function checkpointTo(path: string, { checkpointEvery = MINUTES }: EngineOptions) {
  const { refuseUnwritable, writeCheckpoint } = await checkpointFile();
  const every = positive("--checkpoint-every", checkpointEvery) * 60;
  refuseUnwritable(path);
  return {
    every,
    save: (snapshot: Parameters<typeof writeCheckpoint>[1]) => writeCheckpoint(path, snapshot),
  };
}

const checkpointFile = () => import("../../checker/checkpoint/file.ts");

function refuseCombinations(options: EngineOptions): void {
  const { checkpoint, checkpointEvery, resume, workers, hashCompact, all, random, keepGoing } = options;
  if (checkpointEvery !== undefined && checkpoint === undefined) {
    throw new InputError("--checkpoint-every needs --checkpoint");
  }
  if (all && (checkpoint ?? resume) !== undefined) {
    throw new InputError("--all searches many models: leave out --checkpoint and --resume");
  }
  if (keepGoing && hashCompact) {
    throw new InputError("--keep-going reads whole states: leave out --hash-compact");
  }
  if (random && (hashCompact || (checkpoint ?? resume ?? workers) !== undefined)) {
    throw new InputError(
      "--random stores nothing: leave out --workers, --hash-compact, --checkpoint and --resume",
    );
  }
}
