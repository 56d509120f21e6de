import { renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStore } from "./cache/store.ts";
import { commitAll, type Files, makeTree, runGit, writeFiles } from "./testing/tree.ts";
import { commitTree, directoryTree } from "./tree.ts";

const FILES: Files = {
  "mm/a.c": "void box_lock(void);\n",
  "mm/b.c": "my_box_lock(); box_locked();\n",
  "mm/sub/c.c": "\tbox_lock();\n",
  "include/d.h": "#define x box_lock()\n",
  "Documentation/box.rst": "box_lock()\n",
  "fs/e f.c": "box_lock\n",
  "fs/g.c": "nothing\n",
};
const WHOLE = ["fs/e f.c", "include/d.h", "mm/a.c", "mm/sub/c.c"];

function makeCheckout(): string {
  const root = makeTree(FILES);
  runGit(root, "init", "-q");
  commitAll(root, "all");
  return root;
}

describe.each(["directory", "commit"] as const)("words in a %s", (kind) => {
  const open = () =>
    kind === "commit" ? commitTree(makeCheckout(), "HEAD") : directoryTree(makeTree(FILES));

  test("are found as words, in C alone", async () => {
    expect(await open().mentioning(["box_lock"], ".")).toEqual({ files: WHOLE });
  });

  test("under a folder", async () => {
    expect(await open().mentioning(["box_lock"], "mm")).toEqual({ files: ["mm/a.c", "mm/sub/c.c"] });
  });

  test("several at once", async () => {
    const { files } = await open().mentioning(["my_box_lock", "nothing"], ".");
    expect(files).toEqual(["fs/g.c", "mm/b.c"]);
  });

  test("that stand nowhere", async () => {
    expect(await open().mentioning(["no_such_word"], ".")).toEqual({ files: [] });
  });
});

describe("a commit is searched as it was, whatever stands in the checkout", () => {
  test("files that were changed, added or removed since", async () => {
    const root = makeCheckout();
    writeFiles(root, { "mm/a.c": "gone\n", "fs/g.c": "box_lock();\n", "fs/new.c": "box_lock();\n" });
    rmSync(join(root, "include/d.h"));
    renameSync(join(root, "mm/sub"), join(root, "mm/other"));
    expect((await commitTree(root, "HEAD").mentioning(["box_lock"], ".")).files).toEqual(WHOLE);
  });

  test("files that git was told not to look at", async () => {
    const root = makeCheckout();
    runGit(root, "update-index", "--assume-unchanged", "mm/a.c");
    runGit(root, "update-index", "--skip-worktree", "fs/g.c");
    writeFiles(root, { "mm/a.c": "gone\n", "fs/g.c": "box_lock();\n" });
    expect((await commitTree(root, "HEAD").mentioning(["box_lock"], ".")).files).toEqual(WHOLE);
  });

  test("an older commit", async () => {
    const root = makeCheckout();
    writeFiles(root, { "mm/a.c": "gone\n" });
    commitAll(root, "later");
    expect((await commitTree(root, "HEAD~1").mentioning(["box_lock"], ".")).files).toEqual(WHOLE);
    expect((await commitTree(root, "HEAD").mentioning(["box_lock"], ".")).files).not.toContain("mm/a.c");
  });
});

describe("what is remembered of a directory", () => {
  const search = (root: string, cache: string) =>
    directoryTree(root).mentioning(["box_lock"], ".", openStore(cache));

  test("is forgotten when a file changes, even one that keeps its time and size", async () => {
    const [root, cache] = [makeTree(FILES), makeTree({})];
    expect((await search(root, cache)).files).toEqual(WHOLE);
    const { atime, mtime } = statSync(join(root, "fs/g.c"));
    writeFiles(root, { "fs/g.c": "box_lock" });
    utimesSync(join(root, "fs/g.c"), atime, mtime);
    expect((await search(root, cache)).files).toEqual([...WHOLE.slice(0, 1), "fs/g.c", ...WHOLE.slice(1)]);
  });

  test("and when one comes or goes", async () => {
    const [root, cache] = [makeTree(FILES), makeTree({})];
    await search(root, cache);
    rmSync(join(root, "mm/a.c"));
    expect((await search(root, cache)).files).not.toContain("mm/a.c");
    renameSync(join(root, "mm/sub"), join(root, "mm/moved"));
    expect((await search(root, cache)).files).toContain("mm/moved/c.c");
  });
});
