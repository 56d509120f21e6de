import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, onTestFinished, test, vi } from "vitest";
import { makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { openWorkspace } from "./workspace.ts";

test("nothing temporary is left by a workspace that is removed, nor by a process that ends before", () => {
  const tree = directoryTree(makeTree({}));
  const temporary = makeTree({});
  vi.stubEnv("TMPDIR", temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(tmpdir()).toBe(temporary);
  const before = process.listeners("exit");
  openWorkspace(tree).remove();
  expect(readdirSync(temporary)).toEqual([]);
  expect(process.listeners("exit")).toEqual(before);
  openWorkspace(tree);
  expect(readdirSync(temporary)).toHaveLength(1);
  for (const listener of process.listeners("exit").slice(before.length)) listener(0);
  expect(readdirSync(temporary)).toEqual([]);
});
