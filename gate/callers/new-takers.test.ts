import { expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const helper = (body: string) => `void box_note(struct box *b)\n{\n${body}\tb->notes++;\n}\n`;
const TAKES = "\tspin_lock(&b->lock);\n\tb->seen = 1;\n\tspin_unlock(&b->lock);\n";
const HOLDS =
  "void box_use(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tbox_note(b);\n\tspin_unlock(&b->lock);\n}\n";
const FREE = HOLDS.replace("\tbox_note(b);\n", "").replace("}\n", "\tbox_note(b);\n}\n");

async function found(before: Files, after: Files): Promise<readonly string[]> {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const { verdict, new: found } = await gate(set, { tree: directoryTree(makeTree(before)) });
  return [verdict, ...found.map((each) => `${each.file}: ${each.function}: ${each.rule}`)];
}

test.each<[string, string]>([
  ["a lock", TAKES],
  ["a lock by a guard", "\tguard(spinlock)(&b->lock);\n"],
])("%s that a helper newly takes and gives back is found where a caller holds it", async (_, body) => {
  const files = (text: string): Files => ({ "a.c": helper(text), "b.c": HOLDS });
  const own = (text: string): Files => ({ "a.c": helper(text) + HOLDS });
  expect(await found(files(""), files(body))).toEqual(["violated", "b.c: box_use: double-lock"]);
  expect(await found(own(""), own(body))).toEqual(["violated", "a.c: box_use: double-lock"]);
});

test("where it takes it on some paths, a caller in another file that comes to one of these is found", async () => {
  const some = `\tif (b->n) {\n${TAKES}\t}\n`;
  const files = (text: string, caller = HOLDS): Files => ({ "a.c": helper(text), "b.c": caller });
  expect(await found(files(""), files(some))).toEqual(["violated", "b.c: box_use: double-lock"]);
  const never = HOLDS.replace("\tbox_note", "\tb->n = 0;\n\tbox_note");
  expect((await found(files("", never), files(some, never))).slice(1)).toEqual([]);
});

test("an argument may keep it from these", async () => {
  const flagged = (body: string) => helper(body).replace("box *b", "box *b, bool locked");
  const caller = (locked: string) => HOLDS.replace("box_note(b)", `box_note(b, ${locked})`);
  const some = `\tif (!locked) {\n${TAKES}\t}\n`;
  const files = (text: string, locked: string): Files => ({ "a.c": flagged(text), "b.c": caller(locked) });
  expect(await found(files("", "false"), files(some, "false"))).toEqual([
    "violated",
    "b.c: box_use: double-lock",
  ]);
  expect((await found(files("", "true"), files(some, "true"))).slice(1)).toEqual([]);
});

test("so it is where another function of the file passes that on", async () => {
  const inner = (body: string) => helper(body).replace("void box_note", "static void box_inner");
  const files = (body: string): Files => ({
    "a.c": `${inner(body)}void box_note(struct box *b)\n{\n\tbox_inner(b);\n}\n`,
    "b.c": HOLDS,
  });
  expect(await found(files(""), files(TAKES))).toEqual(["violated", "b.c: box_use: double-lock"]);
});

test.each<[string, string, string]>([
  ["does not hold it", TAKES, FREE],
  ["holds another", TAKES.replaceAll("->lock", "->other"), HOLDS],
])("a caller that %s may call it", async (_, body, caller) => {
  const files = (text: string): Files => ({ "a.c": helper(text), "b.c": caller });
  expect(await found(files(""), files(body))).toEqual(["holds"]);
});

test("a static lock of its file no caller in another file can hold", async () => {
  const own = (definition: string) => `${definition}\n${helper(TAKES.replaceAll("b->lock", "own"))}`;
  const caller = HOLDS.replaceAll("b->lock", "own");
  const judged = async (definition: string) =>
    found({ "a.c": helper(""), "b.c": caller }, { "a.c": own(definition), "b.c": caller });
  expect(await judged("static DEFINE_SPINLOCK(own);")).toEqual(["holds"]);
  expect(await judged("static spinlock_t own;")).toEqual(["holds"]);
  expect(await judged("DEFINE_SPINLOCK(own);")).toEqual(["violated", "b.c: box_use: double-lock"]);
});

test("so it is where a function between them returns what it returned", async () => {
  const files = (body: string): Files => ({
    "a.c": `static int box_inner(struct box *b)\n{\n\tif (b->err)\n\t\treturn -EIO;\n${body}\treturn 0;\n}\nstatic int box_note(struct box *b)\n{\n\treturn box_inner(b);\n}\n${HOLDS}`,
  });
  expect(await found(files(""), files(TAKES))).toEqual(["violated", "a.c: box_use: double-lock"]);
});

const take = (call: string) => `void box_take(struct box *b)\n{\n\t${call}(&b->lock);\n}\n`;
const USES = "void box_use(struct box *b)\n{\n\tbox_take(b);\n\tb->n++;\n\tspin_unlock(&b->lock);\n}\n";

test("a helper that newly takes its lock by another variant is found in its file's callers", async () => {
  const [before, after] = [{ "a.c": take("spin_lock") + USES }, { "a.c": take("spin_lock_irq") + USES }];
  expect(await found(before, after)).toEqual(["violated", "a.c: box_use: exit-imbalance"]);
});

test("callers in other files are bounds where the helper's variant changes", async () => {
  const files = (call: string): Files => ({ "a.c": take(call), "b.c": USES });
  const set = await readMails("patch", Buffer.from(diffOf(files("spin_lock"), files("spin_lock_irq"))));
  const { bounds } = await gate(set, { tree: directoryTree(makeTree(files("spin_lock"))) });
  expect(bounds).toEqual(["b.c:3: box_use(): the effect of box_take() on locks is unknown"]);
});
