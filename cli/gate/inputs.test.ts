import { describe, expect, test } from "vitest";
import { commitAll, diffOf, makeTree, runGit, writeFiles } from "../../tree/testing/tree.ts";
import { runCli } from "../testing/run-cli.ts";
import { broken, clean, f, LOCK, UNLOCK } from "./testing/inputs.ts";

const counted = { "mm/x.c": f(LOCK, "box->n--;", UNLOCK) };

/** A checkout in which the second commit is clean, and the third takes a lock twice. */
function history(): string {
  const root = makeTree({});
  runGit(root, "init", "-q", "-b", "main");
  for (const [at, files] of [clean, counted, broken].entries()) {
    writeFiles(root, files);
    commitAll(root, `commit ${at}`);
  }
  return root;
}

describe("a commit", () => {
  test.each([
    ["HEAD", 1],
    ["main", 1],
    ["-1", 1],
    ["HEAD~1", 0],
    ["-2", 1],
  ])("%s is the change", async (name, expected) => {
    const { code, out } = await runCli("gate", name, "--tree", history());
    expect({ code, out }).toEqual({ code: expected, out: expect.stringContaining("read ") });
  });

  test("is told by its id in the command that asks again", async () => {
    const root = history();
    const id = runGit(root, "rev-parse", "HEAD").trim();
    expect((await runCli("gate", "HEAD", "--tree", root)).out).toMatch(
      new RegExp(`reproduce: holdfast gate [0-9a-f]{40}\\.\\.${id} --tree`),
    );
  });

  test("without one before it is read as well", async () => {
    const root = history();
    const { code, out } = await runCli("gate", "HEAD~2", "--tree", root);
    expect(code).not.toBe(2);
    expect(out).toContain("read the first commit");
  });

  test.each([
    ["-9", "has no commit HEAD~9"],
    ["topic", "topic: ENOENT"],
  ])("%s that is not there is refused", async (name, said) => {
    const { code, err } = await runCli("gate", name, "--tree", history());
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(said) });
  });

  test("goes without --base", async () => {
    const { code, err } = await runCli("gate", "HEAD", "--base", "HEAD~1", "--tree", history());
    expect({ code, err }).toEqual({ code: 2, err: "error: --base does not go with a commit\n" });
  });
});

describe("the files of a series", () => {
  const mail = (part: number, body: string) =>
    `From: A <a@b>\nSubject: [PATCH ${part}/2] box: part ${part}\n\nText.\n\n${body}\n-- \n2.39\n`;
  const series = () => ({
    "0000-cover-letter.patch": mail(0, " mm/x.c | 2 +-\n 1 file changed, 1 insertion(+)\n"),
    "0001-a.patch": mail(1, diffOf(clean, counted)),
    "0002-b.patch": mail(2, diffOf(counted, broken)),
    "notes.txt": "not read",
  });

  test("may have a cover letter, which is no patch", async () => {
    const folder = makeTree(series());
    const names = ["0000-cover-letter.patch", "0001-a.patch", "0002-b.patch"].map(
      (name) => `${folder}/${name}`,
    );
    const { code, out } = await runCli("gate", ...names, "--tree", makeTree(clean));
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("1 new") });
    expect(out).not.toContain("lacks");
  });

  test("may be given as their folder", async () => {
    const { code, out } = await runCli("gate", makeTree(series()), "--tree", makeTree(clean));
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("1 new") });
  });

  test("are taken in the order of the series, and it is said", async () => {
    const folder = makeTree(series());
    const names = ["0002-b.patch", "0001-a.patch"].map((name) => `${folder}/${name}`);
    const { code, out } = await runCli("gate", ...names, "--tree", makeTree(clean));
    expect(code).toBe(1);
    expect(out).toContain("note: given as parts 2, 1: taken in the order of the series");
  });

  test("are wanted with a cover letter", async () => {
    const folder = makeTree({ "0000.patch": series()["0000-cover-letter.patch"] });
    const { code, err } = await runCli("gate", folder);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("a cover letter, and no patch of its series"),
    });
  });

  test("are missed where the cover letter has others alone", async () => {
    const folder = makeTree({
      "0000.patch": series()["0000-cover-letter.patch"],
      "0001.patch": series()["0001-a.patch"],
    });
    const { code, out } = await runCli("gate", folder, "--tree", makeTree(clean));
    expect({ code, out }).toEqual({ code: 3, out: expect.stringContaining("v1 lacks part 2 of 2") });
  });

  test("are wanted in a folder", async () => {
    const { code, err } = await runCli("gate", makeTree({ "notes.txt": "none" }));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("no patch in it (.patch,") });
  });
});
