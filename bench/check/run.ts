import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIN, timed } from "../timed.ts";

export interface Finding {
  readonly id: string;
  readonly file: string;
  readonly confidence: "hard" | "audit";
  readonly consequences?: readonly Finding[];
}

/** The parts of a report that are counted here. */
interface Report {
  readonly findings: readonly Finding[];
  readonly functions: {
    readonly seen: number;
    readonly modelled: number;
    readonly skipped: readonly unknown[];
    readonly capped: readonly unknown[];
  };
}

export interface Checked {
  readonly report: Report;
  /** Seconds of all threads. */
  readonly user: number;
  /** Seconds. */
  readonly wall: number;
}

/** Checks files of a tree by the built program under GNU time. Throws where it gives no report. */
export function check(tree: string, files: readonly string[]): Checked {
  const directory = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  try {
    const words = [BIN, "check", "--audit", "--json", "--tree", tree, ...files];
    const { stdout, stderr, user, wall } = timed(process.execPath, words, directory);
    if (!stdout) throw new Error(`no report: ${stderr}`);
    return { report: JSON.parse(stdout), user, wall };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Seconds that it takes to check a file without functions. */
export function startUp(): number {
  const directory = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  try {
    writeFileSync(join(directory, "empty.c"), "\n");
    return Math.min(...[1, 2, 3].map(() => check(directory, ["empty.c"]).user));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
