import { describe, expect, test } from "vitest";
import { checkSource } from "../../functions/check.ts";
import { gate } from "../../gate/gate.ts";
import { readMails } from "../../gate/intake/mails.ts";
import { loadParser } from "../../model/c/index.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { sample } from "../mutate/random.ts";
import { readFolder } from "../mutate/site.ts";
import { preservingKinds } from "./edit-kind.ts";
import { gitDiff } from "./git-diff.ts";
import { preserve, type Rewrite, rewritesOf } from "./rewrite.ts";

/** Every way to write code differently has a place here. */
const source = {
  file: "mm/stock.c",
  text: `
static int left(struct stock *stock)
{
	return stock->count;
}

static int take(struct stock *stock, int wanted)
{
	int error = -EAGAIN;

	spin_lock(&stock->lock);
	if (stock->count < wanted)
		goto out;
	pr_debug("took %d", wanted);
	stock->count -= wanted;
	error = 0;
out:
	spin_unlock(&stock->lock);
	return error;
}

static int give(struct stock *stock, int given)
{
	int full = 0;

	mutex_lock(&stock->mutex);
	if (stock->closed) {
		mutex_unlock(&stock->mutex);
		return -EPERM;
	}
	if (stock->count + given > stock->size) {
		stock->turned_away += given;
	} else {
		stock->count += given;
	}
	full = 1;
	mutex_unlock(&stock->mutex);
	return full;
}

static void empty(struct stock *stock)
{
	mutex_lock(&stock->mutex);
	if (stock->count) {
		stock->count = 0;
	}
	mutex_unlock(&stock->mutex);
}

static int last;
`,
};

const lines = (text: string) => text.replace(/\s+/g, " ");

const patchOf = (rewrite: Rewrite) =>
  readMails("edit", Buffer.from(gitDiff(rewrite.source.file, rewrite.source.text, preserve(rewrite))));

test.each(preservingKinds)("$name: other text, valid C, and nothing found", async (kind) => {
  const rewrites = rewritesOf(source, kind);
  expect(rewrites).not.toHaveLength(0);
  const parser = await loadParser();
  const tree = directoryTree(makeTree({ [source.file]: source.text }));
  for (const rewrite of rewrites) {
    const text = preserve(rewrite);
    expect(lines(text)).not.toBe(lines(source.text));
    // The parser takes bodies: it puts a head before what it is given.
    expect(parser.parse(`{}${text}`).rootNode.hasError).toBe(false);
    const { findings } = await checkSource({ file: source.file, text }, { audit: true });
    expect(findings.filter((each) => !each.function.startsWith("own_"))).toEqual([]);
    const { verdict, new: fresh } = await gate(await patchOf(rewrite), { tree });
    expect({ verdict, fresh }).toEqual({ verdict: expect.stringMatching(/^holds$|^nothing/), fresh: [] });
  }
});

describe("real code, written differently", () => {
  const root = kernelSource();
  const files = root === undefined ? [] : readFolder(root, "mm");

  test.each(preservingKinds)("$name", { timeout: 60_000 }, async (kind) => {
    if (root === undefined) return;
    const places = files.flatMap((each) => rewritesOf(each, kind));
    expect(places).not.toHaveLength(0);
    for (const rewrite of sample(places, 1, 1)) {
      const report = await gate(await patchOf(rewrite), { tree: directoryTree(root), wholeTree: false });
      expect(report.new).toEqual([]);
    }
  });

  test("the kernel source is there", (context) => {
    if (root === undefined) context.skip(KERNEL_SOURCE_MISSING);
    expect(files).not.toHaveLength(0);
  });
});

test("a function that moves keeps its strings", () => {
  const kind = preservingKinds.find(({ name }) => name === "moved function");
  const rewrites = kind ? rewritesOf(source, kind) : [];
  const take = rewrites.find((each) => each.function === "take");
  expect(take && preserve(take)).toMatch(/static int last;[\s\S]*"took %d"/);
});
