import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of the running test's own, removed when that has finished. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "holdfast-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
