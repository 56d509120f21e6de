import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commitAll, makeTree, runGit, writeFiles } from "../testing/tree.ts";
import { readCommits } from "./commits.ts";
import { commitId } from "./read.ts";
import { isTopOfCheckout, openRepository } from "./repository.ts";

function makeCheckout(...options: readonly string[]) {
  const root = makeTree({ "a.c": "int a;\n" });
  runGit(root, "init", "-q", "-b", "main", ...options);
  const first = commitAll(root, "first");
  writeFiles(root, { "a.c": "int b;\n" });
  return { root, first, second: commitAll(root, "second") };
}

function idOf(root: string, revision: string): string | undefined {
  const repository = openRepository(root);
  return repository && commitId(repository, revision);
}

describe("a commit is found by all that names it", () => {
  test.each([
    ["HEAD~1", (first: string) => first],
    ["main^", (first: string) => first],
    ["v1", (first: string) => first],
    ["HEAD^{/first}", (first: string) => first],
    ["main@{1}", (first: string) => first],
    ["topic@{upstream}~1", (first: string) => first],
    ["--all", () => undefined],
    ["HEAD:a.c", () => undefined],
    ["nothing", () => undefined],
  ])("%s", (revision, expected) => {
    const { root, first } = makeCheckout();
    runGit(root, "tag", "-a", "-m", "tagged", "v1", first);
    runGit(root, "branch", "-q", "--track", "topic", "main");
    expect(idOf(root, revision)).toBe(expected(first));
    expect(idOf(root, first.slice(0, 10))).toBe(first);
  });

  test("packed references, a HEAD of its own, and one that moved", () => {
    const { root, first, second } = makeCheckout();
    runGit(root, "branch", "old", first);
    runGit(root, "pack-refs", "--all");
    expect(idOf(root, "old")).toBe(first);
    expect(idOf(root, "HEAD")).toBe(second);
    runGit(root, "checkout", "-q", "--detach", first);
    expect(idOf(root, "HEAD")).toBe(first);
  });

  test("in a linked worktree, with references of its own", () => {
    const { root, first, second } = makeCheckout();
    const other = join(makeTree({}), "other");
    runGit(root, "worktree", "add", "-q", other, first);
    expect(idOf(other, "HEAD")).toBe(first);
    expect(idOf(other, "main")).toBe(second);
    runGit(other, "update-ref", "refs/worktree/mine", first);
    expect(idOf(other, "refs/worktree/mine")).toBe(first);
    expect(idOf(root, "refs/worktree/mine")).toBeUndefined();
  });

  test("in a repository of SHA-256", () => {
    const { root, first } = makeCheckout("--object-format=sha256");
    expect(first).toHaveLength(64);
    expect(idOf(root, "HEAD~1")).toBe(first);
  });

  test("in a shallow clone", () => {
    const { root, second } = makeCheckout();
    const clone = makeTree({});
    runGit(clone, "clone", "-q", "--depth", "1", `file://${root}`, ".");
    expect(idOf(clone, "HEAD")).toBe(second);
    expect(idOf(clone, "HEAD~1")).toBeUndefined();
  });
});

test("where a checkout begins", () => {
  const { root } = makeCheckout();
  mkdirSync(join(root, "below"));
  expect(isTopOfCheckout(root)).toBe(true);
  expect(isTopOfCheckout(join(root, "below"))).toBe(false);
  expect(openRepository(join(root, "below"))?.top).toBe(root);
  writeFileSync(join(root, "below", ".git"), "gitdir: nowhere\n");
  expect(openRepository(join(root, "below"))?.top).toBe(root);
  expect(openRepository(makeTree({}))).toBeUndefined();
});

test("what a commit says of itself, in its own encoding", () => {
  const { root } = makeCheckout();
  const message = join(makeTree({}), "message");
  writeFileSync(message, Buffer.from("gr\u00fc\u00dfe\nand more\n\nbody\n", "latin1"));
  const options = ["-c", "i18n.commitEncoding=ISO-8859-1", "-c", "user.name=A. B."];
  runGit(
    root,
    ...options,
    "commit",
    "-q",
    "--allow-empty",
    "-F",
    message,
    "--date",
    "2005-04-07T22:13:13+0230",
  );
  const repository = openRepository(root);
  if (!repository) throw new Error("no checkout");
  const id = commitId(repository, "HEAD") ?? "";
  expect(readCommits(repository, [id])).toEqual([
    {
      id,
      subject: "grüße and more",
      from: expect.stringContaining("<test@example.org>"),
      date: "Thu, 7 Apr 2005 22:13:13 +0230",
      parents: [commitId(repository, "HEAD~1")],
    },
  ]);
  expect(() => readCommits(repository, ["0".repeat(40)])).toThrow(`git: commit ${"0".repeat(40)} is missing`);
});

test("the checkout is only read", () => {
  const { root } = makeCheckout();
  const configuration = readFileSync(join(root, ".git", "config"), "utf8");
  idOf(root, "main@{upstream}");
  expect(readFileSync(join(root, ".git", "config"), "utf8")).toBe(configuration);
  expect(existsSync(join(root, ".git", "no-index"))).toBe(false);
});
