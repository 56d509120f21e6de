import { readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diffOf, type Files, makeTree, runGit, writeFiles } from "../../tree/testing/tree.ts";
import { runCli } from "../testing/run-cli.ts";
import { broken, clean, EXAMPLE, f, LOCK, makeCheckout, patchFile, UNLOCK } from "./testing/inputs.ts";

test("the example mail: exit 1, naming the quoted statement", async () => {
  const { code, out } = await runCli("gate", EXAMPLE);
  expect(code).toBe(1);
  expect(out).toMatch(/at quoted line 52-53: if \(err\) continue;/);
});

describe("a patch with a tree", () => {
  test("a plain directory", async () => {
    const { code, out } = await runCli("gate", patchFile(clean, broken), "--tree", makeTree(clean));
    expect(code).toBe(1);
    expect(out).toContain("mm/x.c:6: error: f()");
  });

  test("the fix: exit 0, one fixed", async () => {
    const { code, out } = await runCli("gate", patchFile(broken, clean), "--tree", makeTree(broken));
    expect(code).toBe(0);
    expect(out).toContain("0 new, 1 fixed");
  });

  describe("that it does not apply to", () => {
    const run = (tree: Files, ...words: readonly string[]) =>
      runCli("gate", patchFile(broken, clean), "--tree", makeTree(tree), ...words);

    test("says so first, with the file and what helps, and is no verdict: exit 2", async () => {
      const { code, out } = await run({ "mm/x.c": "int x;\n" });
      expect(code).toBe(2);
      expect(out).toMatch(
        /^error: mm\/x\.c: the patch does not apply: patch failed: mm\/x\.c:\d+ \(--base COMMIT /,
      );
      expect(out).toMatch(/^error: not judged, as it does not apply$/m);
      expect(out).not.toContain(" new");
    });

    test("says where it is applied already", async () => {
      expect((await run(clean)).out).toMatch(/^error: mm\/x\.c: .*: it is applied already \(--base/);
    });

    test("says where the file is not there", async () => {
      expect((await run({})).out).toMatch(/^error: mm\/x\.c: .*: mm\/x\.c is not in /);
    });

    test("is told in every format, and posts nothing to Patchwork", async () => {
      for (const format of ["json", "sarif", "junit", "github", "kcidb"])
        expect((await run(clean, "--format", format)).out).toContain("it is applied already");
      expect((await run(clean, "--format", "patchwork")).out).toBe("");
    });

    test("still finds what its hunks show", async () => {
      const patch = patchFile(clean, broken);
      const { code, out } = await runCli("gate", patch, "--tree", makeTree({ "mm/x.c": "int x;\n" }));
      expect([code, out]).toEqual([1, expect.stringMatching(/^error: mm\/x\.c: the patch does not apply/)]);
    });
  });

  test("a change of a file's mode alone is nothing to check", async () => {
    const patch = "diff --git a/mm/x.c b/mm/x.c\nold mode 100755\nnew mode 100644\n";
    const file = join(makeTree({ "x.patch": patch }), "x.patch");
    const { code, out } = await runCli("gate", file, "--tree", makeTree(clean));
    expect([code, out]).toEqual([0, expect.stringMatching(/^nothing-to-check: /m)]);
  });

  test("the tree is left as it was", async () => {
    const root = makeTree(clean);
    const before = statSync(join(root, "mm/x.c"));
    await runCli("gate", patchFile(clean, broken), "--tree", root);
    expect(statSync(join(root, "mm/x.c"))).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino });
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(["mm", "mm/x.c"]);
  });

  test("a symbolic link in it is refused", async () => {
    const root = makeTree({ "elsewhere/x.c": clean["mm/x.c"] ?? "" });
    symlinkSync("elsewhere", join(root, "mm"));
    const { code, err } = await runCli("gate", patchFile(clean, broken), "--tree", root);
    expect([code, err]).toEqual([2, expect.stringContaining("is a symbolic link")]);
  });

  test("a base commit that is not there is stated, and nothing is guessed: exit 3", async () => {
    const { root } = makeCheckout(clean);
    const base = `\nbase-commit: ${"12".repeat(20)}\n`;
    const patch = join(
      makeTree({ "x.patch": diffOf(clean, { "mm/x.c": f(LOCK, UNLOCK) }) + base }),
      "x.patch",
    );
    const { code, out } = await runCli("gate", patch, "--tree", root);
    expect([code, out]).toEqual([3, expect.stringContaining(`base-commit ${"12".repeat(20)} is not in`)]);
  });

  test("a base commit that is there is what it applies to", async () => {
    const { root, commits } = makeCheckout(clean, { "mm/x.c": "int x;\n" });
    const patch = join(
      makeTree({ "x.patch": `${diffOf(clean, broken)}\nbase-commit: ${commits[0]}\n` }),
      "x.patch",
    );
    const { code, out } = await runCli("gate", patch, "--tree", root);
    expect([code, out]).toEqual([1, expect.stringContaining(`base ${commits[0]}`)]);
  });

  test("the commit checked out is the base as long as the files stand as in it", async () => {
    const { root, commits } = makeCheckout(clean);
    const args = ["gate", patchFile(clean, broken), "--tree", root];
    expect((await runCli(...args)).out).toContain(`base ${commits[0]}`);
    writeFiles(root, { "mm/x.c": `${clean["mm/x.c"]}\nint edited;\n` });
    expect(await runCli(...args)).toMatchObject({ code: 1, out: expect.stringContaining("base none") });
  });

  test("a plain directory within a checkout of something else is one: no base to look for", async () => {
    const { root } = makeCheckout({ ".gitignore": "linux\n" });
    writeFiles(join(root, "linux"), clean);
    const base = `base-commit: ${"12".repeat(20)}\n`;
    const patch = join(makeTree({ "x.patch": `${diffOf(clean, broken)}\n${base}` }), "x.patch");
    const { code, out } = await runCli("gate", patch, "--tree", join(root, "linux"));
    expect([code, out]).toEqual([1, expect.stringContaining("is no git checkout")]);
  });
});

describe("git", () => {
  test("a range, commit by commit: what one makes and a later one mends is seen", async () => {
    const { root, commits } = makeCheckout(clean, broken, clean);
    const { code, out } = await runCli(
      "gate",
      `${commits[0]}..${commits[2]}`,
      "--tree",
      root,
      "--format",
      "json",
    );
    const report = JSON.parse(out);
    expect(code).toBe(1);
    expect(report.patches.map((each: { new: number; fixed: number }) => [each.new, each.fixed])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(report.provenance.reproduce).toContain(`${commits[0]}..${commits[2]}`);
  });

  test("the index, and the working tree with it", async () => {
    const { root } = makeCheckout(clean);
    expect((await runCli("gate", "--index", "--tree", root)).code).toBe(0);
    writeFiles(root, broken);
    expect((await runCli("gate", "--index", "--tree", root)).code).toBe(0);
    expect((await runCli("gate", "--worktree", "--tree", root)).code).toBe(1);
    runGit(root, "add", "-A");
    expect((await runCli("gate", "--index", "--tree", root)).code).toBe(1);
  });
});

test("a baseline takes findings as known; what it lists in vain is warned of", async () => {
  const [patch, root] = [patchFile(clean, broken), makeTree(clean)];
  const known = join(makeTree({}), "known.json");
  expect((await runCli("gate", patch, "--tree", root, "--write-baseline", known)).code).toBe(0);
  const again = await runCli("gate", patch, "--tree", root, "--baseline", known);
  expect([again.code, again.out]).toEqual([0, expect.stringContaining("0 new, 0 fixed, 1 old")]);
  const fine = patchFile(clean, { "mm/x.c": f(LOCK, "box->n--;", UNLOCK) });
  const stale = await runCli("gate", fine, "--tree", root, "--baseline", known);
  expect([stale.code, stale.out]).toEqual([0, expect.stringContaining("warning: stale baseline entry")]);
});

test("a baseline that is written beside one that is read keeps what that one has", async () => {
  const [known, root] = [join(makeTree({}), "known.json"), makeTree(clean)];
  const twice: Files = { "mm/x.c": f(LOCK, LOCK, UNLOCK) };
  await runCli("gate", patchFile(clean, broken), "--tree", root, "--write-baseline", known);
  await runCli(
    "gate",
    patchFile(clean, twice),
    "--tree",
    root,
    "--baseline",
    known,
    "--write-baseline",
    known,
  );
  for (const after of [broken, twice]) {
    const { code } = await runCli("gate", patchFile(clean, after), "--tree", root, "--baseline", known);
    expect(code).toBe(0);
  }
});

describe("bad input is one line and exit code 2", () => {
  test.each([
    ["a file that is not there", ["gate", "nowhere.patch"], /nowhere\.patch: ENOENT/],
    ["a file without a diff", ["gate", "README.md"], /README\.md: no diff in it/],
    ["an unknown format", ["gate", EXAMPLE, "--format", "html"], /unknown format 'html' \(valid: text, json/],
    ["a range without a checkout", ["gate", "a..b", "--tree", "/"], /not a git checkout/],
    ["a base without a tree", ["gate", EXAMPLE, "--base", "v6.12"], /--base needs --tree/],
    ["what a tree becomes without the tree", ["gate", EXAMPLE, "--after", "."], /--after goes with --tree/],
    ["two ways to say the change", ["gate", EXAMPLE, "--worktree"], /give one of them/],
    ["a tree that is not there", ["gate", EXAMPLE, "--tree", "nowhere"], /--tree nowhere: not a directory/],
    [
      "a baseline that is none",
      ["gate", EXAMPLE, "--baseline", "package.json"],
      /package\.json is no baseline file/,
    ],
  ])("%s", async (_, args, message) => {
    const { code, err } = await runCli(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.trim().split("\n").length).toBeLessThanOrEqual(2);
  });
});

test("what is written is what the formats say", async () => {
  const { out } = await runCli("gate", EXAMPLE, "--format", "mail");
  expect(out).toContain("In age_pte_range()");
  expect(readFileSync(EXAMPLE, "utf8")).toContain("age_pte_range");
});
