import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A patch as people send it: git chooses its hunks, so that what stays in place is not shown as changed. */
export function gitDiff(file: string, before: string, after: string): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-preserve-"));
  try {
    const sides = [join("a", file), join("b", file)];
    for (const [index, text] of [before, after].entries()) {
      const path = join(folder, sides[index] ?? "");
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const args = ["diff", "--no-index", "--no-color", "--no-prefix", "--", ...sides];
    return spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
