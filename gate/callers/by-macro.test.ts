import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const begin = (release: string) =>
  `int box_begin(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tif (b->dead) {\n${release}\t\treturn -ENODEV;\n\t}\n\treturn 0;\n}\n`;

test.each([
  ["calls it", "#define BEGIN(b) box_begin(b)"],
  ["stands for its name", "#define BEGIN box_begin"],
])("a macro of a header that %s may have callers that were not judged", async (_, macro) => {
  const others = { "wrap.h": `\n${macro}\n`, "user.c": "int f(struct box *b)\n{\n\treturn BEGIN(b);\n}\n" };
  const before = { "lib.c": begin(""), ...others };
  const after = { "lib.c": begin("\t\tspin_unlock(&b->lock);\n"), ...others };
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const { bounds } = await gate(set, { tree: directoryTree(makeTree(before)) });
  expect(bounds).toContain(
    "what box_begin() does to locks changed: callers by the macro BEGIN (wrap.h:2) were not judged",
  );
});
