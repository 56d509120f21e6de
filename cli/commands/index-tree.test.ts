import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const ROOT = join(import.meta.dirname, "../..");
/** The bin as Node runs it, from source. */
const BIN = ["--import", "./testing/typescript-loader.mjs", "cli/main.ts", "index"];

/** A tree of so many files, in folders of ten. */
function treeOf(files: number): string {
  const root = temporaryFolder();
  for (let at = 0; at < files; at++) {
    const folder = join(root, `d${Math.floor(at / 10)}`);
    mkdirSync(folder, { recursive: true });
    const text = `void f${at}(struct box *b)\n{\n\tf${at + 1}(b);\n}\nstatic struct ops o${at} = { .run = f${at} };\n`;
    writeFileSync(join(folder, `${at}.c`), text);
  }
  return root;
}

/** The entries of a cache, each with what stands in it. */
function entriesOf(cache: string): ReadonlyMap<string, string> {
  const names = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const paths = names.map((each) => join(each.parentPath, each.name)).sort();
  return new Map(paths.map((path) => [path.slice(cache.length), readFileSync(path, "latin1")]));
}

test("it says what it read, and the second time the same", async () => {
  const [tree, cache] = [treeOf(25), temporaryFolder()];
  const said = /^.*: 25 files, 25 functions, \d+\.\d s, \d+\.\d MB kept\n$/;
  for (let run = 0; run < 2; run++) {
    const { code, out, err } = await runCli("index", "--tree", tree, "--cache", cache);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(said);
  }
});

test("without a cache nothing is kept, and what is left out is counted and listed", async () => {
  const tree = treeOf(1);
  writeFileSync(join(tree, "large.h"), " ".repeat(1024 * 1024 + 1));
  const { out } = await runCli("index", "--tree", tree, "--no-cache", "-v");
  expect(out).toMatch(
    /^left out: large\.h: more than 1 MiB\n.*: 2 files \(1 left out\), 1 functions, \d+\.\d s, nothing kept\n$/,
  );
});

test.each([
  ["no tree", [], /required option '--tree <dir>'/],
  ["no folder", ["--tree", "missing"], /missing: not a directory/],
  ["no number", ["--tree", ".", "--threads", "none"], /--threads none: not a positive whole number/],
  ["no commit", ["--tree", ROOT, "--commit", "missing"], /has no commit missing/],
])("bad input: %s", async (_, words, expected) => {
  const { code, err } = await runCli("index", "--no-cache", ...words);
  expect(code).toBe(2);
  expect(err).toMatch(expected);
});

test("any number of threads keeps the same, and so does a run after one that was killed", async () => {
  const tree = treeOf(3_000);
  // Files that have just been written are read again the next time.
  await sleep(2_100);
  const caches = [temporaryFolder(), temporaryFolder()];
  const words = (cache: string, threads: string) => [
    ...BIN,
    "--tree",
    tree,
    "--cache",
    cache,
    "--threads",
    threads,
  ];
  const [killed = "", other = ""] = caches;
  const child = spawn(process.execPath, words(killed, "2"), { cwd: ROOT, stdio: "ignore" });
  const ended = once(child, "exit");
  for (let wait = 0; wait < 400 && readdirSync(killed, { recursive: true }).length < 8; wait++)
    await sleep(10);
  child.kill("SIGKILL");
  await ended;
  execFileSync(process.execPath, words(killed, "2"), { cwd: ROOT });
  execFileSync(process.execPath, words(other, "1"), { cwd: ROOT });
  const isWhole = ([name]: readonly [string, string]) => !name.includes(".");
  expect([...entriesOf(killed)].filter(isWhole)).toEqual([...entriesOf(other)]);
  expect(entriesOf(other).size).toBeGreaterThan(30);
}, 60_000);
