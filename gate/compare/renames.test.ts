import { describe, expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import type { GateResult } from "../result.ts";

async function judged(before: string, after: string): Promise<GateResult> {
  const files = { "fs/box.c": before };
  const patch = Buffer.from(diffOf(files, { "fs/box.c": after }));
  return gate(await readMails("rename", patch), { tree: directoryTree(makeTree(files)) });
}

/** A lock that is taken twice, by a helper of the file. */
const twice = (take: string) =>
  `static void ${take}(struct box *box)\n{\n\tmutex_lock(&box->lock);\n}\n
static void use(struct box *box)\n{\n\t${take}(box);\n\t${take}(box);\n\tmutex_unlock(&box->lock);\n}\n`;

/** What it does to locks is not known: a function of which nothing but the name is known does it. */
const open = (names: { inner: string; outer: string }, more = "") =>
  `static int ${names.inner}(struct box *box, int bits)\n{\n${more}\treturn box_lock_bits(box, bits);\n}\n
static int ${names.outer}(struct box *box)\n{\n\treturn ${names.inner}(box, 1);\n}\n
static int use(struct box *box)\n{\n\tint err = ${names.outer}(box);\n\n\tif (err)\n\t\treturn err;\n\tbox->n++;\n\tbox_unlock_bits(box, 1);\n\treturn 0;\n}\n`;

const OLD = { inner: "lock_extent", outer: "lock_all" };
const NEW = { inner: "box_lock_extent", outer: "box_lock_all" };

describe("a function that a change calls otherwise", () => {
  test("leaves what was found at its calls an old finding", async () => {
    const report = await judged(twice("take"), twice("box_take"));
    expect([report.new, report.fixed]).toEqual([[], []]);
    expect(report.old.map(({ function: name, rule }) => `${name}: ${rule}`)).toContain("use: double-lock");
  });

  test("is no unknown call that comes, and none that goes", async () => {
    expect((await judged(open(OLD), open(NEW))).bounds).toEqual([]);
  });

  test("is another function where its body changes as well, or that of one that it calls", async () => {
    const { bounds } = await judged(open(OLD), open(NEW, "\tbox->n--;\n"));
    expect(bounds.join("\n")).toMatch(/use\(\): box_lock_all\(\) is new here/);
  });

  test("is another function where the old name still stands in the file", async () => {
    const kept = `${open(NEW)}\nstatic int (*how)(struct box *box, int bits) = lock_extent;\n`;
    expect((await judged(open(OLD), kept)).bounds.join("\n")).toMatch(
      /use\(\): box_lock_all\(\) is new here/,
    );
  });

  test("is none of two that are alike", async () => {
    const copy = open({ inner: "other_extent", outer: "other_all" }).split("\nstatic int use")[0];
    const { bounds } = await judged(open(OLD), `${copy}\n${open(NEW)}`);
    expect(bounds.join("\n")).toMatch(/use\(\): box_lock_all\(\) is new here/);
  });
});
