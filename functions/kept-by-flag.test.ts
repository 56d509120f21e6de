import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

async function rulesIn(body: string) {
  const text = `int f(struct box *b, bool given)\n{\n${body}\n\treturn 0;\n}\n`;
  const { findings } = await checkSource({ file: "f.c", text });
  return findings.map(({ rule, confidence }) => `${rule} ${confidence}`);
}

test.each([
  [
    "a flag that is set with the lock",
    "\tbool locked = false;\n\n\tif (b->n) {\n\t\tmutex_lock(&b->m);\n\t\tlocked = true;\n\t}\n\tb->n++;\n\tif (!locked)\n\t\tmutex_unlock(&b->m);",
  ],
  [
    "one that is cleared with it",
    "\tint free = 1;\n\n\tif (b->n) {\n\t\tmutex_lock(&b->m);\n\t\tfree = 0;\n\t}\n\tb->n++;\n\tif (free)\n\t\tmutex_unlock(&b->m);",
  ],
  [
    "one that decides on both",
    "\tbool need = b->n > 3;\n\n\tif (need)\n\t\tmutex_lock(&b->m);\n\tb->n++;\n\tif (!need)\n\t\tmutex_unlock(&b->m);",
  ],
  [
    "a bit",
    "\tunsigned int did = 0;\n\n\tif (b->n) {\n\t\tmutex_lock(&b->m);\n\t\tdid |= 1;\n\t}\n\tb->n++;\n\tif (!(did & 1))\n\t\tmutex_unlock(&b->m);",
  ],
])("%s, asked the wrong way round, keeps the lock", async (_, body) => {
  expect(await rulesIn(body)).toEqual(["exit-imbalance hard"]);
});

test.each([
  [
    "a flag asked rightly",
    "\tbool locked = false;\n\n\tif (b->n) {\n\t\tmutex_lock(&b->m);\n\t\tlocked = true;\n\t}\n\tb->n++;\n\tif (locked)\n\t\tmutex_unlock(&b->m);",
  ],
  [
    "a flag that the caller gives: it may take and release by one function",
    "\tif (given)\n\t\tmutex_lock(&b->m);\n\tb->n++;\n\tif (!given)\n\t\tmutex_unlock(&b->m);",
  ],
  [
    "a flag of what was given up",
    "\tbool again = false;\n\n\tif (b->n) {\n\t\tmutex_unlock(&b->m);\n\t\tagain = true;\n\t}\n\tb->n++;\n\tif (again)\n\t\tmutex_lock(&b->m);",
  ],
])("nothing is said of %s", async (_, body) => {
  expect(await rulesIn(body)).toEqual([]);
});
