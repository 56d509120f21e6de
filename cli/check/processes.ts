import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InputError } from "../../model/input-error.ts";
import { mergeShards, type ShardText } from "../../reports/merge-shards.ts";
import type { CheckReport } from "../../reports/report.ts";
import { EXIT } from "../exit-code.ts";
import { WATCHED } from "../watched/may-end-heap.ts";

/** Files below which starting processes takes longer than they save. */
const FEW_FILES = 100;
/** More processes than that wait for the disk. */
const MAX_PROCESSES = 8;
/** Parts for each process: none waits long for the last. */
const PARTS_EACH = 4;

/** The command beside the bundle of this module; the source has none. */
const PROGRAM = join(import.meta.dirname, "..", "main.js");

export interface Parts {
  /** What follows `holdfast`. */
  readonly words: readonly string[];
  readonly files: number;
  /** How many processes at once; by default as many as there are processors. */
  readonly processes: number | undefined;
  /** So many parts of so many are done. */
  readonly onPart: (done: number, parts: number) => void;
}

/** How many processes check so many files. */
export const processesFor = (files: number, wanted: number | undefined): number =>
  files < FEW_FILES || !existsSync(PROGRAM) ? 1 : (wanted ?? Math.min(MAX_PROCESSES, availableParallelism()));

/** What several processes made of a check. */
export interface Checked {
  readonly report: CheckReport;
  /** The parts, as --shard has them. */
  readonly shards: readonly string[];
}

/**
 * A check whose parts are checked by several processes: the report is that of one. Undefined where a process ended
 * without a report, as where its memory did.
 *
 * @throws InputError as the check itself does, for the first file.
 */
export async function checkInProcesses({
  words,
  files,
  processes,
  onPart,
}: Parts): Promise<Checked | undefined> {
  const count = processesFor(files, processes);
  const parts = count * PARTS_EACH;
  const shards = Array.from({ length: parts }, (_, at) => `${at + 1}/${parts}`);
  const left = shards.entries();
  const said: Said[] = [];
  let done = 0;
  const share = async () => {
    for (const [index, shard] of left) {
      said[index] = await part([...words, "--json", "--shard", shard], shard);
      onPart(++done, parts);
    }
  };
  await Promise.all(Array.from({ length: count }, share));
  const refused = said.find(({ code }) => code === EXIT.input);
  if (refused) throw new InputError(refused.err.trimEnd().replace(/^error: /, ""));
  return said.some(({ code }) => code === null) ? undefined : { report: mergeShards(said), shards };
}

interface Said extends ShardText {
  /** Null where it has no report. */
  readonly code: number | null;
  readonly err: string;
}

function part(words: readonly string[], shard: string): Promise<Said> {
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, [WATCHED]: "1" },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => err.push(bytes));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const text = Buffer.concat(out).toString("utf8");
      const name = `part ${shard}`;
      resolve({
        name,
        text,
        err: Buffer.concat(err).toString("utf8"),
        code: text === "" && code !== EXIT.input ? null : code,
      });
    });
  });
}
