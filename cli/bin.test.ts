import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { VERSION } from "../model/tool-version.ts";
import { temporaryFolder } from "./testing/temporary.ts";

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

/** Starts the bin with other files for its output and errors. */
function start(args: readonly string[], out: number | "pipe" = "pipe", err: number | "pipe" = "pipe") {
  const child = spawn(process.execPath, [...BIN, ...args], { cwd: ROOT, stdio: ["ignore", out, err] });
  const said = { out: "", err: "" };
  child.stdout?.on("data", (text) => {
    said.out += text;
  });
  child.stderr?.on("data", (text) => {
    said.err += text;
  });
  const ended = new Promise<{ code: number | null; signal: string | null; out: string; err: string }>(
    (resolve) => child.on("close", (code, signal) => resolve({ code, signal, ...said })),
  );
  return { child, ended };
}

/** Code that the process runs before anything else. */
const preloaded = (code: string) => ["--import", `data:text/javascript,${encodeURIComponent(code)}`];

test.each([
  ["an error that nothing catches", "setTimeout(() => { throw new TypeError('planted'); })"],
  ["a promise that nobody waits for", "Promise.reject(new TypeError('planted'))"],
  [
    "an error of an emitter",
    "new (process.getBuiltinModule('events'))().emit('error', new TypeError('planted'))",
  ],
])("%s ends the process with its stack, and as no verdict", async (_, code) => {
  const plant = preloaded(`process.stdout.write = () => { ${code}; return true; };`);
  const { status, stderr } = spawnSync(process.execPath, [...plant, ...BIN, "list"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^internal error, please report: TypeError: planted\n +at /);
});

const FULL = "/dev/full";

describe("results that cannot be written are an error, and no verdict", () => {
  test("where the reader went away", async () => {
    const { child, ended } = start(["list"]);
    child.stdout?.destroy();
    const { code, err } = await ended;
    expect({ code, err }).toEqual({ code: 2, err: "error: cannot write to standard output: write EPIPE\n" });
  });

  test
    .skipIf(!existsSync(FULL))
    .each([
      "list",
      "explain spin_lock",
      "explore madvise --version v5",
      "check functions/fixtures/locks.c",
      "gate --no-cache examples/mail/continue-without-lock.eml",
      "graph batched-tlb-flush --tables 1",
      "replay counterexamples/corpus/walk-goes-on-unlocked.trace.json",
      "--help",
    ])("where the disk is full: %s", async (line) => {
    const { code, err } = await start(line.split(" "), openSync(FULL, "w")).ended;
    expect(code).toBe(2);
    expect(err).toMatch(/^error: cannot write to standard output: .*ENOSPC.*\n$/);
  });
});

describe("what cannot be said on standard error changes no exit code", () => {
  const UNKNOWN = ["check", "functions/fixtures/locks.c", "--function", "no_such_function"];

  test("where the reader went away", async () => {
    const { child, ended } = start(UNKNOWN);
    child.stderr?.destroy();
    expect((await ended).code).toBe(2);
  });

  test.skipIf(!existsSync(FULL))("where the disk is full", async () => {
    expect((await start(UNKNOWN, "pipe", openSync(FULL, "w")).ended).code).toBe(2);
  });
});

const ENDLESS = ["explore", "cli/testing/endless.ts"];

/** Sends the signal as soon as the run is ready for it. */
async function endedBy(signal: NodeJS.Signals, args: readonly string[], isReady: () => boolean) {
  const { child, ended } = start(args);
  while (!isReady() && child.exitCode === null) await sleep(20);
  child.kill(signal);
  return ended;
}

/** A function that keeps a search busy for seconds, so many times. */
function busySource(functions: number): string {
  const each = (line: (at: number) => string) => Array.from({ length: 18 }, (_, at) => line(at)).join("");
  const body = `${each((at) => `\tif (b->c${at})\n\t\tspin_lock(&b->l${at});\n`)}${each(
    (at) => `\tif (b->c${at})\n\t\tspin_unlock(&b->l${at});\n`,
  )}`;
  return Array.from({ length: functions }, (_, at) => `void f${at}(struct box *b)\n{\n${body}}\n\n`).join("");
}

const BUSY: Readonly<Record<string, (folder: string) => readonly string[]>> = {
  explore: () => ENDLESS,
  "explore by workers": () => [...ENDLESS, "--workers", "2", "--back-end", "wasm"],
  "explore at random": () => [...ENDLESS, "--random"],
  "explore that makes a run smaller": () => ["explore", "cli/testing/long-way.ts", "--shrink"],
  check: (folder) => {
    writeFileSync(join(folder, "busy.c"), busySource(200));
    return ["check", join(folder, "busy.c")];
  },
  gate: (folder) => {
    const lines = busySource(200).split("\n");
    const hunk = `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join("")}`;
    writeFileSync(join(folder, "busy.patch"), `--- /dev/null\n+++ b/busy.c\n${hunk}`);
    return ["gate", "--no-cache", join(folder, "busy.patch")];
  },
};

test.each([
  ...Object.entries(BUSY).map(([what, words]) => ({ what, words, signal: "SIGTERM" as const })),
  ...["explore", "explore that makes a run smaller"].map((what) => ({
    ...{ what, words: BUSY[what] ?? (() => ENDLESS), signal: "SIGINT" as const },
  })),
])("$what is ended by $signal at once in the middle of its work", async ({ what, words, signal }) => {
  const args = words(temporaryFolder());
  const started = Date.now();
  let asked = 0;
  const ended = await endedBy(signal, args, () => {
    asked = Date.now();
    // Random walks end by themselves.
    return asked - started > (what.includes("random") ? 800 : 2_000);
  });
  expect(ended).toMatchObject({ signal, out: "" });
  expect(Date.now() - asked).toBeLessThan(2_000);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends one that keeps checkpoints with what it has",
  async (signal) => {
    const path = join(temporaryFolder(), "checkpoint");
    // The first one tells that the search listens.
    const every = ["--checkpoint", path, "--checkpoint-every", "0.001"];
    const { code, out } = await endedBy(signal, [...ENDLESS, ...every], () => existsSync(path));
    expect(out).toContain("interrupted");
    expect(code).toBe(3);
  },
);
