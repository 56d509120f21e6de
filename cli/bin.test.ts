import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { VERSION } from "../model/tool-version.ts";

const ROOT = join(import.meta.dirname, "..");
/** The bin as Node runs it, from source. */
const BIN = ["--import", "./testing/typescript-loader.mjs", "cli/main.ts"];
const node = (...args: readonly string[]) =>
  execFileSync(process.execPath, [...BIN, ...args], { cwd: ROOT, encoding: "utf8" });

test("the bin prints the version that package.json has", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(VERSION).toBe(version);
  expect(node("--version")).toBe(`${version}\n`);
});

test("a reader that goes away is no error", async () => {
  const child = spawn(process.execPath, [...BIN, "list"], { cwd: ROOT });
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

/** Starts an endless search and interrupts it after so many milliseconds. */
async function interruptAfter(milliseconds: number) {
  const child = spawn(process.execPath, [...BIN, "explore", "cli/testing/endless.ts"], { cwd: ROOT });
  let out = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  const timer = setTimeout(() => child.kill("SIGINT"), milliseconds);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  return { code, out };
}

test("Ctrl-C ends a search with what it has, and exit code 3", async () => {
  let delay = 1000;
  let ended = await interruptAfter(delay);
  // A slow machine has not come to listen yet, and the signal just ends the process: wait longer.
  while (ended.code === null && delay < 20_000) {
    delay *= 2;
    ended = await interruptAfter(delay);
  }
  expect(ended.out).toContain("interrupted");
  expect(ended.code).toBe(3);
});
