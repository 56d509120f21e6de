import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const define = (name: string, ...body: readonly string[]) =>
  `static void ${name}(struct box *b)\n{\n${body.map((each) => `\t${each};\n`).join("")}}\n\n`;
const FUNCTIONS = [
  define("box_get", "spin_lock(&b->lock)"),
  define("box_put", "spin_unlock(&b->lock)"),
  define("box_put_last", "b->n--", "spin_unlock(&b->lock)"),
  define("box_forget", "b->n--"),
  define("box_forget_all", "b->n = 0"),
  define("box_sleep", "msleep(b->n)"),
].join("");

async function boundsOf(before: string, after: string): Promise<readonly string[]> {
  const [was, is] = [`${FUNCTIONS}${before}\n`, `${FUNCTIONS}${after}\n`];
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": was }, { "a.c": is })));
  return (await gate(set, { tree: directoryTree(makeTree({ "a.c": was })) })).bounds;
}

const OPS = "static const struct box_ops ops = {\n\t.get = box_get,\n\t.put = PUT,\n};";

test.each([
  ["by its name", OPS, ".put of ops"],
  ["by its place", "static struct box_ops ops __read_mostly = {\n\tbox_get,\n\tPUT,\n};", "[1] of ops"],
  ["on one line", "static struct box_ops ops[] = { { box_get, PUT } };", "[0][1] of ops"],
  ["in a member", "struct box_type type = {\n\t.ops = {\n\t\t.put = PUT,\n\t},\n};", ".ops.put of type"],
  ["by a macro", "struct pm ops = {\n\tSET_BOX_OPS(box_get, PUT)\n};", "[0] SET_BOX_OPS[1] of ops"],
  ["by a macro alone", "struct box_ops ops = BOX_OPS(box_get, PUT);", "BOX_OPS[1] of ops"],
  ["by a macro that makes it", "DEFINE_BOX_OPS(ops, box_get,\n\tPUT);", "DEFINE_BOX_OPS[2] of ops"],
  ["by a cast", "struct box_ops ops = {\n\t.put = (void (*)(void *))PUT,\n};", ".put of ops"],
  ["in the old way", "struct box_ops ops = {\n\tput:\tPUT,\n};", ".put of ops"],
])("a table that names %s a function which does otherwise to locks is a bound", async (_, table, member) => {
  const text = (name: string) => table.replace("PUT", name);
  const [bound, ...others] = await boundsOf(text("box_put"), text("box_forget"));
  expect(bound).toContain(`: ${member} is box_forget() and was box_put(): they do not do the same to locks`);
  expect(others).toEqual([]);
  expect(await boundsOf(text("box_put"), text("box_put_last"))).toEqual([]);
});

const put = (name: string) => OPS.replace("PUT", name);

test.each([
  ["of which nothing is known", put("box_put"), put("lib_put"), "what lib_put() does to locks is not known"],
  ["where nothing was known", put("lib_put"), put("box_put"), "what lib_put() does to locks is not known"],
  ["that may sleep", put("box_forget"), put("box_sleep"), "and may sleep: calls by it were not judged"],
  [
    "no more",
    put("box_put"),
    put("NULL"),
    "no longer is box_put(), which does something to locks: calls by it were not judged",
  ],
  [
    "where none was",
    put("NULL"),
    put("box_put"),
    "is box_put(), which does something to locks: calls by it were not judged",
  ],
])("a table that names a function %s is a bound", async (_, before, after, told) => {
  expect((await boundsOf(before, after)).join("\n")).toContain(told);
});

const ROWS = "static box_fn calls[] = {\n\tbox_get,\n\tbox_forget,\n\tbox_put,\n};";

test.each([
  ["another that leaves locks alone", put("box_forget"), put("box_forget_all")],
  ["other data", put("box_put,\n\t.data = box_one"), put("box_put,\n\t.data = box_two")],
  ["another number", put("box_put,\n\t.most = 4"), put("box_put,\n\t.most = 8")],
  ["one more, in front of others", ROWS, ROWS.replace("\tbox_forget,", "\tbox_forget_all,\n\tbox_forget,")],
  ["one that leaves locks alone, for the first time", put("NULL"), put("box_forget")],
  ["nothing, where the table is new", "", put("box_put")],
])("a table that names %s is none", async (_, before, after) => {
  expect(await boundsOf(before, after)).toEqual([]);
});
