import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A file on both sides of a patch; undefined on the side that has it not. */
export interface Sides {
  readonly file: string;
  readonly before: string | Uint8Array | undefined;
  readonly after: string | Uint8Array | undefined;
}

/** A patch as people send it: git chooses its hunks, so that what stays in place is not shown as changed. */
export const gitDiff = (file: string, before: string, after: string): string =>
  gitDiffOf([{ file, before, after }]);

/** One patch to several files. */
export function gitDiffOf(files: readonly Sides[]): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-diff-"));
  try {
    for (const side of ["a", "b"]) mkdirSync(join(folder, side));
    for (const { file, before, after } of files) {
      write(join(folder, "a", file), before);
      write(join(folder, "b", file), after);
    }
    const args = ["diff", "--no-index", "--no-color", "--no-prefix", "--no-renames", "--", "a", "b"];
    return spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(path: string, text: string | Uint8Array | undefined): void {
  if (text === undefined) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
