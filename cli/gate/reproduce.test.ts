import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { type Files, makeTree, writeFiles } from "../../tree/testing/tree.ts";
import { runCli } from "../testing/run-cli.ts";
import { broken, clean, EXAMPLE, makeCheckout, patchFile, UNLOCK } from "./testing/inputs.ts";

/** The words of a command line, as a shell takes them. */
const wordsOf = (command: string): readonly string[] =>
  execFileSync("bash", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" })
    .trim()
    .split("\n");

describe("the command that a report gives for a finding gives this finding alone", () => {
  const LEAK: Files = { "mm/y.c": clean["mm/x.c"]?.replace("f(", "g(").replace(UNLOCK, "") ?? "" };
  const two: Files = { ...broken, ...LEAK };
  const inputs: Readonly<Record<string, () => readonly string[]>> = {
    "a mail that quotes": () => [EXAMPLE],
    "a patch with a tree": () => [patchFile({ ...clean, "mm/y.c": "" }, two), "--tree", makeTree(clean)],
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
      const [, ...words] = wordsOf(reproduce);
      const again = JSON.parse((await runCli(...words, "--format", "json")).out);
      expect(again.new.map((each: { digest: string }) => each.digest)).toEqual([digest]);
    }
  });

  test("and a digest that nothing has gives none", async () => {
    expect((await runCli("gate", EXAMPLE, "--only", "000000000000")).out).toContain("0 new");
  });
});
