import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const fn = (name: string, ...body: readonly string[]) =>
  [
    `static int ${name}(struct box *box)`,
    "{",
    ...body.map((each) => `\t${each}`),
    "\treturn 0;",
    "}",
    "",
  ].join("\n");

const OWN_LOCK = fn("own_lock", "spin_lock(&box->lock);");
const OWN_UNLOCK = fn("own_unlock", "box_unlock(box);", "box_acquire_end(box);");
const EITHER = ["lock", "unlock"]
  .map((word) =>
    fn(`${word}_box`, "if (box->n)", `\tmutex_${word}(&box->m);`, "else", `\tspin_${word}(&box->l);`),
  )
  .join("")
  .replaceAll("\treturn 0;\n", "")
  .replaceAll("static int", "static void")
  .replace("lock_box", "enter_box")
  .replace("unlock_box", "leave_box");
const JUMP = ["enter_box(box);", "if (set_box(box))", "\tgoto out;", "box->n++;"];
const EXIT = ["if (box->n++)", "\treturn 1;"];

test.each<readonly [string, string, string, RegExp]>([
  ...(
    [
      ["a macro without arguments", "BOX_LOCK;", "BOX_UNLOCK;"],
      ["assembly", 'asm volatile("call box_lock");', 'asm volatile("call box_unlock");'],
    ] as const
  ).map(([what, lock, unlock]): [string, string, string, RegExp] => [
    `a label that moves behind ${what}`,
    fn("f", lock, "if (box->n)", "\tgoto out;", "box->n++;", "out:", unlock),
    fn("f", lock, "if (box->n)", "\tgoto out;", "box->n++;", unlock, "out:"),
    /f\(\): .*(?:BOX_|asm).* has other exits or branches around it/,
  ]),
  [
    "an exit in a helper that only unlocks",
    fn("f", "box->n++;", "box_unlock(box);"),
    fn("f", ...EXIT, "box_unlock(box);"),
    /f\(\): box_unlock\(\) has other exits/,
  ],
  [
    "an exit in a helper that unlocks before it calls what may lock",
    fn("f", "box->n++;", "box_unlock(box);", "box_acquire_end(box);"),
    fn("f", ...EXIT, "box_unlock(box);", "box_acquire_end(box);"),
    /f\(\): box_unlock\(\) has other exits/,
  ],
  [
    "an exit between a known lock and a call that may unlock",
    OWN_LOCK + fn("f", "own_lock(box);", "box->n++;", "box_unlock(box);"),
    OWN_LOCK + fn("f", "own_lock(box);", ...EXIT, "box_unlock(box);"),
    /f\(\): box_unlock\(\) has other exits/,
  ],
  [
    "a helper that unlocks by its name, and calls both inside",
    OWN_UNLOCK + fn("f", "box_lock(box);", "own_unlock(box);"),
    OWN_UNLOCK + fn("f", "box_lock(box);", "own_unlock(box);", "own_unlock(box);"),
    /f\(\): own_unlock\(\) is new here/,
  ],
  [
    "a label behind a helper that releases by a condition",
    EITHER + fn("f", ...JUMP, "out:", "leave_box(box);", "box->m++;"),
    EITHER + fn("f", ...JUMP, "leave_box(box);", "out:", "box->m++;"),
    /f\(\): enter_box\(\) has other exits or branches/,
  ],
  [
    "a lock whose name moves on before it is released, in the words of check",
    fn("f", "spin_lock(&box->l);", "spin_unlock(&box->l);"),
    fn("f", "spin_lock(&box->l);", "box = box->next;", "spin_unlock(&box->l);"),
    /^a\.c:5: f\(\): box->l means another lock than the one that was taken by that name, which may stay held$/m,
  ],
  ...Object.entries({
    "a condition around it": ["if (box->n)", "\tbox->ops->unlock(box);"],
    "a loop around it": ["while (box->n)", "\tbox->ops->unlock(box);"],
    "an operand before it": ["box->n && box->ops->unlock(box);"],
    "an #ifdef around it": ["#ifdef CONFIG_BOX", "box->ops->unlock(box);", "#endif"],
    "a sizeof around it": ["box->n = sizeof(box->ops->unlock(box));"],
  }).map(
    ([what, body]) =>
      [
        what,
        fn("f", "box->ops->lock(box);", "box->n++;", "box->ops->unlock(box);"),
        fn("f", "box->ops->lock(box);", "box->n++;", ...body),
        /f\(\): box->ops->(?:un)?lock\(\) has other exits or branches/,
      ] as const,
  ),
])("%s is named", async (_, before, after, bound) => {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  const report = await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) });
  expect(report.bounds.join("\n")).toMatch(bound);
});

test.each([
  ["a condition beside it", ["if (box->n)", "\tbox->m++;"]],
  ["a jump to what releases", ["if (box->n)", "\tgoto out;"]],
  ["a loop beside it", ["while (box->n)", "\tbox->n--;"]],
])("%s is none of the call's", async (_, body) => {
  const around = (more: readonly string[]) =>
    fn("f", "box->ops->lock(box);", ...more, "box->n++;", "out:", "box->ops->unlock(box);", "box->m++;");
  const [before, after] = [around([]), around(body)];
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  const report = await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) });
  expect(report.bounds).toEqual([]);
});

test.each([
  ["an exit with the lock", ["box_lock(box);", ...EXIT, "box_unlock(box);"], "exit-imbalance"],
  ["a second release", ["box_lock(box);", "box_unlock(box);", "box_unlock(box);"], "double-unlock"],
])("names alone show %s that a change brings: a hint, beside the bound", async (_, body, rule) => {
  const before = fn("f", "box_lock(box);", "box->n++;", "box_unlock(box);");
  const after = fn("f", ...body);
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  const report = await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) });
  expect(report.new).toMatchObject([{ rule, confidence: "audit", function: "f" }]);
  expect(report.bounds).not.toEqual([]);
});

test.each([
  ["spin_lock(&box->l);", "spin_unlock(&box->l);"],
  ["spin_lock_irq(&box->l);", "spin_unlock_irq(&box->l);"],
])(
  "a helper that takes what the function took itself leaves as many locks around the call: %s",
  async (take, give) => {
    const helper = (body: string) =>
      fn("own_take", body).replace("static int", "static void").replace("\treturn 0;\n", "");
    const before = fn("f", take, "box_release(box);", give);
    const after = helper(take) + fn("f", "own_take(box);", "box_release(box);", give);
    const judged = async (text: string) => {
      const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": text })));
      return (await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) })).bounds;
    };
    expect(await judged(after)).toEqual([]);
    expect(
      await judged(after.replace("own_take(box);\n", "own_take(box);\n\tmutex_lock(&box->m);\n")),
    ).not.toEqual([]);
  },
);
