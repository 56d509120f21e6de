import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeFolder } from "./cache.ts";

test("makes all that is missing, for the user alone, and again without complaint", () => {
  const root = mkdtempSync(join(tmpdir(), "holdfast-folder-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const path = join(root, "a", "b");
  makeFolder(path);
  makeFolder(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolder(join(root, "file", "below"))).toThrow(/ENOTDIR/);
});

test.skipIf(process.platform !== "linux")("ends where nothing can be made", () => {
  expect(() => makeFolder("/proc/none/below")).toThrow(/ENOENT/);
});
