import { expect, test } from "vitest";
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
