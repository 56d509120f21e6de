import { describe, expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const OPS = "static const struct box_operations operations = {\n\t.flush = box_flush,\n};\n";
const flush = (body: string, kind = "static ") =>
  `${kind}void box_flush(struct box *box)\n{\n\tbox->n = 0;\n${body}}\n\n`;

async function judge(before: Files, after: Files) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { tree: directoryTree(makeTree(before)) });
  const show = (found: typeof report.new) => found.map((each) => `${each.function}: ${each.rule}`);
  return { verdict: report.verdict, new: show(report.new), fixed: show(report.fixed), bounds: report.bounds };
}

describe("a function that is called by a pointer alone", () => {
  const files = (body: string): Files => ({ "fs/box.c": flush(body) + OPS });

  test("keeps a lock: new", async () => {
    const got = await judge(files(LOCK + UNLOCK), files(LOCK));
    expect(got).toMatchObject({ new: ["box_flush: exit-imbalance"], fixed: [] });
  });

  test("no longer gives up the lock that it comes with: not known, and not green", async () => {
    const got = await judge(files(UNLOCK), files(""));
    expect(got).toMatchObject({ verdict: "holds-within-bound", new: [], fixed: [] });
    expect(got.bounds).toContain(
      "fs/box.c: box_flush() no longer releases box->lock: no caller shows whether that is meant",
    );
  });

  test("gives a lock back that it forgot: fixed", async () => {
    const got = await judge(files(LOCK), files(LOCK + UNLOCK));
    expect(got).toEqual({ verdict: "holds", new: [], fixed: ["box_flush: exit-imbalance"], bounds: [] });
  });
});

describe("a function whose direct callers are changed with it", () => {
  const user = (unlock: string) =>
    `void box_sync(struct box *box)\n{\n${LOCK}\tbox_flush(box);\n${unlock}}\n`;
  const files = (body: string, unlock: string, others: Files = {}): Files => ({
    "fs/box.c": flush(body, "") + user(unlock),
    ...others,
  });
  const pointers: Readonly<Record<string, Files>> = {
    "a table of operations": { "net/box.c": OPS },
    "an argument": { "net/box.c": "void box_later(struct box *box)\n{\n\tqueue(box, box_flush);\n}\n" },
    "an assignment": { "net/box.c": "void box_init(struct box *box)\n{\n\tbox->flush = &box_flush;\n}\n" },
  };

  test.each(Object.entries(pointers))("is not green where a pointer to it is in %s", async (_, others) => {
    const got = await judge(files(UNLOCK, "", others), files("", UNLOCK, others));
    expect(got).toMatchObject({ verdict: "holds-within-bound", new: [] });
    expect(got.bounds).toEqual([expect.stringMatching(/net\/box\.c:\d+ hands it on as a pointer/)]);
  });

  test("is fine where it is only exported, called, declared, or a field has its name", async () => {
    const others: Files = {
      "include/box.h":
        "void box_flush(struct box *box);\nstruct op {\n\tvoid (*box_flush)(struct box *box);\n};\n",
      "net/box.c": "EXPORT_SYMBOL_GPL(box_flush);\nvoid g(struct op *op)\n{\n\trun(op->box_flush);\n}\n",
    };
    const got = await judge(files(UNLOCK, "", others), files("", UNLOCK, others));
    expect(got).toMatchObject({ verdict: "holds", bounds: [] });
  });
});
