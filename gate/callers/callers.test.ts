import { describe, expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { type GateOptions, gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const STRUCT = "struct box {\n\tspinlock_t lock;\n\tint n;\n};\n\n";
const add = (unlock: string) =>
  `static void box_add(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tbox->n++;\n${unlock}}\n\n`;
const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const use = (unlock = "") => `int box_use(struct box *box)\n{\n\tbox_add(box);\n${unlock}\treturn 0;\n}\n`;

async function judge(before: Files, after: Files, options: GateOptions = {}) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { tree: directoryTree(makeTree(before)), ...options });
  const show = (found: typeof report.new) =>
    found.map((each) => `${each.file}: ${each.function}: ${each.rule}`);
  return { new: show(report.new), fixed: show(report.fixed), bounds: report.bounds, report };
}

describe("a function that no longer unlocks", () => {
  const clean: Files = { "a.c": STRUCT + add(UNLOCK) + use() };
  const broken: Files = { "a.c": STRUCT + add("") + use() };

  test("is found, once, at the removed line", async () => {
    const { report, ...got } = await judge(clean, broken);
    expect(got).toEqual({ new: ["a.c: box_add: exit-imbalance"], fixed: [], bounds: [] });
    expect(report.new[0]?.guilty?.text).toBe("spin_unlock(&box->lock);");
    expect(report.new[0]?.message).toContain("box->lock");
  });

  test("is fixed by the reverse", async () => {
    expect(await judge(broken, clean)).toMatchObject({ new: [], fixed: ["a.c: box_add: exit-imbalance"] });
  });

  test("is fine where its callers unlock instead", async () => {
    const moved: Files = { "a.c": STRUCT + add("") + use(UNLOCK) };
    expect(await judge(clean, moved)).toMatchObject({ new: [], fixed: [] });
  });
});

describe("a caller in another file", () => {
  const lock = (body: string) => `void box_lock(struct box *box)\n{\n${body}}\n`;
  const caller = `int box_get(struct box *box)\n{\n\tint n;\n\n\tbox_lock(box);\n\tn = box->n;\n${UNLOCK}\treturn n;\n}\n`;
  const clean: Files = { "mm/a.c": lock(LOCK), "mm/b.c": caller };

  test("that a changed effect breaks is found, though the patch does not touch it", async () => {
    const twice: Files = { ...clean, "mm/a.c": lock(`${LOCK}${UNLOCK}`) };
    const { new: fresh } = await judge(clean, twice);
    expect(fresh).toEqual(["mm/a.c: box_lock: exit-imbalance"]);
  });

  test("that expects the new effect is fine; callers farther off are said not to be searched", async () => {
    const before: Files = { "mm/a.c": lock(""), "mm/b.c": caller.replace(UNLOCK, "") };
    const { new: fresh, bounds } = await judge(before, clean, { wholeTree: false });
    expect(fresh).toEqual([]);
    // box_get() takes the lock and releases it now, and so who calls it matters as well.
    expect(bounds).toEqual(
      ["box_lock", "box_get"].map((name) => expect.stringContaining(`what ${name}() does`)),
    );
  });

  test("is judged as it now stands", async () => {
    const changed: Files = {
      ...clean,
      "mm/b.c": `${caller}\nint box_two(struct box *box)\n{\n\tbox_lock(box);\n\tbox_lock(box);\n${UNLOCK}\treturn 0;\n}\n`,
    };
    const before = { ...changed, "mm/a.c": lock("") };
    const { new: fresh } = await judge(before, changed);
    expect(fresh).toEqual(["mm/b.c: box_two: double-lock"]);
  });
});

describe("a helper that leaves a lock alone now", () => {
  const helper = (unlock: string) => `void box_end(struct box *box)\n{\n\tbox->n--;\n${unlock}}\n\n`;
  const user = "int box_use(struct box *box)\n{\n\tbox_start(box);\n\tbox_end(box);\n\treturn 0;\n}\n";

  test("is no fix as long as no caller shows that it was wrong", async () => {
    const [before, after] = [helper(UNLOCK), helper("")].map(
      (text): Files => ({ "a.c": STRUCT + text + user }),
    );
    const got = await judge(before ?? {}, after ?? {});
    expect(got).toMatchObject({
      new: [],
      fixed: [],
      bounds: ["a.c: box_end() no longer releases box->lock: no caller shows whether that is meant"],
    });
  });

  test("is one where a caller released the lock twice", async () => {
    const twice = `int box_use(struct box *box)\n{\n${LOCK}\tbox_end(box);\n${UNLOCK}\treturn 0;\n}\n`;
    const [before, after] = [helper(UNLOCK), helper("")].map(
      (text): Files => ({ "a.c": STRUCT + text + twice }),
    );
    const got = await judge(before ?? {}, after ?? {});
    expect(got).toMatchObject({ new: [], fixed: [expect.any(String)], bounds: [] });
  });

  test("is new where a caller counts on it", async () => {
    const counts = `int box_use(struct box *box)\n{\n${LOCK}\tbox_end(box);\n\treturn 0;\n}\n`;
    const [before, after] = [helper(UNLOCK), helper("")].map(
      (text): Files => ({ "a.c": STRUCT + text + counts }),
    );
    const got = await judge(before ?? {}, after ?? {});
    expect(got).toMatchObject({ new: [expect.any(String)], fixed: [], bounds: [] });
  });
});

test("callers cannot expect that a lock is taken by one variant and released by another", async () => {
  const put = (lock: string) =>
    `static void box_put(struct box *box)\n{\n\t${lock}(&box->lock);\n\tbox->n++;\n\tspin_unlock_bh(&box->lock);\n\tbox_note(box);\n}\n`;
  const files = (lock: string): Files => ({
    "a.c": `${put(lock)}int box_use(struct box *box)\n{\n\trcu_read_lock();\n\tif (box->n)\n\t\tbox_put(box);\n\trcu_read_unlock();\n\treturn 0;\n}\n`,
  });
  const { new: found } = await judge(files("spin_lock_bh"), files("spin_lock"));
  expect(found).toEqual(["a.c: box_put: exit-imbalance"]);
});

test.each([
  ["a comment that goes on behind its line", "\t// done \\\n"],
  ["a comment that ends where another did", "\t/* done\n"],
])("%s takes away the code that it covers", async (_, line) => {
  const text = (added: string) =>
    `int box_use(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tbox->n++;\n${added}\tspin_unlock(&box->lock);\n\t/* out */\n\treturn 0;\n}\n`;
  const { new: found } = await judge({ "a.c": text("") }, { "a.c": text(line) });
  expect(found).toEqual(["a.c: box_use: exit-imbalance"]);
});
