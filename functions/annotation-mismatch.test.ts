import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** What is found without hints in a function that says it returns with the lock. */
async function hardIn(type: string, ...body: readonly string[]): Promise<readonly string[]> {
  const lines = body.map((each) => `\t${each}\n`).join("");
  const text = `${type} box_lock(struct box *b) __acquires(&b->q->lock)\n{\n${lines}}\n`;
  const { findings } = await checkSource({ file: "a.c", text });
  return findings.map(({ line, rule }) => `${line}: ${rule}`);
}

const LOCK = "spin_lock(&b->q->lock);";

test.each([
  ["nothing", "void", ["if (b->dead)", "\treturn;", LOCK], "4: exit-imbalance"],
  ["the same number", "int", ["if (b->dead)", "\treturn 0;", LOCK, "return 0;"], "4: exit-imbalance"],
  [
    "the same member",
    "struct q *",
    ["if (!spin_trylock(&b->q->lock))", "\treturn b->q;", "b->n++;", "return b->q;"],
    "4: exit-imbalance",
  ],
])(
  "an exit that returns %s and lacks the annotated lock is found without --audit",
  async (_, type, body, found) => {
    expect(await hardIn(type, ...body)).toEqual([found]);
  },
);

test.each([
  ["an error", "int", ["if (b->dead)", "\treturn -EIO;", LOCK, "return 0;"]],
  ["false", "bool", ["if (b->dead)", "\treturn false;", LOCK, "return true;"]],
  ["NULL", "void *", ["void *p = find(b);", "if (!p)", "\treturn NULL;", LOCK, "return p;"]],
  [
    "what a variable says",
    "int",
    ["int r = ask(b);", "if (b->dead)", "\treturn r;", "r = ask(b);", LOCK, "return r;"],
  ],
])("one that tells so by %s is none", async (_, type, body) => {
  expect(await hardIn(type, ...body)).toEqual([]);
});
