import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

export interface SourceFile {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file that is or will be committed: tracked, or new and not ignored. */
export function repositoryFiles(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return listed.split("\n").filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(ROOT, path), "utf8") };
}

export function typescriptSources(): readonly SourceFile[] {
  return repositoryFiles()
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .map(readSource);
}

export const isTest = ({ path }: SourceFile): boolean =>
  path.endsWith(".test.ts") || path.split("/").includes("testing");

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
