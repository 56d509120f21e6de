import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

export interface GitResult {
  readonly ok: boolean;
  readonly out: string;
  /** The first line of what went wrong. */
  readonly error: string;
  /** All lines of it. */
  readonly errors: readonly string[];
}

export interface GitOptions {
  readonly input?: Buffer;
  readonly environment?: Readonly<Record<string, string>>;
  /** latin1 keeps every byte. */
  readonly encoding?: "utf8" | "latin1";
}

/** Nothing that a repository's configuration names is run, and nothing in it is written. */
const SAFE = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=true"];
/** Options of a diff: the same output whatever the user's configuration says, and no program of its choosing run. */
export const DIFF = [
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--no-relative",
  "-M",
  "-U3",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];
const MAX_OUTPUT = 512 * 1024 * 1024;

/** Runs git in a directory, without a shell. Options of the user's environment that change output are left out. */
export function git(
  directory: string,
  args: readonly string[],
  { input, environment, encoding = "utf8" }: GitOptions = {},
): GitResult {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = process.env;
  const env = { ...rest, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", ...environment };
  const run = spawnSync("git", [...SAFE, ...args], {
    cwd: directory,
    encoding,
    env,
    maxBuffer: MAX_OUTPUT,
    ...(input !== undefined && { input }),
  });
  const errors = (run.error?.message ?? run.stderr ?? "").trim().split("\n");
  return { ok: run.status === 0, out: run.stdout ?? "", error: errors[0] ?? "", errors };
}

/** Runs `git apply` in a directory that is no repository, whatever it lies in. */
export function gitApply(directory: string, patch: Buffer, options: readonly string[]): GitResult {
  const environment = { GIT_CEILING_DIRECTORIES: dirname(directory) };
  return git(directory, ["apply", "--whitespace=nowarn", ...options, "-"], { input: patch, environment });
}
