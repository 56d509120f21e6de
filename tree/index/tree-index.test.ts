import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore, type Store } from "../cache/store.ts";
import { requireCommit, requireRepository } from "../commit-tree.ts";
import { commitAll, type Files, makeTree, runGit, writeFiles } from "../testing/tree.ts";
import type { Reading } from "./read-groups.ts";
import { openTreeIndex, type TreeIndex } from "./tree-index.ts";

const FILES: Files = {
  "a/box.c": "int box_open(struct box *b)\n{\n\treturn box_take(b);\n}\nstatic int own(void)\n{\n}\n",
  "b/use.c":
    "static int own(void)\n{\n\tbox_open(0);\n}\nstatic const struct ops o = { .open = box_open };\n",
  "include/box.h": "struct box {\n\tint n;\n};\n#define box_take(b) lock(b)\n",
};

const program = "1";
const reading = (root: string, store?: Store): Reading => ({
  place: { kind: "folder", root },
  store,
  program,
  threads: 1,
});
const newStore = () => openStore(makeTree({}));

/** All that can be asked of it, of the names of FILES. */
function told(index: TreeIndex): unknown {
  const names = ["box_open", "box_take", "own", "box", "lock", "nothing"];
  return names.map((name) => ({
    definitions: index.definitions(name),
    callers: index.callers(name).map((each) => `${each.path}: ${each.name}`),
    handed: index.handlersOf(name),
  }));
}

const places = (index: TreeIndex, name: string) => index.definitions(name).map(({ path }) => path);

test("it tells where names are defined, called and handed on", async () => {
  const index = await openTreeIndex(reading(makeTree(FILES)));
  expect(places(index, "own")).toEqual(["a/box.c", "b/use.c"]);
  expect(index.definitions("box_open")).toMatchObject([
    { path: "a/box.c", kind: "function", calls: ["box_take"] },
  ]);
  expect(index.definitions("box").map(({ kind }) => kind)).toEqual(["struct"]);
  expect(index.callers("box_open").map(({ name }) => name)).toEqual(["own"]);
  expect(index.handlersAt(".open")).toMatchObject([{ function: "box_open", path: "b/use.c" }]);
  expect(index.handlersOf("box_open")).toEqual(index.handlersAt(".open"));
  expect([index.files, index.functions]).toEqual([3, 3]);
  expect(index.definitions("")).toEqual([]);
});

test("a store changes nothing but the time: new, full, damaged, and taken away at once", async () => {
  const root = makeTree(FILES);
  const expected = told(await openTreeIndex(reading(root)));
  const directory = makeTree({});
  const store = openStore(directory);
  expect(told(await openTreeIndex(reading(root, store)))).toEqual(expected);
  const warm = await openTreeIndex(reading(root, store));
  expect(warm.cacheBytes).toBeGreaterThan(0);
  expect(told(warm)).toEqual(expected);
  const surprised = await openTreeIndex(reading(root, store));
  rmSync(directory, { recursive: true });
  expect(told(surprised)).toEqual(expected);
  expect(told(await openTreeIndex(reading(root, store)))).toEqual(expected);
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    if (name.includes("/")) writeFileSync(join(directory, name), "damaged");
  }
  expect(told(await openTreeIndex(reading(root, store)))).toEqual(expected);
});

test("a store that cannot be written to is none", async () => {
  const root = makeTree(FILES);
  const blocked = makeTree({ store: "a file" });
  const index = await openTreeIndex(reading(root, openStore(join(blocked, "store"))));
  expect(told(index)).toEqual(told(await openTreeIndex(reading(root))));
  expect(index.cacheBytes).toBe(0);
});

test("what changed is read again, also where size and times are those of before", async () => {
  const root = makeTree(FILES);
  const store = newStore();
  const long = new Date(Date.now() - 60_000);
  for (const path of Object.keys(FILES)) utimesSync(join(root, path), long, long);
  await openTreeIndex(reading(root, store));
  writeFiles(root, { "b/use.c": FILES["b/use.c"]?.replaceAll("box_open", "box_shut") ?? "" });
  utimesSync(join(root, "b/use.c"), long, long);
  const changed = await openTreeIndex(reading(root, store));
  expect(changed.callers("box_open")).toEqual([]);
  expect(changed.handlersAt(".open").map((each) => each.function)).toEqual(["box_shut"]);
  rmSync(join(root, "a/box.c"));
  writeFiles(root, { "c/new.c": "int box_open(void)\n{\n}\n" });
  expect(places(await openTreeIndex(reading(root, store)), "box_open")).toEqual(["c/new.c"]);
});

test("another program does not believe what one before it found", async () => {
  const root = makeTree(FILES);
  const store = newStore();
  const first = await openTreeIndex(reading(root, store));
  const other = { ...reading(root, store), program: "2" };
  expect(told(await openTreeIndex(other))).toEqual(told(first));
  expect(readdirSync(store.directory, { recursive: true }).length).toBeGreaterThan(8);
});

test("two at once do not disturb each other", async () => {
  const root = makeTree(FILES);
  const store = newStore();
  const [one, other] = await Promise.all([
    openTreeIndex(reading(root, store)),
    openTreeIndex(reading(root, store)),
  ]);
  expect(told(one)).toEqual(told(other));
});

test("links, other languages and git's own files are left alone; what is too large is named", async () => {
  const outside = makeTree({ "out.c": "int out(void)\n{\n}\n" });
  const root = makeTree({
    ...FILES,
    ".git/x.c": "int hidden(void)\n{\n}\n",
    "a/box.rs": "fn box_open() {}\n",
  });
  symlinkSync(join(outside, "out.c"), join(root, "link.c"));
  symlinkSync(outside, join(root, "folder"));
  mkdirSync(join(root, "folder.c"));
  writeFiles(root, { "big.h": `int big(void)\n{\n}\n${" ".repeat(1024 * 1024)}` });
  const index = await openTreeIndex(reading(root));
  expect(["out", "hidden", "big"].map((name) => places(index, name))).toEqual([[], [], []]);
  expect(places(index, "box_open")).toEqual(["a/box.c"]);
  expect(index.unread).toEqual(["big.h: more than 1 MiB"]);
});

test("a commit is read as it is, whatever stands in the checkout", async () => {
  const root = makeTree(FILES);
  runGit(root, "init", "-q");
  commitAll(root, "first");
  const expected = told(await openTreeIndex(reading(root)));
  writeFiles(root, { "b/use.c": "int other(void)\n{\n}\n" });
  const repository = requireRepository(root);
  const place = { kind: "commit", repository, commit: requireCommit(repository, "HEAD") } as const;
  const store = newStore();
  for (const each of [undefined, store, store]) {
    expect(told(await openTreeIndex({ place, store: each, program, threads: 1 }))).toEqual(expected);
  }
  const entries = readdirSync(store.directory, { recursive: true }).length;
  runGit(root, "checkout", "-q", "--", ".");
  expect(told(await openTreeIndex(reading(root, store)))).toEqual(expected);
  // A manifest alone is new: what the commit's contents come to is known.
  expect(readdirSync(store.directory, { recursive: true }).length).toBeLessThanOrEqual(entries + 2);
});
