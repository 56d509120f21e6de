import { describe, expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { writeBaseline } from "../compare/baseline.ts";
import { eachAlone } from "../compare/callee.ts";
import { type GateOptions, gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import type { GateFinding } from "../result.ts";

const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const fn = (name: string, body: string) => `void ${name}(struct box *box)\n{\n${body}}\n\n`;
const begin = (body: string) => fn("box_begin", `${body}\tbox->n++;\n`);
const end = (body: string) => fn("box_end", `\tbox->n--;\n${body}`);
const user = (name: string, body = "") =>
  fn(name, `\tbox_begin(box);\n${body}\tbox->m = 0;\n\tbox_end(box);\n`);

async function judge(before: Files, after: Files, options: GateOptions = {}) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  return gate(set, { tree: directoryTree(makeTree(before)), ...options });
}

const show = ({ function: name, because, consequences }: GateFinding) => ({
  in: name,
  ...(because && { because: `${because.function}() ${because.words}` }),
  callers: [...new Set(consequences.map((each) => each.function))].sort(),
});

const CALLERS: Files = {
  "core/use.c": user("use_one") + user("use_two"),
  "fs/use.c": user("use_three"),
};
const WHOLE: Files = { ...CALLERS, "core/box.c": begin(LOCK) + end(UNLOCK) };

describe("a helper that is broken", () => {
  const shapes: Readonly<Record<string, string>> = {
    "an unlock that is gone": end(""),
    "an unlock under a condition": end("\tif (box->n)\n\t\tspin_unlock(&box->lock);\n"),
    "a way out before the unlock": end(`\tif (box->n)\n\t\treturn;\n${UNLOCK}`),
  };

  test.each(Object.entries(shapes))("is one finding, with all its callers: %s", async (_, broken) => {
    const report = await judge(WHOLE, { ...WHOLE, "core/box.c": begin(LOCK) + broken });
    expect(report.new.map((each) => each.function)).toEqual(["box_end"]);
    expect(report.fixed).toEqual([]);
  });

  test("names them, and is one fix where it is mended", async () => {
    const broken: Files = { ...WHOLE, "core/box.c": begin(LOCK) + end("") };
    const expected = [{ in: "box_end", callers: ["use_one", "use_three", "use_two"] }];
    const made = await judge(WHOLE, broken);
    expect(made.new.map(show)).toEqual(expected);
    expect(made.bounds).toEqual([]);
    const mended = await judge(broken, WHOLE);
    expect([mended.new, mended.fixed.map(show)]).toEqual([[], expected]);
  });

  test("also where callers do not show where they take the lock", async () => {
    const finds = (name: string) =>
      `int ${name}(int n)\n{\n\tstruct box *box = box_find_locked(n);\n\n\tif (!box)\n\t\treturn -ENOENT;\n\tbox_end(box);\n\treturn 0;\n}\n\n`;
    const files: Files = { "core/box.c": end(UNLOCK), "fs/a.c": finds("find_a"), "net/b.c": finds("find_b") };
    const broken = { ...files, "core/box.c": end("") };
    const expected = [{ in: "box_end", callers: ["find_a", "find_b"] }];
    const made = await judge(files, broken);
    expect([made.new.map(show), made.fixed, made.bounds]).toEqual([expected, [], []]);
    const mended = await judge(broken, files);
    expect([mended.new, mended.fixed.map(show)]).toEqual([[], expected]);
  });

  test("is reached through a header's wrapper", async () => {
    const wrapper = `static inline ${fn("box_stop", "\tbox_end(box);\n")}`;
    const files: Files = {
      "core/box.c": begin(LOCK) + end(UNLOCK),
      "include/box.h": wrapper,
      "fs/a.c": fn("use_a", `${LOCK}\tbox_stop(box);\n`),
      "net/b.c": fn("use_b", `${LOCK}\tbox_stop(box);\n`),
    };
    const report = await judge(files, { ...files, "core/box.c": begin(LOCK) + end("") });
    expect(report.new.map(show)).toEqual([{ in: "box_end", callers: ["box_stop", "use_a", "use_b"] }]);
  });
});

describe("a helper that only locks now", () => {
  const right = (name: string) => fn(name, `\tbox_begin(box);\n\tbox->m = 0;\n${UNLOCK}`);
  const wrong = (name: string) => fn(name, `${LOCK}\tbox_begin(box);\n${UNLOCK}`);
  const before: Files = {
    "core/box.c": begin(""),
    "core/right.c": right("right_one") + right("right_two"),
    "fs/wrong.c": wrong("wrong_one") + wrong("wrong_two"),
    "net/wrong.c": wrong("wrong_three"),
  };
  const after: Files = { ...before, "core/box.c": begin(LOCK) };

  test("is right with those who unlock; those who do not expect it are one finding", async () => {
    const report = await judge(before, after);
    expect(report.new.map(show)).toEqual([
      {
        in: "wrong_one",
        because: "box_begin() returns with box->lock held",
        callers: ["wrong_three", "wrong_two"],
      },
    ]);
    expect(report.new[0]?.guilty?.text).toBe("spin_lock(&box->lock);");
  });

  test("has no finding where the same patch changes all its callers", async () => {
    const locked = (name: string) => fn(name, `\tbox_begin(box);\n${UNLOCK}`);
    const consistent: Files = {
      ...after,
      "fs/wrong.c": locked("wrong_one") + locked("wrong_two"),
      "net/wrong.c": locked("wrong_three"),
    };
    expect((await judge(before, consistent)).new).toEqual([]);
  });

  test("a caller that the baseline does not know is new, though others are known", async () => {
    const known = await judge({ ...before, "net/wrong.c": "" }, { ...after, "net/wrong.c": "" });
    const baseline = JSON.parse(writeBaseline(known.new));
    const report = await judge(before, after, { baseline });
    expect(report.new.flatMap(eachAlone).map((each) => each.function)).toEqual(["wrong_three"]);
    expect(report.old.flatMap(eachAlone).map((each) => each.function)).toEqual(["wrong_one", "wrong_two"]);
  });
});

describe("a caller that the same patch breaks by itself", () => {
  const own = (unlock: string) =>
    fn("use_own", `\tbox_begin(box);\n\tspin_lock(&box->other);\n${unlock}\tbox_end(box);\n`);
  const files = (helper: string, unlock: string): Files => ({
    ...CALLERS,
    "core/box.c": begin(LOCK) + end(helper),
    "mm/own.c": own(unlock),
  });
  const OTHER = "\tspin_unlock(&box->other);\n";

  test("keeps its finding", async () => {
    const report = await judge(files(UNLOCK, OTHER), files("", ""));
    expect(report.new.map((each) => `${each.function}: ${each.lock}`).sort()).toEqual([
      "box_end: box->lock",
      "use_own: box->other",
    ]);
  });

  test("and one whose change has nothing to do with it is a consequence", async () => {
    const report = await judge(files(UNLOCK, OTHER), files("", `\tbox->seen = 1;\n${OTHER}`));
    expect(report.new.map(show)).toEqual([
      { in: "box_end", callers: ["use_one", "use_own", "use_three", "use_two"] },
    ]);
  });
});
