import { expect, test } from "vitest";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const HEAD = "static int box_put(struct box *box, int n)";
const SHOWN = [" \tbox->n = n;", " \tbox->m = n;"];

/** What the gate says of a patch of one file without a tree. */
async function judged(line: number, ...hunk: readonly string[]) {
  const count = (marks: string) => hunk.filter((each) => marks.includes(each[0] ?? "")).length;
  const heading = `@@ -${line},${count(" -")} +${line},${count(" +")} @@${line > 1 ? ` ${HEAD}` : ""}`;
  const patch = ["--- a/box.c", "+++ b/box.c", heading, ...hunk, ""].join("\n");
  const { verdict, bounds } = await gate(await readMails("patch", Buffer.from(patch)));
  return { verdict, bounds };
}

test.each([
  ["a return", ["+\tif (n < 0)", "+\t\treturn -EINVAL;"], "box.c:23: the patch adds 'return'"],
  ["a goto", ["+\tif (n < 0)", "+\t\tgoto  out;"], "box.c:23: the patch adds 'goto out'"],
  ["a break", ["+\tif (n < 0)", "+\t\tbreak;"], "box.c:23: the patch adds 'break'"],
  ["a continue", ["+\tif (n < 0)", "+\t\tcontinue;"], "box.c:23: the patch adds 'continue'"],
  ["the end of one", ["-\tgoto out;"], "box.c:22: the patch removes 'goto out'"],
  ["a label", ["+out:"], "box.c:22: the patch adds a label"],
  ["another goal", ["-\tgoto out;", "+\tgoto fail;"], "box.c:22: the patch adds 'goto fail'"],
])("%s where the patch does not show what is locked is a bound", async (_, changed, bound) => {
  const { verdict, bounds } = await judged(20, ...SHOWN, ...changed, " \tbox->last = n;");
  expect(verdict).toBe("holds-within-bound");
  expect(bounds[0]).toBe(`${bound} and does not show what is locked there (--tree DIR does)`);
});

test.each<[string, number, string[]]>([
  ["another value", 20, [...SHOWN, "-\treturn n;", "+\treturn box->n;", " }"]],
  [
    "a word in a comment",
    20,
    [...SHOWN, "+\t/* goto is not used: return */", "+\t * break", " \tbox->last = n;"],
  ],
  [
    "a return whose function is shown from its head on",
    1,
    [` ${HEAD}`, " {", "+\tif (n < 0)", "+\t\treturn 1;", " \tbox->n = n;"],
  ],
  [
    "a goto in a function that is shown whole",
    1,
    [
      ` ${HEAD}`,
      " {",
      " \tif (n < 0)",
      "+\t\tgoto out;",
      "-\t\tn = 0;",
      "+\tn++;",
      " out:",
      " \treturn n;",
      " }",
    ],
  ],
])("%s is none", async (_, line, hunk) => {
  expect(await judged(line, ...hunk)).toEqual({ verdict: "nothing-to-check", bounds: [] });
});
