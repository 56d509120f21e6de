import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "./cache/store.ts";
import { commitTree } from "./commit-tree.ts";
import { fileIn } from "./names.ts";
import { commitAll, type Files, makeTree, runGit, writeFiles } from "./testing/tree.ts";
import { directoryTree } from "./tree.ts";

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
    expect(await open().mentioning(["box_lock"], ".")).toEqual({ files: WHOLE, unseen: [] });
  });

  test("under a folder", async () => {
    expect(await open().mentioning(["box_lock"], "mm")).toEqual({
      files: ["mm/a.c", "mm/sub/c.c"],
      unseen: [],
    });
  });

  test("several at once", async () => {
    const { files } = await open().mentioning(["my_box_lock", "nothing"], ".");
    expect(files).toEqual(["fs/g.c", "mm/b.c"]);
  });

  test("that stand nowhere", async () => {
    expect(await open().mentioning(["no_such_word"], ".")).toEqual({ files: [], unseen: [] });
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

/** A name in Latin-1. */
const ODD = "fs/b\udcfcchse.c";

describe.each(["directory", "commit"] as const)("what only a name or a link hides in a %s", (kind) => {
  const open = (prepare: (root: string) => void) => {
    const root = makeTree(FILES);
    prepare(root);
    runGit(root, "init", "-q");
    commitAll(root, "all");
    return kind === "commit" ? commitTree(root, "HEAD") : directoryTree(root);
  };

  test("names that are no UTF-8, or hold what lists end lines with", async () => {
    const names = [ODD, "f\nx\t.c", "-e.c", ":(top)y.c"];
    const tree = open((root) => {
      for (const name of names) writeFileSync(fileIn(root, name), "box_lock();\n");
    });
    const { files, unseen } = await tree.mentioning(["box_lock"], ".");
    expect({ files, unseen }).toEqual({ files: [...WHOLE, ...names].sort(), unseen: [] });
    const read = tree.readAll([...names, "fs", "none.c"]);
    expect([...read.files.keys()].sort()).toEqual([...names].sort());
    expect(read.unread).toEqual([]);
  });

  test("a folder whose name is no UTF-8 is searched", async () => {
    const folder = "b\udcfcchsen";
    const tree = open((root) => {
      mkdirSync(fileIn(root, folder));
      writeFileSync(fileIn(root, `${folder}/x.c`), "box_lock();\n");
    });
    const { files } = await tree.mentioning(["box_lock"], ".");
    expect(files).toContain(`${folder}/x.c`);
    const within = await tree.mentioning(["box_lock"], folder);
    expect(within).toEqual({ files: [`${folder}/x.c`], unseen: [] });
  });

  test("links out of the tree, and to what does not look like C", async () => {
    const beside = makeTree({ "x.c": "box_lock();\n" });
    const tree = open((root) => {
      writeFiles(root, { "mm/data.txt": "box_lock();\n" });
      symlinkSync(beside, join(root, "mm/out"));
      symlinkSync("../fs", join(root, "mm/in"));
      symlinkSync("a.c", join(root, "mm/a2.c"));
      symlinkSync("data.txt", join(root, "mm/z.c"));
      symlinkSync("/etc/hostname", join(root, "name.txt"));
    });
    const { files, unseen } = await tree.mentioning(["box_lock"], ".");
    expect(files).toEqual(WHOLE);
    expect([...unseen].sort()).toEqual(["mm/out leads out of the tree", "mm/z.c leads to mm/data.txt"]);
    expect(tree.readAll(["mm/a2.c"])).toEqual({
      files: new Map(),
      unread: [expect.stringContaining("link")],
    });
  });
});

test("a submodule's files are not seen, which is told", async () => {
  const root = makeCheckout();
  runGit(root, "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},drivers`);
  runGit(root, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "submodule");
  const { unseen } = await commitTree(root, "HEAD").mentioning(["box_lock"], ".");
  expect(unseen).toEqual(["drivers leads out of the tree"]);
});

test("files that are checked out in another encoding are searched in the commit", async () => {
  const root = makeCheckout();
  writeFiles(root, { ".gitattributes": "*.c working-tree-encoding=UTF-16\n" });
  runGit(root, "add", ".gitattributes");
  runGit(root, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "encoding");
  rmSync(join(root, "mm/a.c"));
  runGit(root, "checkout", "-q", "mm/a.c");
  expect(readFileSync(join(root, "mm/a.c"), "latin1")).not.toContain("box_lock");
  expect((await commitTree(root, "HEAD").mentioning(["box_lock"], ".")).files).toEqual(WHOLE);
});

describe("a search that fails is never one that finds nothing, nor remembered", () => {
  /** A folder with a program that does the work for all but some arguments, for which it runs a shell command. */
  const failing = (program: string, argument: string, does: string): string => {
    const real = execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
    const script = `#!/bin/sh\nfor a; do [ "$a" = "${argument}" ] && ${does}; done\nexec ${real} "$@"\n`;
    const folder = makeTree({ [program]: script });
    chmodSync(join(folder, program), 0o755);
    return folder;
  };
  const cases: readonly (readonly [string, "commit" | "directory", string, string, string])[] = [
    ["git grep fails", "commit", "git", "grep", "exit 128"],
    ["git grep is killed", "commit", "git", "grep", "kill -9 $$"],
    ["git grep complains", "commit", "git", "grep", "echo oops >&2 && exit 0"],
    ["find is killed", "directory", "find", "-P", "kill -9 $$"],
    ["find fails", "directory", "find", "-P", "exit 1"],
    ["xargs is killed", "directory", "xargs", "-0", "kill -9 $$"],
    ["grep is killed", "directory", "grep", "--null", "kill -9 $$"],
    ["grep fails", "directory", "grep", "--null", "echo oops >&2 && exit 2"],
  ];

  test.each(cases)("%s", async (_, kind, program, argument, does) => {
    const [root, cache] = [makeCheckout(), makeTree({})];
    const search = () => {
      const tree = kind === "commit" ? commitTree(root, "HEAD") : directoryTree(root);
      return tree.mentioning(["box_lock"], ".", openStore(cache));
    };
    vi.stubEnv("PATH", `${failing(program, argument, does)}:${process.env["PATH"]}`);
    const failed = await search().finally(() => void vi.unstubAllEnvs());
    expect(failed.trouble).toMatch(/./);
    expect(await search()).toEqual({ files: WHOLE, unseen: [] });
  });

  test("git cannot list the files", async () => {
    const root = makeCheckout();
    const tree = commitTree(root, "HEAD");
    vi.stubEnv("PATH", `${failing("git", "ls-tree", "kill -9 $$")}:${process.env["PATH"]}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(async () => tree.mentioning(["box_lock"], ".")).rejects.toThrow(
      "git ls-tree: killed by SIGKILL",
    );
    expect(() => tree.read("mm/a.c")).toThrow("git ls-tree: killed by SIGKILL");
  });

  test("an object is missing", async () => {
    const root = makeCheckout();
    const id = runGit(root, "rev-parse", "HEAD:mm/a.c").trim();
    rmSync(join(root, ".git/objects", id.slice(0, 2), id.slice(2)));
    const tree = commitTree(root, "HEAD");
    expect(tree.readAll(["mm/a.c", "mm/b.c"])).toEqual({
      files: new Map([["mm/b.c", expect.anything()]]),
      unread: [`mm/a.c: its object ${id} is missing`],
    });
    rmSync(join(root, "mm/a.c"));
    expect((await tree.mentioning(["box_lock"], ".")).trouble).toContain("mm/a.c");
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
