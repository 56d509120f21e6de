import { describe, expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const define = (name: string, ...body: readonly string[]) =>
  `static void ${name}(struct item *i)\n{\n${body.map((each) => `\t${each};\n`).join("")}}\n\n`;
const CALLBACKS = [
  define("count", "i->n++"),
  define("count_twice", "i->n += 2"),
  define("rest", "i->n++", "msleep(10)"),
  define("count_slowly", "mutex_lock(&i->m)", "i->n++", "mutex_unlock(&i->m)"),
  define("count_again", "spin_lock(&i->box->lock)", "i->n++", "spin_unlock(&i->box->lock)"),
  define("count_other", "spin_lock(&i->own)", "i->n++", "spin_unlock(&i->own)"),
  define("let_go", "spin_unlock(&i->box->lock)"),
  define("hold", "spin_lock(&i->own)"),
].join("");

const walk = (call: string, lock = "spin") =>
  `${CALLBACKS}void walk(struct box *b)\n{\n\t${lock}_lock(&b->lock);\n\t${call};\n\t${lock}_unlock(&b->lock);\n}\n`;

async function boundsOf(before: string, after: string): Promise<readonly string[]> {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  return (await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) })).bounds;
}

const each = (name: string) => `box_for_each(b, ${name}, b->n)`;

test.each([
  ["sleeps", "rest", "may sleep under b->lock"],
  ["takes a mutex", "count_slowly", "may sleep under b->lock"],
  ["takes the same lock", "count_again", "takes a lock like b->lock, which is held there"],
  ["releases it", "let_go", "takes or releases a lock of its caller's"],
  ["keeps another", "hold", "takes or releases a lock of its caller's"],
])("a callback that %s is a bound where a call under a lock is handed it", async (_, name, what) => {
  const told = new RegExp(`: walk\\(\\): \\w+\\(\\) is handed ${name}\\(\\), which ${what}`);
  const after = await boundsOf(walk(each("count")), walk(each(name)));
  expect(after).toEqual([expect.stringMatching(told)]);
  expect(await boundsOf(walk("b->n++"), walk(`run(&${name})`))).toEqual([expect.stringMatching(told)]);
});

test("so is one that newly sleeps, and one around which a lock is newly held", async () => {
  const told = [expect.stringContaining("is handed count(), which may sleep under b->lock")];
  const before = walk(each("count"));
  expect(await boundsOf(before, before.replace("i->n++;", "i->n++;\n\tmsleep(5);"))).toEqual(told);
  const other = walk(each("rest")).replace(/\tspin_\w+\(&b->lock\);\n/g, "\tb->m++;\n");
  expect(await boundsOf(other, walk(each("rest")))).toEqual([
    expect.stringContaining("is handed rest(), which may sleep under b->lock"),
  ]);
});

test.each([
  ["leaves locks alone", walk(each("count")), walk(each("count_twice"))],
  ["takes another lock and gives it back", walk(each("count")), walk(each("count_other"))],
  ["sleeps where that is legal", walk(each("count"), "mutex"), walk(each("rest"), "mutex")],
  ["is kept for later", walk("b->n++"), walk("INIT_WORK(&b->work, rest)")],
  ["was handed on before", walk(each("rest")), walk(`${each("rest")};\n\tb->n++`)],
])("a callback that %s is none", async (_, before, after) => {
  expect(await boundsOf(before, after)).toEqual([]);
});

const MEMBERS = `struct box_ops { void (*act)(struct item *i); };
`;
const WAYS: readonly (readonly [string, string, string])[] = [
  ["a member of a table", "b->ops->act(b->item)", "static const struct box_ops ops = {\n\t.act = FN,\n};\n"],
  ["a member by its place", "b->ops->act(b->item)", "static const struct box_ops ops = { FN };\n"],
  ["a member that is set", "b->act(b->item)", "void init(struct box *b)\n{\n\tb->act = FN;\n}\n"],
  ["a choice", "b->act(b->item)", "void init(struct box *b)\n{\n\tb->act = b->n ? FN : count_other;\n}\n"],
  ["an entry of an array", "acts[b->n](b->item)", "static void (*acts[])(struct item *) = { FN };\n"],
  ["power management's", "b->pm->suspend(b->item)", "static SIMPLE_DEV_PM_OPS(pm, FN, count_other);\n"],
  ["a variable", "act = FN;\n\tact(b->item)", ""],
];
const through = (call: string, table: string, name: string) =>
  `${MEMBERS}${walk(call)}${table}`.replace("FN", name);

describe.each(WAYS)("a call under a lock through %s", (_, call, table) => {
  test.each([
    ["sleeps", "rest", "may sleep under b->lock"],
    ["takes the same lock", "count_again", "takes a lock like b->lock, which is held there"],
    ["releases it", "let_go", "takes or releases a lock of its caller's"],
  ])("is a bound where a change makes it come to what %s", async (_what, name, told) => {
    const bounds = await boundsOf(through(call, table, "count"), through(call, table, name));
    expect(bounds.join("\n")).toContain(`may lead to ${name}(), which ${told}`);
  });

  test("is one where what it comes to changes", async () => {
    const before = through(call, table, "count");
    const bounds = await boundsOf(before, before.replace("\ti->n++;\n", "\ti->n++;\n\tmsleep(5);\n"));
    expect(bounds.join("\n")).toContain("may lead to count(), which may sleep under b->lock");
  });

  test("is none where it comes to nothing else, or to what leaves locks alone", async () => {
    const before = through(call, table, "rest");
    expect(await boundsOf(before, before.replace("i->n += 2", "i->n += 3"))).toEqual([]);
    expect(await boundsOf(through(call, table, "count"), through(call, table, "count_twice"))).toEqual([]);
  });
});

test("the call through a member is none of a change that renames a variable, and one of a change that moves a lock", async () => {
  const [, call = "", table = ""] = WAYS[0] ?? [];
  const before = through(call, table, "rest");
  const named = before.replace(/walk\(struct box \*b\)[^}]*/, (text) => text.replace(/\bb\b/g, "box"));
  expect(named).not.toBe(before);
  expect(await boundsOf(before, named)).toEqual([]);
  const free = before
    .replace("\tspin_lock(&b->lock);\n\tb->ops", "\tb->ops")
    .replace(/(item\);\n)\tspin_unlock.*\n/, "$1");
  expect(await boundsOf(free, before)).toEqual([expect.stringContaining("which may sleep under b->lock")]);
});

test("a helper that newly takes the lock makes the call through a member a bound", async () => {
  const helpers = (...took: readonly string[]) =>
    ["enter", "leave"]
      .map((name, at) => `static void ${name}(struct box *b)\n{\n\tb->n++;\n\t${took[at] ?? ";"}\n}\n`)
      .join("");
  const [, call = "", table = ""] = WAYS[0] ?? [];
  const text = (...took: readonly string[]) =>
    through(call, table, "rest")
      .replace("void walk", `${helpers(...took)}void walk`)
      .replace("\tspin_lock(&b->lock);\n\tb->ops", "\tenter(b);\n\tb->ops")
      .replace(/(item\);\n)\tspin_unlock.*\n/, "$1\tleave(b);\n");
  const after = text("spin_lock(&b->lock);", "spin_unlock(&b->lock);");
  expect((await boundsOf(text(), after)).join("\n")).toContain(
    "may lead to rest(), which may sleep under b->lock",
  );
});
