import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = join(fileURLToPath(new URL("../..", import.meta.url)), "dist/cli/main.js");

/** The parts of a report that are counted here. */
interface Report {
  readonly findings: readonly { readonly confidence: "hard" | "audit" }[];
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
    const figures = join(directory, "time");
    const words = [bin, "check", "--audit", "--json", "--tree", tree, ...files];
    const timed = ["-f", "%U %e", "-o", figures, process.execPath, ...words];
    const { stdout, stderr } = spawnSync("time", timed, { encoding: "utf8", maxBuffer: 2 ** 28 });
    if (!stdout) throw new Error(`no report: ${stderr}`);
    const last = readFileSync(figures, "utf8").trim().split("\n").at(-1) ?? "";
    const [user = 0, wall = 0] = last.split(" ").map(Number);
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
