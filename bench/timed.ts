import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built program. */
export const BIN = join(fileURLToPath(new URL("..", import.meta.url)), "dist/cli/main.js");

export interface Timed {
  readonly stdout: string;
  readonly stderr: string;
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all its threads. */
  readonly user: number;
  /** Greatest resident size, in MB. */
  readonly megabytes: number;
}

/** Runs a program once under GNU time, which leaves its figures in the directory. */
export function timed(command: string, words: readonly string[], directory: string): Timed {
  const figures = join(directory, "time");
  const { stdout, stderr } = spawnSync("time", ["-f", "%e %U %M", "-o", figures, command, ...words], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  // A program that fails is told of in a line before them.
  const last = readFileSync(figures, "utf8").trim().split("\n").at(-1) ?? "";
  const [wall = 0, user = 0, kilobytes = 0] = last.split(" ").map(Number);
  return { stdout, stderr, wall, user, megabytes: kilobytes / 1000 };
}
