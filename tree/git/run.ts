import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { systemCode } from "../../model/files/system-error.ts";
import { InputError } from "../../model/input-error.ts";
import { Undecided } from "../../model/undecided.ts";
import { childEnvironment } from "../environment.ts";
import { nameOf } from "../names.ts";
import type { GitCall } from "./calls.ts";
import type { Repository } from "./repository.ts";

export interface GitResult {
  /** Undefined where git could not be run, or was killed. */
  readonly code: number | undefined;
  readonly out: Buffer;
  /** What went wrong, by lines. */
  readonly errors: readonly string[];
  /** It was killed, as it took too long. */
  readonly timedOut: boolean;
}

/**
 * No configuration but that of a `Repository` is read, replaced objects are not, and objects that are missing stay so:
 * no transport is allowed.
 */
const SHUT = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_PAGER: "cat",
};
const MAX_OUTPUT = 512 * 1024 * 1024;
/** How long a patch may take to be applied, in seconds: one made for it could take days. */
const MAX_SECONDS = 60;
/** How long git may read: in a tree made for it, it could wait for ever. */
const MAX_READING_SECONDS = 600;

/** Runs git for a repository, of whose checkout it sees no more than the call needs. */
export function git(
  { directory, own, top }: Repository,
  call: GitCall,
  input?: Buffer,
  seconds: number = MAX_READING_SECONDS,
): GitResult {
  const place = call.sees === "index and files" ? top : directory;
  const environment = {
    GIT_DIR: directory,
    GIT_WORK_TREE: place,
    GIT_OBJECT_DIRECTORY: join(own.common, "objects"),
    GIT_INDEX_FILE: call.sees ? join(own.path, "index") : join(directory, "no-index"),
    ...(call.literal && { GIT_LITERAL_PATHSPECS: "1" }),
  };
  return start(place, call, environment, { input, seconds });
}

/** Runs git in a folder of our own that is no repository, whatever it lies in. */
export function gitOutside(
  folder: string,
  call: GitCall,
  input?: Buffer,
  seconds: number = MAX_SECONDS,
): GitResult {
  return start(folder, call, { GIT_CEILING_DIRECTORIES: dirname(folder) }, { input, seconds });
}

function start(
  directory: string,
  { args }: GitCall,
  environment: Readonly<Record<string, string>>,
  { input, seconds }: { readonly input: Buffer | undefined; readonly seconds: number },
): GitResult {
  const run = spawnSync("git", args, {
    cwd: directory,
    env: { ...childEnvironment(), ...SHUT, ...environment },
    maxBuffer: MAX_OUTPUT,
    ...(input !== undefined && { input }),
    ...{ timeout: seconds * 1_000, killSignal: "SIGKILL" },
  });
  const timedOut = systemCode(run.error) === "ETIMEDOUT";
  const failure = timedOut ? `git ${args[0]} took longer than ${seconds} s` : run.error?.message;
  const said = failure ?? (run.signal ? `killed by ${run.signal}` : nameOf(run.stderr));
  const code = run.error ? undefined : (run.status ?? undefined);
  return { code, out: run.stdout ?? Buffer.alloc(0), errors: said.trim().split("\n"), timedOut };
}

/**
 * What a call printed. Throws Undecided where it took too long, and an InputError where its exit code is none of those
 * that are no failure.
 */
export function outputOf(result: GitResult, { args }: GitCall, fine: readonly number[] = [0]): Buffer {
  if (result.code !== undefined && fine.includes(result.code)) return result.out;
  if (result.timedOut) throw new Undecided(result.errors.join(" "));
  throw new InputError(`git ${args[0]}: ${result.errors[0] || `exit code ${result.code}`}`);
}
