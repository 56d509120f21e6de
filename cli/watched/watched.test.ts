import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "../testing/temporary.ts";
import { mayEndHeap } from "./may-end-heap.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const BIN = ["--max-old-space-size=60", "--import", "./testing/typescript-loader.mjs", "cli/main.ts"];

/** Runs the bin with a heap of 60 MiB. */
function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...BIN, ...words], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const FULL = {
  status: 3,
  stdout: "",
  stderr: expect.stringMatching(/^undecided: out of memory: the heap has \d+ MiB \(.*\)\n$/),
};

describe("where V8's heap ends, that is one line, and a bound", () => {
  test("check", () => {
    const path = join(temporaryFolder(), "large.c");
    writeFileSync(path, "int x;\n".repeat(8_000_000));
    expect(run("check", path)).toEqual(FULL);
  });

  test("gate", () => {
    const path = join(temporaryFolder(), "large.patch");
    writeFileSync(path, `--- a/x.c\n+++ b/x.c\n@@ -1 +1,400001 @@\n int a;\n${"+int b;\n".repeat(400_000)}`);
    expect(run("gate", "--no-cache", path)).toEqual(FULL);
  });

  test("explore", () => {
    const path = join(temporaryFolder(), "model.mjs");
    writeFileSync(path, "const all = []; for (;;) all.push(new Array(1000).fill(0)); export default {};\n");
    expect(run("explore", path)).toEqual(FULL);
  });
});

test("what fits ends as without a watch, with all that it says", () => {
  expect(run("check", "functions/fixtures/locks.c")).toMatchObject({ status: 1, stderr: "" });
  const unknown = run("check", "functions/fixtures/locks.c", "--function", "no_such_function");
  expect(unknown).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/^error: no function/),
  });
});

test("a signal ends the watched process as well", async () => {
  const child = spawn(process.execPath, [...BIN, "explore", "cli/testing/endless.ts"], { cwd: ROOT });
  const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  await sleep(2_500);
  child.kill("SIGTERM");
  // Closed: none of both holds the pipes any more.
  expect(await ended).toEqual({ code: null, signal: "SIGTERM" });
});

test("small runs are not watched, nor what cannot grow", () => {
  expect(mayEndHeap(["check", "functions/fixtures/locks.c"])).toBe(false);
  expect(mayEndHeap(["check", "functions"])).toBe(true);
  expect(mayEndHeap(["list", "functions"])).toBe(false);
  expect(mayEndHeap(["check", "x".repeat(10_000)])).toBe(false);
  vi.stubEnv("HOLDFAST_WATCHED", "1");
  expect(mayEndHeap(["check", "functions"])).toBe(false);
  vi.unstubAllEnvs();
});
