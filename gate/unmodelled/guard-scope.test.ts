import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const fn = (...body: readonly string[]) =>
  [
    "static int f(struct box *box, int by)",
    "{",
    ...body.map((each) => `\t${each}`),
    "\treturn 0;",
    "}",
    "",
  ].join("\n");

async function boundsOf(before: string, after: string): Promise<readonly string[]> {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  return (await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) })).bounds;
}

const GUARD = "guard(mutex)(&box->lock);";
const ALL = [GUARD, "if (by > box->n)", "\treturn 1;", "box->n -= by;"];
const SCOPED = [
  "scoped_guard(spinlock, &lists_lock) {",
  "\tlist_add(&box->list, &boxes);",
  "\tcount++;",
  "}",
];

test.each([
  ["the guard is removed", ALL, ALL.slice(1), "if (by > box->n)"],
  ["the guard comes later", ALL, [...ALL.slice(1, 3), GUARD, ...ALL.slice(3)], "if (by > box->n)"],
  [
    "the guard moves into a block",
    ALL,
    ["if (by > box->n) {", `\t${GUARD}`, "\treturn 1;", "}", "box->n -= by;"],
    "box->n -= by;",
  ],
  [
    "a call whose result is returned leaves its scope",
    [GUARD, "return box_write(box->map, by);"],
    ["scoped_guard(mutex, &box->lock) {", "}", "return box_write(box->map, by);"],
    "return box_write(box->map, by);",
  ],
  ["a statement leaves its scope", SCOPED, [...SCOPED.slice(0, 2), "}", "count++;"], "count++;"],
  [
    "a call leaves its scope",
    [...SCOPED.slice(0, 3), "\tcompact();", "}"],
    [...SCOPED, "compact();"],
    "compact();",
  ],
])("a statement that is left outside is named where %s", async (_, before, after, text) => {
  const bounds = await boundsOf(fn(...before), fn(...after));
  expect(bounds).toEqual([expect.stringContaining(`f(): \`${text}\` is no longer under the guard of`)]);
});

test.each([
  [
    "the guard becomes a pair",
    [
      "mutex_lock(&box->lock);",
      "if (by > box->n) {",
      "\tmutex_unlock(&box->lock);",
      "\treturn 1;",
      "}",
      "box->n -= by;",
      "mutex_unlock(&box->lock);",
    ],
  ],
  ["another lock takes its place", ["guard(spinlock)(&box->other);", ...ALL.slice(1)]],
  ["the caller holds it", ["lockdep_assert_held(&box->lock);", ...ALL.slice(1)]],
  ["something new stands before it", ["by = by * 2;", ...ALL]],
  ["it is read before it is taken", [GUARD, "if (by > box->n)", "\treturn 2;", "box->n -= by;"]],
])("nothing is said where %s", async (_, after) => {
  const bounds = await boundsOf(fn(...ALL), fn(...after));
  expect(bounds.join("\n")).not.toMatch(/under the guard/);
});
