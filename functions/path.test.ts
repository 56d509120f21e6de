import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const f = (...body: readonly string[]): string =>
  ["int f(struct box *box)", "{", ...body.map((each) => `\t${each}`), "}", ""].join("\n");

async function pathIn(text: string) {
  const { findings } = await checkSource({ file: "x.c", text }, { audit: true });
  return findings.map(({ rule, line, path }) => [rule, line, path.at(-1)?.line]);
}

test("a path ends where the rule is broken, not at the jump behind it", async () => {
  const text = f(
    "while (more(box)) {",
    "\tspin_lock(&box->lock);",
    "\tif (box->n)",
    "\t\tcontinue;",
    "\tspin_unlock(&box->lock);",
    "\tspin_unlock(&box->lock);",
    "\tcontinue;",
    "}",
    "return 0;",
  );
  for (const [, line, last] of await pathIn(text)) expect(last).toBe(line);
  expect((await pathIn(text)).map(([rule]) => rule)).toContain("double-unlock");
});

test("and at the way out, where that is what is wrong", async () => {
  const text = f(
    "spin_lock(&box->lock);",
    "if (box->n)",
    "\treturn 1;",
    "spin_unlock(&box->lock);",
    "return 1;",
  );
  expect(await pathIn(text)).toEqual([["exit-imbalance", 5, 5]]);
});

test("what a callee's body decides says so, by the names that the callee has", async () => {
  const text = `static void read(struct box *b)
{
	int on = b->on;

	if (!on)
		return;
	mutex_lock(&b->m);
	b->reads++;
	mutex_unlock(&b->m);
}

void f(struct box *b)
{
	mutex_lock(&b->m);
	read(b);
	mutex_unlock(&b->m);
}
`;
  const { findings } = await checkSource({ file: "f.c", text }, { audit: true });
  const decisions = findings.flatMap(({ path }) => path.flatMap(({ decision = [] }) => decision));
  expect(decisions).toEqual(["on in read() is true"]);
});
