import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { commitAll, diffOf, type Files, makeTree, runGit, writeFiles } from "../../tree/testing/tree.ts";
import { runCli } from "../testing/run-cli.ts";
import {
  type Evil,
  hostileAttributes,
  hostileConfiguration,
  hostileEnvironment,
  makeEvil,
} from "./testing/hostile.ts";

const lib = (onDead: string) =>
  `int box_begin(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tif (b->dead) {\n${onDead}\t\treturn 1;\n\t}\n\treturn 0;\n}\n`;
const BEFORE: Files = {
  "a/lib.c": lib(""),
  "b/user.c":
    "int go(struct box *b)\n{\n\tint ret = box_begin(b);\n\n\tspin_unlock(&b->lock);\n\treturn ret;\n}\n",
  "c/same.c": "int n;\n",
};
/** The caller in the other file now releases a lock that it may not hold. */
const UNLOCK = "\t\tspin_unlock(&b->lock);\n";
const AFTER: Files = { ...BEFORE, "a/lib.c": lib(UNLOCK) };
/** What a patch makes of that. */
const WORSE: Files = { ...AFTER, "a/lib.c": lib(UNLOCK + UNLOCK) };

/** A checkout with a commit, another one, and the same change again in the index and the working tree. */
function makeCheckout(): { root: string; patch: string } {
  const root = makeTree(BEFORE);
  runGit(root, "init", "-q", "-b", "main");
  commitAll(root, "before");
  writeFiles(root, AFTER);
  commitAll(root, "after");
  const folder = makeTree({ "x.patch": diffOf(AFTER, WORSE) });
  runGit(root, "tag", "changed");
  runGit(root, "reset", "-q", "--hard", "HEAD~1");
  writeFiles(root, AFTER);
  runGit(root, "add", "a/lib.c");
  return { root, patch: join(folder, "x.patch") };
}

const gateOf = (...words: readonly string[]) => ["gate", ...words, "--no-cache", "--format", "json"];
/** Every command that reads git, for a checkout. */
const commandsFor = (root: string, patch: string): Readonly<Record<string, readonly string[]>> => ({
  "a range": gateOf("main..changed", "--tree", root),
  "the index": gateOf("--index", "--tree", root),
  "the working tree": gateOf("--worktree", "--tree", root),
  "a patch": gateOf(patch, "--tree", root),
  "a patch with a base": gateOf(patch, "--tree", root, "--base", "changed"),
  check: ["check", "a/lib.c", "--tree", root, "--json"],
});

async function answers(root: string, patch: string) {
  const told: Record<string, unknown> = {};
  for (const [name, words] of Object.entries(commandsFor(root, patch))) {
    const { code, out, err } = await runCli(...words);
    told[name] = { code, out, err };
  }
  return told;
}

/** Puts all that git can be told by a tree, its repository and those below it. */
function takeOver(root: string, evil: Evil): void {
  const git = join(root, ".git");
  appendFileSync(join(git, "config"), hostileConfiguration(evil));
  writeFileSync(join(git, "info", "attributes"), hostileAttributes);
  writeFiles(root, { ".mailmap": "Other <o@example.org> <test@example.org>\n" });
  for (const name of ["git", "grep", "find", "xargs", "bin/git", "bin/grep"]) {
    mkdirSync(join(root, "bin"), { recursive: true });
    writeFileSync(join(root, name), readFileSync(evil.program));
    chmodSync(join(root, name), 0o755);
  }
  for (const repository of [join(root, "bare"), join(root, "sub.c", ".git")]) {
    mkdirSync(join(repository, "objects"), { recursive: true });
    mkdirSync(join(repository, "refs"));
    writeFileSync(join(repository, "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(join(repository, "config"), hostileConfiguration(evil).replaceAll('bare = "true"', ""));
  }
}

/** What only git itself can write, before its configuration is taken over. */
function plant(root: string): void {
  const blob = runGit(root, "rev-parse", "changed:a/lib.c").trim();
  const harmless = runGit(root, "rev-parse", "main:a/lib.c").trim();
  runGit(root, "replace", "-f", blob, harmless);
  runGit(
    root,
    "update-index",
    "--add",
    "--cacheinfo",
    `160000,${runGit(root, "rev-parse", "main").trim()},sub.c`,
  );
  writeFileSync(join(root, ".git", "info", "grafts"), runGit(root, "rev-parse", "changed"));
  age(root);
}

/** Make git read the files again at its next look, whether or not the index was written in the same second. */
function age(root: string): void {
  for (const path of Object.keys(BEFORE)) utimesSync(join(root, path), 1e9, 1e9);
}

afterEach(() => void vi.unstubAllEnvs());

describe("nothing that a tree or the environment names is run, and all verdicts stay", () => {
  test("the evil program is one that git runs", () => {
    const { root } = makeCheckout();
    const evil = makeEvil(makeTree({}));
    appendFileSync(join(root, ".git", "config"), `[core]\n\tfsmonitor = "${evil.program}"\n`);
    runGit(root, "status");
    expect(existsSync(evil.mark)).toBe(true);
    rmSync(evil.mark);
    writeFileSync(
      join(root, ".git", "config"),
      hostileConfiguration(evil).replace(/bare = "true"|worktree = .*/g, ""),
    );
    age(root);
    expect(() => execFileSync("git", ["diff"], { cwd: root, stdio: "ignore" })).toThrow();
    expect(existsSync(evil.mark)).toBe(true);
  });

  test("by the configuration, attributes and repositories of a tree", async () => {
    const { root, patch } = makeCheckout();
    plant(root);
    const before = await answers(root, patch);
    const evil = makeEvil(makeTree({}));
    takeOver(root, evil);
    expect(await answers(root, patch)).toEqual(before);
    expect(existsSync(evil.mark)).toBe(false);
    for (const [name, told] of Object.entries(before))
      if (name !== "check") expect(told).toMatchObject({ code: 1 });
  });

  test("where .git is a file that points elsewhere", async () => {
    const { root, patch } = makeCheckout();
    const before = await answers(root, patch);
    const evil = makeEvil(makeTree({}));
    takeOver(root, evil);
    const elsewhere = join(makeTree({}), "git");
    renameSync(join(root, ".git"), elsewhere);
    writeFileSync(join(root, ".git"), `gitdir: ${elsewhere}\n`);
    expect(await answers(root, patch)).toEqual(before);
    expect(existsSync(evil.mark)).toBe(false);
  });

  test("where .git is a link, its objects lie elsewhere, and a worktree has a configuration of its own", async () => {
    const { root, patch } = makeCheckout();
    const before = await answers(root, patch);
    const evil = makeEvil(makeTree({}));
    takeOver(root, evil);
    const [elsewhere, store] = [join(makeTree({}), "git"), makeTree({})];
    renameSync(join(root, ".git"), elsewhere);
    symlinkSync(elsewhere, join(root, ".git"));
    writeFileSync(join(elsewhere, "config.worktree"), hostileConfiguration(evil));
    appendFileSync(join(elsewhere, "config"), "[extensions]\n\tworktreeConfig = true\n");
    renameSync(join(elsewhere, "objects"), join(store, "objects"));
    mkdirSync(join(elsewhere, "objects", "info"), { recursive: true });
    writeFileSync(join(elsewhere, "objects", "info", "alternates"), `${join(store, "objects")}\n`);
    writeFileSync(join(elsewhere, "objects", "info", "http-alternates"), `ext::${evil.program}\n`);
    expect(await answers(root, patch)).toEqual(before);
    expect(existsSync(evil.mark)).toBe(false);
  });

  test("by the environment", async () => {
    const { root, patch } = makeCheckout();
    const before = await answers(root, patch);
    const evil = makeEvil(makeTree({}));
    takeOver(root, evil);
    for (const [name, value] of Object.entries(hostileEnvironment(evil))) vi.stubEnv(name, value);
    expect(await answers(root, patch)).toEqual(before);
    expect(existsSync(evil.mark)).toBe(false);
  });

  test("where an object is missing that could be fetched, which is no verdict", async () => {
    const { root, patch } = makeCheckout();
    const blob = runGit(root, "rev-parse", "changed:a/lib.c").trim();
    const evil = makeEvil(makeTree({}));
    takeOver(root, evil);
    rmSync(join(root, ".git", "objects", blob.slice(0, 2), blob.slice(2)));
    const told = await answers(root, patch);
    expect(told["a range"]).toMatchObject({ code: 2, err: expect.stringContaining(blob) });
    expect(existsSync(evil.mark)).toBe(false);
  });
});
