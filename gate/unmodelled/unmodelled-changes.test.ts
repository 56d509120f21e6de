import { describe, expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const f = (...body: string[]) =>
  [
    "static int f(struct box *box)",
    "{",
    ...body.map((each) => (each.startsWith("#") ? each : `\t${each}`)),
    "\treturn 0;",
    "}",
    "",
  ].join("\n");

const LOCK = "spin_lock(&box->lock);";
const UNLOCK = "spin_unlock(&box->lock);";
const arms = (last: string) => [
  ...["A", "B", "C", "D", "E", "F"].flatMap((each, at) => [
    `#${at === 0 ? "if" : "elif"} defined(CONFIG_${each})`,
    each === "F" ? last : "box->n++;",
  ]),
  "#endif",
];

const cases: readonly (readonly [string, Files, Files, RegExp])[] = [
  [
    "an #if arm that no reading takes",
    { "a.c": f(LOCK, ...arms("box->n++;"), UNLOCK) },
    { "a.c": f(LOCK, ...arms(UNLOCK), UNLOCK) },
    /a\.c:\d+: #if arm not read/,
  ],
  [
    "a function that the change leaves without an end",
    { "a.c": f(LOCK, "if (box->full) {", "box->n++;", "}", UNLOCK) },
    { "a.c": f(LOCK, "if (box->full) {", "box->n++;", UNLOCK) },
    /a\.c:\d+: braces do not balance/,
  ],
  [
    "an exit in a block with a head that is not understood",
    { "a.c": f(LOCK, "box->n++;", UNLOCK).replace("(struct box *box)", "(box) struct box *box;") },
    { "a.c": f(LOCK, "return 1;", UNLOCK).replace("(struct box *box)", "(box) struct box *box;") },
    /a\.c:2: a block with no head that is understood/,
  ],
  [
    "a comment that hides the rest",
    { "a.c": `/* one */\n${f(LOCK, UNLOCK)}` },
    { "a.c": `/* one\n${f(LOCK, UNLOCK)}` },
    /a\.c:1: comment not closed/,
  ],
  [
    "a function of the table",
    { "a.c": "void spin_unlock(spinlock_t *lock)\n{\n\tone();\n}\n" },
    { "a.c": "void spin_unlock(spinlock_t *lock)\n{\n\ttwo();\n}\n" },
    /spin_unlock\(\) is defined anew/,
  ],
  [
    "a statement that can't be parsed",
    { "a.c": f(LOCK, UNLOCK) },
    { "a.c": f(LOCK, "box ## @@ spin_unlock(&box->lock) ] ;", UNLOCK) },
    /a\.c:\d+: statement not understood/,
  ],
  [
    "an unknown callee that is handed the lock",
    { "a.c": f(LOCK, UNLOCK) },
    { "a.c": f(LOCK, "shake(&box->lock);", UNLOCK) },
    /a\.c:4: shake\(&box->lock\) is handed a lock/,
  ],
  [
    "an unknown callee that is handed a pointer to a lock",
    { "a.c": f("spinlock_t *lock;", "spin_lock(box->a);") },
    { "a.c": f("spinlock_t *lock;", "find(box, &lock);", "spin_lock(box->a);") },
    /find\(&lock\) is handed a lock/,
  ],
  [
    "an unknown callee that is handed the lock no more",
    { "a.c": f(LOCK, "shake(&box->lock);", UNLOCK) },
    { "a.c": f(LOCK, UNLOCK) },
    /a\.c:4: shake\(&box->lock\) was handed a lock before/,
  ],
  [
    "an unknown callee that is called like a lock",
    { "a.c": f(LOCK, UNLOCK) },
    { "a.c": f(LOCK, "LOCK_BOX(box);", UNLOCK) },
    /a\.c:4: f\(\): LOCK_BOX\(\) is new here/,
  ],
  [
    "one that is called no more, in a function without known locks",
    { "a.c": f("box_lock(box);", "box->n++;", "box_unlock(box);") },
    { "a.c": f("box_lock(box);", "box->n++;") },
    /a\.c:5: f\(\): box_unlock\(\) is no longer called/,
  ],
  [
    "an exit between two calls that may lock",
    { "a.c": f("box_lock(box);", "box->n++;", "box_unlock(box);") },
    { "a.c": f("box_lock(box);", "if (box->n++)", "\treturn 1;", "box_unlock(box);") },
    /a\.c:3: f\(\): box_lock\(\) has other exits or branches around it/,
  ],
  [
    "a lock around a call that may lock",
    { "a.c": f("box_lock(box);", "box_unlock(box);") },
    { "a.c": f(LOCK, "box_lock(box);", "box_unlock(box);", UNLOCK) },
    /a\.c:4: f\(\): box_lock\(\) is new here or under other locks/,
  ],
  [
    "an exit under a macro of the file that locks",
    { "a.c": `#define IN(b) pool_lock(&(b)->l)\n${f("IN(box);", "box->n++;", "OUT_OF(box);")}` },
    {
      "a.c": `#define IN(b) pool_lock(&(b)->l)\n${f("IN(box);", "if (box->n++)", "\treturn 1;", "OUT_OF(box);")}`,
    },
    /a\.c:4: f\(\): pool_lock\(\) has other exits/,
  ],
  [
    "a member that unlocks",
    { "a.c": f("box->ops->lock(box);", "box->ops->unlock(box);") },
    { "a.c": f("box->ops->lock(box);") },
    /a\.c:4: f\(\): box->ops->unlock\(\) is no longer called/,
  ],
  [
    "a new function that calls one",
    { "a.c": "int x;\n" },
    { "a.c": `int x;\n${f("box_lock(box);")}` },
    /a\.c:4: f\(\): box_lock\(\) is new here/,
  ],
  [
    "a guard",
    { "a.h": "int x;\n" },
    { "a.h": "int x;\nDEFINE_GUARD(box, struct box *, box_in(_T), box_out(_T))\n" },
    /a\.h: guard box is defined/,
  ],
  [
    "a line in no function",
    { "a.c": "int x;\n" },
    { "a.c": `int x;\nGENERATED(one)\n\t${LOCK}\n` },
    /a\.c:3: in no function that was read/,
  ],
];

describe("what is not modelled is named, and the verdict is never holds", () => {
  test.each(cases)("%s", async (_, before, after, bound) => {
    const set = await readMails("patch", Buffer.from(diffOf(before, after)));
    const report = await gate(set, { tree: directoryTree(makeTree(before)) });
    expect(report.bounds.join("\n")).toMatch(bound);
    expect(["holds", "nothing-to-check"]).not.toContain(report.verdict);
  });
});

const FOLLOWED = "void spin_unlock(spinlock_t *lock)\n{\n\tone();\n}\n";
const OTHER = "int other(int a)\n{\n\treturn a;\n}\n";

test.each([
  ["a function of the table that only moves", { "a.c": FOLLOWED + OTHER }, { "a.c": OTHER + FOLLOWED }],
  [
    "the variables of a function of the table",
    { "a.c": "void spin_unlock(spinlock_t *lock)\n{\n\tint n = one(lock);\n}\n" },
    { "a.c": "void spin_unlock(spinlock_t *own)\n{\n\tint m = one(own);\n}\n" },
  ],
  ["comments", { "a.c": f(LOCK, UNLOCK) }, { "a.c": f("/* locked */", LOCK, UNLOCK) }],
  ["code without locks", { "a.c": f("box->n++;") }, { "a.c": f("box->n--;") }],
  ["text", { README: "one\n" }, { README: "two\n" }],
])("a change of %s is nothing to check", async (_, before, after) => {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { tree: directoryTree(makeTree(before)) });
  expect([report.verdict, report.bounds]).toEqual(["nothing-to-check", []]);
});

test.each<[string, Files, Files]>([
  ["stays balanced", { "a.c": f(LOCK, UNLOCK) }, { "a.c": f(LOCK, "box->n++;", UNLOCK) }],
  [
    "calls what is called like a lock as often as before",
    { "a.c": f(LOCK, UNLOCK, "box_lock(box);") },
    { "a.c": f(LOCK, UNLOCK, "box_lock(box); /* for long */") },
  ],
  [
    "takes another lock beside a call that may lock",
    { "a.c": f("box_lock(box);", "box_unlock(box);") },
    { "a.c": f(LOCK, UNLOCK, "box_lock(box);", "box_unlock(box);", LOCK, UNLOCK) },
  ],
  [
    "leaves what may lock where it was, with other exits before it and other names",
    { "a.c": f("struct box *own = box;", "box_lock(own);", "box_unlock(own);", LOCK, UNLOCK) },
    {
      "a.c": f(
        "struct box *mine = box;",
        "if (!mine)",
        "\treturn 1;",
        "box_lock(mine);",
        "box_unlock(mine);",
        LOCK,
        UNLOCK,
      ),
    },
  ],
  [
    "hands the lock to whom it was handed before",
    { "a.c": f("struct box *own = box;", "spin_lock(&own->lock);", "shake(&own->lock);") },
    { "a.c": f("struct box *mine = box;", "spin_lock(&mine->lock);", "shake(&mine->lock);") },
  ],
  [
    "asks whether it has one",
    { "a.c": f("spinlock_t *ptl = find(box);", "spin_lock(ptl);", "spin_unlock(ptl);") },
    {
      "a.c": f(
        "spinlock_t *ptl = find(box);",
        "spin_lock(ptl);",
        "spin_unlock(ptl);",
        "if (ptl)",
        "\tbox->n++;",
      ),
    },
  ],
])("a change of code that takes locks and %s holds", async (_, before, after) => {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { tree: directoryTree(makeTree(before)) });
  expect([report.verdict, report.bounds]).toEqual(["holds", []]);
});
