import { describe, expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const HELPER = "static void pipe_unlock(struct pipe *own)\n{\n\tspin_unlock(&own->l);\n}\n";

/** A function with an old double unlock, reached from where `p->stopped` is true. */
const feed = (loop: readonly string[]) =>
  [
    HELPER,
    "int feed(struct pipe *p, int n)",
    "{",
    "\tint rc = 0;",
    "",
    "\tspin_lock(&p->l);",
    "\twhile (n--) {",
    "\t\tif (p->stopped) {",
    "\t\t\tspin_unlock(&p->l);",
    "\t\t\trc = -EINTR;",
    "\t\t\tgoto finish;",
    "\t\t}",
    ...loop.map((line) => `\t\t${line}`),
    "\t}",
    "finish:",
    "\tspin_unlock(&p->l);",
    "\treturn rc;",
    "}",
    "",
  ].join("\n");

async function judge(before: string, after: string) {
  const [was, is] = [{ "pipe.c": before }, { "pipe.c": after }];
  const set = await readMails("patch", Buffer.from(diffOf(was, is)));
  return gate(set, { tree: directoryTree(makeTree(was)) });
}

const OLD = feed(["p->v++;"]);

describe("a second path to an old finding", () => {
  test.each([
    [
      "by another release",
      ["spin_unlock(&p->l);", "if (fill(p))", "\tgoto finish;", "spin_lock(&p->l);", "p->v++;"],
    ],
    [
      "by the same words under another decision",
      [
        "if (p->full) {",
        "\tspin_unlock(&p->l);",
        "\tif (p->dead)",
        "\t\tgoto finish;",
        "\tspin_lock(&p->l);",
        "}",
        "p->v++;",
      ],
    ],
  ])("%s is new", async (_, loop) => {
    const report = await judge(OLD, feed(loop));
    expect(report.new.map(({ rule, function: name }) => [rule, name])).toEqual([["double-unlock", "feed"]]);
    expect(report.new[0]?.message).toContain("on another path than before");
    expect(report.old).toHaveLength(1);
  });

  test.each([
    ["other lines", feed(["p->v++;", "p->w++;", "if (p->w > 4)", "\tp->w = 0;"])],
    ["another name of a variable", OLD.replaceAll("p->", "q->").replace("*p,", "*q,")],
    [
      "another release in place of the old one",
      OLD.replace("\t\t\tspin_unlock(&p->l);\n", "\t\t\tpipe_unlock(p);\n"),
    ],
    [
      "a release in both arms of a branch",
      OLD.replace(
        "\t\t\tspin_unlock(&p->l);\n",
        "\t\t\tif (p->a)\n\t\t\t\tspin_unlock(&p->l);\n\t\t\telse\n\t\t\t\tspin_unlock(&p->l);\n",
      ),
    ],
  ])("%s is none", async (_, after) => {
    const report = await judge(OLD, after);
    expect(report.new).toEqual([]);
    expect(report.old).toHaveLength(1);
  });
});
