import { expect, test } from "vitest";
import { type Files, makeTree } from "../testing/tree.ts";
import { definersOf } from "./resolve.ts";
import { openTreeIndex } from "./tree-index.ts";

const REAL = "void box_lock(struct box *b)\n{\n\tspin_lock(&b->lock);\n}\n";
const OWN = `static ${REAL}`;
const INLINE = `static inline ${REAL}`;
const STUB = "static inline void box_lock(struct box *b)\n{\n}\n";

async function definers(files: Files, asker: string): Promise<readonly string[]> {
  const place = { kind: "folder", root: makeTree(files) } as const;
  const index = await openTreeIndex({ place, store: undefined, program: "1", threads: 1 });
  return definersOf(index, "box_lock", asker).paths;
}

test.each<readonly [what: string, files: Files, asker: string, expected: readonly string[]]>([
  ["its own file first", { "a/a.c": OWN, "a/b.c": REAL }, "a/a.c", ["a/a.c"]],
  ["no static one of another file", { "a/a.c": "", "b/b.c": OWN, "c/c.c": OWN }, "a/a.c", []],
  ["the only one of the tree", { "a/a.c": "", "b/b.c": REAL, "c/c.c": OWN }, "a/a.c", ["b/b.c"]],
  ["an inline one of a header", { "a/a.c": "", "include/box.h": INLINE }, "a/a.c", ["include/box.h"]],
  ["the nearest folder's", { "a/b/a.c": "", "a/c.c": REAL, "d/d.c": REAL }, "a/b/a.c", ["a/c.c"]],
  [
    "none of several that are as near",
    { "a/a.c": "", "b/b.c": REAL, "c/c.c": REAL },
    "a/a.c",
    ["b/b.c", "c/c.c"],
  ],
  [
    "its architecture's",
    { "arch/x/a.c": "", "arch/x/l/b.c": REAL, "arch/y/b.c": REAL, "lib/b.c": REAL },
    "arch/x/a.c",
    ["arch/x/l/b.c"],
  ],
  [
    "generic code, for an architecture without one",
    { "arch/x/a.c": "", "arch/y/b.c": REAL, "lib/b.c": REAL },
    "arch/x/a.c",
    ["lib/b.c"],
  ],
  [
    "none where an architecture may have its own",
    { "a/a.c": "", "arch/y/b.c": REAL, "a/b.c": REAL },
    "a/a.c",
    ["a/b.c", "arch/y/b.c"],
  ],
  ["nothing of the tools", { "a/a.c": "", "tools/b.c": REAL }, "a/a.c", []],
  ["the tools' own", { "tools/a.c": "", "tools/b.c": REAL, "b/b.c": REAL }, "tools/a.c", ["tools/b.c"]],
  [
    "what is built, not what stands for it where it isn't",
    { "a/a.c": "", "b/b.c": REAL, "include/b.h": `#ifdef CONFIG_B\n#else\n${STUB}#endif\n` },
    "a/a.c",
    ["b/b.c"],
  ],
  [
    "both arms of a header",
    { "a/a.c": "", "include/b.h": `#ifdef CONFIG_B\n${INLINE}#else\n${STUB}#endif\n` },
    "a/a.c",
    ["include/b.h"],
  ],
  [
    "none where a macro may hide it",
    { "a/a.c": "", "b/b.c": REAL, "include/b.h": "#define box_lock(b) other(b)\n" },
    "a/a.c",
    ["b/b.c", "include/b.h"],
  ],
  [
    "none hidden by its own name",
    { "a/a.c": "", "b/b.c": REAL, "include/b.h": "#define box_lock box_lock\n" },
    "a/a.c",
    ["b/b.c"],
  ],
])("%s", async (_, files, asker, expected) => {
  expect(await definers(files, asker)).toEqual(expected);
});
