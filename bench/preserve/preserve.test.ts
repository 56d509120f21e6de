import { expect, test } from "vitest";
import { checkSource } from "../../checker/functions/check.ts";
import { loadParser } from "../../model/c/parser.ts";
import { preservingKinds } from "./edit-kind.ts";
import { preserve, rewritesOf } from "./rewrite.ts";

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

static int last;
`,
};

const lines = (text: string) => text.replace(/\s+/g, " ");

test.each(preservingKinds)("$name: other text, valid C, and nothing found", async (kind) => {
  const rewrites = rewritesOf(source, kind);
  expect(rewrites).not.toHaveLength(0);
  const parser = await loadParser();
  for (const rewrite of rewrites) {
    const text = preserve(rewrite);
    expect(lines(text)).not.toBe(lines(source.text));
    // The parser takes bodies: it puts a head before what it is given.
    expect(parser.parse(`{}${text}`).rootNode.hasError).toBe(false);
    expect((await checkSource({ file: source.file, text }, { audit: true })).findings).toEqual([]);
  }
});

test("a function that moves keeps its strings", () => {
  const kind = preservingKinds.find(({ name }) => name === "moved function");
  const [rewrite] = kind ? rewritesOf(source, kind) : [];
  expect(rewrite && preserve(rewrite)).toMatch(/static int last;[\s\S]*"took %d"/);
});
