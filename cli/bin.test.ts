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

test("Ctrl-C ends a search with what it has, and exit code 3", async () => {
  const args = [...BIN, "explore", "cli/testing/endless.ts"];
  const child = spawn(process.execPath, args, { cwd: ROOT });
  let out = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  const interrupt = setInterval(() => child.kill("SIGINT"), 3000);
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(interrupt);
  expect(out).toContain("interrupted");
  expect(code).toBe(3);
});
