import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitDiffOf } from "../preserve/git-diff.ts";
import { BIN } from "../timed.ts";
import type { Found } from "../verdicts.ts";
import type { Version } from "./versions.ts";

export interface Finding extends Found {
  readonly rule: string;
  readonly confidence: "hard" | "audit";
  readonly function: string;
  readonly line: number;
  readonly message: string;
  readonly digest: string;
}

type Unseen = readonly { readonly file: string; readonly function: string; readonly reason: string }[];

/** The parts of the gate's report that are counted here. */
export interface Report {
  readonly new: readonly Finding[];
  readonly fixed: readonly Finding[];
  readonly functions: { readonly seen: number; readonly skipped: Unseen; readonly capped: Unseen };
  readonly bounds: readonly string[];
  readonly refused: readonly string[];
}

/**
 * What the built gate says of some files of a change between two versions, with both versions around them. Throws
 * where it says nothing, or where the patch does not apply.
 */
export function gateFiles(files: readonly string[], old: Version, latest: Version): Report {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-stable-"));
  try {
    const patch = join(folder, "part.patch");
    const sides = files.map((file) => ({ file, before: bytesOf(old, file), after: bytesOf(latest, file) }));
    writeFileSync(patch, gitDiffOf(sides));
    const words = [BIN, "gate", patch, "--format", "json", "--tree", old.folder, "--after", latest.folder];
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer: 2 ** 30 });
    if (!stdout) throw new Error(`${files[0]} and others: no report: ${stderr}`);
    const report: Report = JSON.parse(stdout);
    if (report.refused.length > 0) throw new Error(report.refused.join("\n"));
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bytesOf({ folder }: Version, file: string): Uint8Array | undefined {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path) : undefined;
}
