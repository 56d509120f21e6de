import { execFileSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const workflows = readdirSync(join(ROOT, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const scripts = readdirSync(join(ROOT, ".ci")).filter((name) => !name.includes("."));
const commandsOf = (workflow: string) =>
  [...workflow.matchAll(/^ +- run: (?!\|)(.+)$/gm)].map(([, command]) => command);

test.each(workflows)("%s is valid, by the schema that its validator brings", (path) => {
  expect(validateWorkflow(text(path)).errors).toEqual([]);
  expect(validateWorkflow(text(path).replace("runs-on:", "runs:")).errors).not.toEqual([]);
});

test.each(workflows)("%s ends, may only read, and has the image with 6.12's source", (path) => {
  expect(text(path)).toMatch(/timeout-minutes: \d+/);
  expect(text(path)).toContain("permissions:\n  contents: read\n");
  expect(text(path)).toContain("container: node:20-bookworm\n");
});

describe("ci.yml", () => {
  const workflow = text(".github/workflows/ci.yml");

  test("runs on pushes to main and on pull requests", () => {
    expect(workflow).toContain("on:\n  push:\n    branches: [main]\n  pull_request:\n");
  });

  test("runs .ci/run last", () => expect(commandsOf(workflow).at(-1)).toBe(".ci/run"));
});

describe(".ci", () => {
  test.each(scripts)("%s parses and may be run", (name) => {
    const path = join(ROOT, ".ci", name);
    expect(() => accessSync(path, constants.X_OK)).not.toThrow();
    expect(() => execFileSync("bash", ["-n", path], { stdio: "pipe" })).not.toThrow();
  });

  const kernelSource = (environment: Record<string, string>) =>
    execFileSync(join(ROOT, ".ci/kernel-source"), {
      env: { PATH: process.env["PATH"] ?? "", ...environment },
      encoding: "utf8",
      stdio: "pipe",
    });

  test("kernel-source takes the tree that it is given", () => {
    expect(kernelSource({ HOLDFAST_LINUX: "a tree" })).toBe("a tree\n");
  });
});
