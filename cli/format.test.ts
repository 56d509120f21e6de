import { describe, expect, test } from "vitest";
import { makeTree } from "../tree/testing/tree.ts";
import { EXAMPLE } from "./gate/testing/inputs.ts";
import { runCli } from "./testing/run-cli.ts";
import { wordsOf } from "./testing/shell.ts";

const TWICE = `static void fill(struct box *box)
{
	spin_lock(&box->lock);
	if (box->full)
		spin_lock(&box->lock);
	spin_unlock(&box->lock);
}
`;

const EXPLORE = ["explore", "examples/seqlock.ts", "--version", "no-recheck"];
const checkTwice = () => ["check", "box.c", "--tree", makeTree({ "box.c": TWICE })];
const COMMANDS: readonly (readonly [string, () => readonly string[]])[] = [
  ["check", checkTwice],
  ["gate", () => ["gate", EXAMPLE]],
  ["explore", () => EXPLORE],
];

describe.each(COMMANDS)("%s", (_, wordsFor) => {
  test("--json is short for --format json, and the two may stand together", async () => {
    const words = wordsFor();
    const short = await runCli(...words, "--json");
    expect(JSON.parse(short.out)).toBeTruthy();
    expect(await runCli(...words, "--format", "json")).toEqual(short);
    expect(await runCli(...words, "--format", "json", "--json")).toEqual(short);
  });

  test.each(["sarif", "junit", "github"])(
    "--format %s exits as the text does, and names the command",
    async (format) => {
      const words = wordsFor();
      const { code, out, err } = await runCli(...words, "--format", format);
      expect([code, err]).toEqual([1, ""]);
      expect(out).toContain(words.slice(0, 2).join(" "));
    },
  );
});

test("check prints its finding where GitHub shows it", async () => {
  const { out } = await runCli(...checkTwice(), "--format", "github");
  expect(out).toMatch(/^::error title=double-lock,file=box\.c,line=5::fill\(\): a lock is taken/);
});

test("--explain is in every format that a person reads", async () => {
  for (const format of ["text", "junit", "github"]) {
    const { out } = await runCli(...checkTwice(), "--explain", "--format", format);
    expect(out).toContain("guilty line: 4  if (box-");
  }
});

describe("the command that explore's report gives for a property judges this property alone", () => {
  test.each([
    ["a model of the user's", EXPLORE],
    [
      "a bounded search",
      ["explore", "madvise", "--version", "v5", "--ptes", "2", "--max-states", "900", "--no-reduce"],
    ],
  ])("%s", async (_, words) => {
    const all: readonly Judged[] = JSON.parse((await runCli(...words, "--json")).out);
    expect(all.length).toBeGreaterThan(1);
    for (const { property, verdict, reproduce } of all.slice(0, 3)) {
      const again: readonly Judged[] = JSON.parse((await runCli(...wordsOf(reproduce), "--json")).out);
      expect(again).toMatchObject([{ property, verdict }]);
    }
  });

  // The second seed's first run finds nothing: the path leaves that run out, and what it has visited.
  test.each([1399905990, 754145971])("random walks of seed %i are walked as they were", async (seed) => {
    const random = [...EXPLORE, "--random", "--seed", String(seed)];
    const [first] = JSON.parse((await runCli(...random, "--json")).out);
    const again = JSON.parse((await runCli(...wordsOf(first.reproduce), "--json")).out);
    expect(again).toContainEqual({
      ...first,
      states: expect.any(Number),
      transitions: expect.any(Number),
      bounds: expect.any(Array),
    });
  });
});

interface Judged {
  readonly property: string;
  readonly verdict: string;
  readonly reproduce: string;
}
