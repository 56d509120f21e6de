import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export type Files = Readonly<Record<string, string>>;

/** A directory with these files, removed after the test. */
export function makeTree(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), "holdfast-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFiles(root, files);
  return root;
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The patch between two states of a tree, as git writes it. */
export function diffOf(before: Files, after: Files, ...options: string[]): string {
  return diffsOf(before, after, [options])[0] ?? "";
}

/** The patch for each of several lists of git's options. */
export function diffsOf(
  before: Files,
  after: Files,
  options: readonly (readonly string[])[],
): readonly string[] {
  const root = makeTree({});
  runGit(root, "init", "-q");
  writeFiles(root, before);
  commitAll(root, "before");
  for (const path of Object.keys(before)) if (!(path in after)) rmSync(join(root, path));
  writeFiles(root, after);
  runGit(root, "add", "-A");
  return options.map((each) => runGit(root, "diff", "--cached", "-M", ...each, "HEAD"));
}

export function commitAll(root: string, subject: string): string {
  runGit(root, "add", "-A");
  runGit(root, "commit", "-q", "--allow-empty", "-m", subject);
  return runGit(root, "rev-parse", "HEAD").trim();
}

export function runGit(root: string, ...args: readonly string[]): string {
  const identity = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.org",
    "-c",
    "commit.gpgsign=false",
  ];
  return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" });
}
