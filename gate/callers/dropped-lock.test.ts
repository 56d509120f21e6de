import { describe, expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

async function judge(before: Files, after: Files) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  return gate(set, { tree: directoryTree(makeTree(before)) });
}

describe("a helper that takes a lock no longer, which its callers release", () => {
  const LOCK = "\tspin_lock(&box->lock);\n";
  const begin = (lock: string) =>
    `struct box *box_get(int n)\n{\n\tstruct box *box = box_find(n);\n\n\tif (!box)\n\t\treturn NULL;\n${lock}\treturn box;\n}\n\n`;
  const user = (name: string) =>
    `int ${name}(int n)\n{\n\tstruct box *box = box_get(n);\n\n\tif (!box)\n\t\treturn -ENOENT;\n\tbox->n++;\n\tspin_unlock(&box->lock);\n\treturn 0;\n}\n\n`;
  const files = (lock: string): Files => ({
    "core/box.c": begin(lock) + user("use_one"),
    "fs/use.c": user("use_two"),
  });

  test("is one finding, with its callers", async () => {
    const report = await judge(files(LOCK), files(""));
    expect(report.new.map((each) => each.function)).toEqual(["box_get"]);
    expect(report.new[0]?.consequences.map((each) => each.function).sort()).toEqual(["use_one", "use_two"]);
    expect([report.fixed, report.bounds]).toEqual([[], []]);
  });

  test("is one fix the other way round", async () => {
    const report = await judge(files(""), files(LOCK));
    expect([report.new, report.fixed.map((each) => each.function)]).toEqual([[], ["box_get"]]);
  });
});

describe("a function that takes a lock on one way no longer, and still gives it up", () => {
  const enter = (lock: string) =>
    `int box_enter(struct box *box, int wait)\n{\n\tif (wait)\n\t\tbox_lock_idle(box);\n${lock}\tif (!box->dead)\n\t\treturn 0;\n\tmutex_unlock(&box_mutex);\n\treturn -ENODEV;\n}\n`;
  const idle =
    "static void box_lock_idle(struct box *box)\n{\n\tmutex_lock(&box_mutex);\n\tbox->idle = 1;\n}\n\n";
  const [before, after] = ["\telse\n\t\tmutex_lock(&box_mutex);\n", ""].map(
    (lock): Files => ({ "core/box.c": idle + enter(lock) }),
  );

  test("is found, and is no fix", async () => {
    const report = await judge(before ?? {}, after ?? {});
    expect(report.new.map((each) => `${each.function}: ${each.rule}`)).toEqual(["box_enter: exit-imbalance"]);
    expect(report.fixed).toEqual([]);
  });
});

test("a lock in a loop that is released, but no longer taken, is found", async () => {
  const walk = (lock: string): Files => ({
    "core/box.c": `void box_walk(struct list_head *boxes)\n{\n\tstruct box *box;\n\n\tlist_for_each_entry(box, boxes, link) {\n${lock}\t\tbox->n++;\n\t\tspin_unlock(&box->lock);\n\t}\n}\n`,
  });
  const report = await judge(walk("\t\tspin_lock(&box->lock);\n"), walk(""));
  expect(report.new.map((each) => each.message)).toEqual([
    "goes on to the next object having released a lock that it took first on this way before: box->lock",
  ]);
});

test("a change that takes a function's only lock away is not nothing to check", async () => {
  const count = (lock: string, unlock: string): Files => ({
    "core/box.c": `void box_count(struct box *box)\n{\n${lock}\tbox->n++;\n${unlock}}\n`,
  });
  const report = await judge(
    count("\tspin_lock(&box->lock);\n", "\tspin_unlock(&box->lock);\n"),
    count("", ""),
  );
  expect(report).toMatchObject({ verdict: "holds", functions: { seen: 1 } });
});
