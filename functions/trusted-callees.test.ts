import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

async function assumedIn(body: string) {
  const { findings, bounds, assumed } = await checkSource({
    file: "f.c",
    text: `int f(struct box *b)\n{\n${body}\n}\n`,
  });
  expect(findings).toEqual([]);
  return { bounds, assumed };
}

test.each([
  [
    "the lock",
    "\tmutex_lock(&b->m);\n\tif (b->n)\n\t\treturn finish(&b->m);\n\tmutex_unlock(&b->m);\n\treturn 0;",
    5,
  ],
  [
    "the lock's object",
    "\tmutex_lock(&b->m);\n\tif (b->n)\n\t\treturn finish(b);\n\tmutex_unlock(&b->m);\n\treturn 0;",
    5,
  ],
  [
    "the lock, before it returns",
    "\tmutex_lock(&b->m);\n\tif (b->n) {\n\t\tfinish(&b->m);\n\t\treturn 1;\n\t}\n\tmutex_unlock(&b->m);\n\treturn 0;",
    6,
  ],
])("that a callee which is handed %s releases it is assumed", async (_, body, line) => {
  expect(await assumedIn(body)).toEqual({
    bounds: [],
    assumed: [`f.c:${line}: f(): finish() releases b->m`],
  });
});

test.each([
  [
    "is given back behind the call",
    "\tmutex_lock(&b->m);\n\tfinish(&b->m);\n\tmutex_unlock(&b->m);\n\treturn 0;",
  ],
  ["is given back before it", "\tmutex_lock(&b->m);\n\tmutex_unlock(&b->m);\n\treturn finish(b);"],
])("nothing is where the lock %s", async (_, body) => {
  expect((await assumedIn(body)).assumed).toEqual([]);
});

test("nor where it is a bound that the callee's effect is unknown", async () => {
  const { bounds, assumed } = await assumedIn("\tmutex_lock(&b->m);\n\tmy_unlock(&b->m);\n\treturn 0;");
  expect(assumed).toEqual([]);
  expect(bounds).toEqual([expect.stringContaining("my_unlock()")]);
});
