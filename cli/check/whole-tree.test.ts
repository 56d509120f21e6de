import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

type Files = Readonly<Record<string, string>>;

function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

interface Said {
  readonly findings: readonly {
    readonly rule: string;
    readonly function: string;
    readonly confidence: string;
    readonly message: string;
  }[];
  readonly assumed: readonly string[];
}

/** What `check --audit` says of a file of a tree: findings as `confidence rule in function: message`, and what is assumed of calls. */
async function said(folder: string, file = "a/a.c") {
  const { out } = await runCli("check", file, "--tree", folder, "--audit", "--json", "--kernel", "6.12");
  const { findings, assumed } = JSON.parse(out) as Said;
  return {
    findings: findings.map((each) => `${each.confidence} ${each.rule} in ${each.function}: ${each.message}`),
    assumed: assumed.filter((each) => each.includes("is not known")),
  };
}

async function saidOf(files: Files, file?: string) {
  const folder = temporaryFolder();
  write(folder, files);
  return said(folder, file);
}

const GET =
  "\nint box_get(struct box *b)\n{\n\tint err = box_take(b);\n\n\tif (err)\n\t\treturn err;\n\treturn 0;\n}\n";
const take = (last: string) =>
  `int box_take(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tif (b->dead) {\n\t\tspin_unlock(&b->lock);\n\t\treturn -1;\n\t}\n${last}\treturn 0;\n}\n`;
const HELD = take("");
const GIVEN_BACK = take("\tspin_unlock(&b->lock);\n");
const user = (name: string) =>
  `int ${name}(struct box *b)\n{\n\tif (box_get(b))\n\t\treturn -1;\n\tspin_lock(&b->lock);\n\tb->n++;\n\tspin_unlock(&b->lock);\n\treturn 0;\n}\n`;
const twice = (name: string) =>
  `audit double-lock in ${name}: a lock is taken that is held already: b->lock (by box_take() at c/c.c:1)`;

test("a helper two files away that starts to return with a lock: cold, warm, and after its caller changed", async () => {
  vi.stubEnv("HOLDFAST_CACHE", temporaryFolder());
  onTestFinished(() => void vi.unstubAllEnvs());
  const folder = temporaryFolder();
  write(folder, { "a/a.c": user("f"), "b/b.c": GET, "c/c.c": GIVEN_BACK });
  const before = await said(folder);
  expect(before.findings).toEqual([]);
  write(folder, { "c/c.c": HELD });
  for (let run = 0; run < 2; run++) expect((await said(folder)).findings).toEqual([twice("f")]);
  write(folder, { "a/a.c": `/* changed */\n${user("g")}` });
  expect((await said(folder)).findings).toEqual([twice("g")]);
  rmSync(process.env["HOLDFAST_CACHE"] ?? "", { recursive: true });
  expect((await said(folder)).findings).toEqual([twice("g")]);
  write(folder, { "c/c.c": GIVEN_BACK });
  expect(await said(folder)).toEqual(before);
});

test("a helper that gives back what its caller took", async () => {
  const give = "void box_put(struct box *b)\n{\n\tif (b->n)\n\t\tb->n--;\n\tspin_unlock(&b->lock);\n}\n";
  const f = "void f(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tbox_put(b);\n\tspin_unlock(&b->lock);\n}\n";
  expect((await saidOf({ "a/a.c": f, "b/b.c": give })).findings).toEqual([
    "audit double-unlock in f: a lock is released that was released before: b->lock (by box_put() at b/b.c:1)",
  ]);
});

const CALLS_TAKE = user("f").replace("box_get", "box_take");

test("static functions of one name in two files mean each file's own", async () => {
  const others = { "b/b.c": `static ${HELD}`, "c/c.c": `static ${GIVEN_BACK}${GET}` };
  expect((await saidOf({ "a/a.c": CALLS_TAKE, ...others })).findings).toEqual([]);
  expect((await saidOf({ "a/a.c": user("f"), ...others })).findings).toEqual([]);
  const swapped = { "b/b.c": `static ${GIVEN_BACK}`, "c/c.c": `static ${HELD}${GET}` };
  expect((await saidOf({ "a/a.c": user("f"), ...swapped })).findings).toEqual([
    twice("f").replace("box_take() at c/c.c:1", "box_get() at c/c.c:11"),
  ]);
});

test("where several may be meant, nothing is found, and they are named", async () => {
  const files = { "a/a.c": CALLS_TAKE, "b/b.c": HELD, "c/c.c": GIVEN_BACK };
  expect(await saidOf(files)).toEqual({
    findings: [],
    assumed: ["a/a.c: what box_take() of b/b.c, c/c.c does to locks is not known"],
  });
  const alike = await saidOf({ ...files, "b/b.c": GIVEN_BACK });
  expect(alike).toEqual({ findings: [], assumed: [] });
});

test("an inline function of a header under two arms of an #if is a hint by the arm that keeps the lock", async () => {
  const inline = (text: string) => `static inline ${text}`;
  const header = `#ifdef CONFIG_BOX\n${inline(HELD)}#else\n${inline(GIVEN_BACK)}#endif\n`;
  const { findings } = await saidOf({ "a/a.c": CALLS_TAKE, "include/linux/box.h": header });
  expect(findings).toEqual([
    "audit double-lock in f: a lock is taken that is held already: b->lock (by box_take() at include/linux/box.h:2)",
  ]);
});

test("what only words say of a lock is not asked of the tree", async () => {
  const wordy = "void box_lock(struct box *b)\n{\n\tb->n++;\n}\n";
  const f = "void f(struct box *b)\n{\n\tbox_lock(b);\n\tspin_lock(&b->lock);\n\tspin_unlock(&b->lock);\n}\n";
  expect((await saidOf({ "a/a.c": f, "b/b.c": wordy })).findings).toEqual([]);
});

test("whether a tree was indexed before changes nothing: it is asked where --tree names it", () => {
  const root = join(import.meta.dirname, "../..");
  const bin = ["--import", join(root, "testing/typescript-loader.mjs"), join(root, "cli/main.ts")];
  const folder = temporaryFolder();
  const env = { ...process.env, HOLDFAST_CACHE: temporaryFolder() };
  const makefile = "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\n";
  write(folder, { Makefile: makefile, "a/a.c": user("f"), "b/b.c": GET, "c/c.c": HELD });
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, [...bin, ...words], { cwd: folder, env, encoding: "utf8" }).stdout;
  const alone = run("check", "--audit", "--terse", "a/a.c");
  const inTree = run("check", "--audit", "--terse", "--tree", ".", "a/a.c");
  expect(run("index", "--tree", ".")).toContain("3 files");
  expect(alone).not.toContain("double-lock");
  expect(inTree).toContain("double-lock");
  expect(run("check", "--audit", "--terse", "a/a.c")).toBe(alone);
  expect(run("check", "--audit", "--terse", "--tree", ".", "a/a.c")).toBe(inTree);
});
