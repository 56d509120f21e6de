import { describe, expect, test } from "vitest";
import { type Files, makeTree, writeFiles } from "../../tree/testing/tree.ts";
import { runCli } from "../testing/run-cli.ts";
import { wordsOf } from "../testing/shell.ts";
import { broken, clean, EXAMPLE, makeCheckout, patchFile, UNLOCK } from "./testing/inputs.ts";

describe("the command that a report gives for a finding gives this finding alone", () => {
  const LEAK: Files = { "mm/y.c": clean["mm/x.c"]?.replace("f(", "g(").replace(UNLOCK, "") ?? "" };
  const bare: Files = { ...clean, "mm/y.c": "" };
  const two: Files = { ...broken, ...LEAK };
  const inputs: Readonly<Record<string, () => readonly string[]>> = {
    "a mail that quotes": () => [EXAMPLE],
    "a patch with a tree": () => [patchFile(bare, two), "--tree", makeTree(bare)],
    "a part of a larger change": () => [
      patchFile(bare, { ...bare, ...broken }),
      ...["--tree", makeTree(bare), "--after", makeTree(two)],
    ],
    "a name for no shell": () => [
      patchFile(clean, broken, "a patch; $(of) mine.patch"),
      "--callers",
      "folder",
    ],
    "a range": () => ["HEAD~1..", "--tree", makeCheckout(clean, two).root],
    "the working tree": () => {
      const { root } = makeCheckout(clean);
      writeFiles(root, two);
      return ["--worktree", "--tree", root];
    },
  };

  test.each(Object.entries(inputs))("%s", async (_, input) => {
    const { out } = await runCli("gate", ...input(), "--format", "json");
    const found: readonly { reproduce: string; digest: string }[] = JSON.parse(out).new;
    expect(found.length).toBeGreaterThan(0);
    for (const { reproduce, digest } of found) {
      const words = wordsOf(reproduce);
      const again = JSON.parse((await runCli(...words, "--format", "json")).out);
      expect(again.new.map((each: { digest: string }) => each.digest)).toEqual([digest]);
    }
  });

  test("a digest that nothing has is an error, and no verdict", async () => {
    const { code, out, err } = await runCli("gate", EXAMPLE, "--only", "zzz");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^error: --only: no finding has the digest 'zzz' \(valid: [0-9a-f]{12}\b/);
  });

  test("what is left out counts for the verdict, and is said", async () => {
    const twice = { ...broken, "mm/y.c": broken["mm/x.c"]?.replace("f(", "g(") ?? "" };
    const words = ["gate", patchFile(bare, twice), "--tree", makeTree(bare)];
    const [first] = JSON.parse((await runCli(...words, "--format", "json")).out).new;
    const { code, out } = await runCli(...words, "--only", first.digest);
    expect(code).toBe(1);
    expect(out).toContain("note: --only leaves out 1 new\n");
  });
});
