import { describe, expect, test } from "vitest";
import { knowledgeOf } from "../../model/c/knowledge/index.ts";
import { openStore } from "../../tree/cache/store.ts";
import { commitTree } from "../../tree/commit-tree.ts";
import { commitAll, diffOf, type Files, makeTree, runGit, writeFiles } from "../../tree/testing/tree.ts";
import { directoryTree, type Tree } from "../../tree/tree.ts";
import { eachAlone } from "../compare/callee.ts";
import { type GateOptions, gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import { type Judge, judgeWith } from "../judge/judge.ts";

const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const begin = (body: string) => `void box_begin(struct box *box)\n{\n${body}\tbox->n++;\n}\n`;
const caller = (name: string, first = "") =>
  `int ${name}(struct box *box)\n{\n${first}\tbox_begin(box);\n\tbox->m = 0;\n${UNLOCK}\treturn 0;\n}\n`;

/** The change takes a lock in core/, which one caller far off expects and another already holds. */
const BEFORE: Files = {
  "core/box.c": begin(""),
  "drivers/net/x.c": caller("x_use", LOCK),
  "fs/w.c": caller("w_use"),
};
const PATCH = () => diffOf(BEFORE, { ...BEFORE, "core/box.c": begin(LOCK) });
const FOUND = ["drivers/net/x.c: x_use: double-lock"];

/** The checker, with a list of the files that it was asked about. */
function watched(): { readonly asked: string[]; readonly judge: Judge } {
  const asked: string[] = [];
  const checker = judgeWith(knowledgeOf());
  return {
    asked,
    judge: (image, functions, known) => {
      if (functions.length > 0) asked.push(image.file);
      return checker(image, functions, known);
    },
  };
}

async function found(tree: Tree, options: GateOptions = {}): Promise<readonly string[]> {
  const report = await gate(await readMails("patch", Buffer.from(PATCH())), { tree, ...options });
  const all = report.new.flatMap(eachAlone);
  return all.map((each) => `${each.file}: ${each.function}: ${each.rule}`);
}

function makeCheckout(): string {
  const root = makeTree(BEFORE);
  runGit(root, "init", "-q");
  commitAll(root, "before");
  return root;
}

describe.each(["directory", "commit"] as const)("a caller in another folder of a %s", (kind) => {
  const at = (root: string) => (kind === "commit" ? commitTree(root, "HEAD") : directoryTree(root));

  test("is found cold, from the cache, and after it changed", async () => {
    const root = makeCheckout();
    const store = openStore(makeTree({}));
    const cold = watched();
    expect(await found(at(root), { judge: cold.judge, store })).toEqual(FOUND);
    expect(cold.asked).toContain("drivers/net/x.c");

    const cached = watched();
    expect(await found(at(root), { judge: cached.judge, store })).toEqual(FOUND);
    expect(cached.asked).toEqual([]);

    writeFiles(root, { "drivers/net/x.c": caller("x_use") });
    commitAll(root, "the driver lets it lock");
    const changed = watched();
    expect(await found(at(root), { judge: changed.judge, store })).toEqual([]);
    expect(changed.asked).toContain("drivers/net/x.c");
  });

  test("is found when it is new since the last run", async () => {
    const root = makeCheckout();
    const store = openStore(makeTree({}));
    await found(at(root), { store });
    writeFiles(root, { "fs/y.c": caller("y_use", LOCK) });
    commitAll(root, "another caller");
    expect(await found(at(root), { store })).toEqual(["fs/y.c: y_use: double-lock", ...FOUND]);
  });
});

test("without the whole tree it is not looked for, which is said", async () => {
  const report = await gate(await readMails("patch", Buffer.from(PATCH())), {
    tree: directoryTree(makeTree(BEFORE)),
    wholeTree: false,
  });
  expect(report.bounds).toEqual([expect.stringContaining("callers outside core/ were not looked for")]);
});

describe("a wrapper in a header passes the effect on", () => {
  const end = (body: string) => `void __box_end(struct box *box)\n{\n${body}\tbox->n--;\n}\n`;
  const HEADER = "static inline void box_end(struct box *box)\n{\n\tbox->ended = 1;\n\t__box_end(box);\n}\n";
  const user = `int box_use(struct box *box)\n{\n${LOCK}\tbox->n++;\n\tbox_end(box);\n\treturn 0;\n}\n`;
  const files = (body: string): Files => ({
    "core/box.c": end(body),
    "include/box.h": HEADER,
    "fs/use.c": user,
  });
  const judge = async (before: Files, after: Files) => {
    const set = await readMails("patch", Buffer.from(diffOf(before, after)));
    const report = await gate(set, { tree: directoryTree(makeTree(before)) });
    const show = (found: typeof report.new) => found.map((each) => `${each.function}: ${each.rule}`);
    return { new: show(report.new), fixed: show(report.fixed) };
  };

  test("to those who count on it", async () => {
    expect(await judge(files(UNLOCK), files(""))).toEqual({
      new: ["__box_end: exit-imbalance"],
      fixed: [],
    });
    expect(await judge(files(""), files(UNLOCK))).toEqual({
      new: [],
      fixed: ["__box_end: exit-imbalance"],
    });
  });
});
