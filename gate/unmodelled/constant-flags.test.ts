import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const USE =
  "int use(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tb->p = kmalloc(8, FLAGS);\n\tspin_unlock(&b->lock);\n\treturn 0;\n}\n";

async function foundWhere(definition: string, was: string, is: string, flags = "box_gfp") {
  const text = (value: string) => `${definition.replace("VALUE", value)}\n\n${USE.replace("FLAGS", flags)}`;
  const [before, after] = [{ "a.c": text(was) }, { "a.c": text(is) }];
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const { new: found } = await gate(set, { tree: directoryTree(makeTree(before)) });
  return found.map(({ rule }) => rule);
}

test.each([
  "static const gfp_t box_gfp = VALUE;",
  "const gfp_t box_gfp = VALUE;",
  "static gfp_t const box_gfp =\n\tVALUE;",
  "static const gfp_t box_gfp = VALUE | __GFP_NOWARN;",
  "#define box_gfp VALUE",
])("flags in `%s` that let an allocation sleep are found where it may not", async (definition) => {
  expect(await foundWhere(definition, "GFP_ATOMIC", "GFP_KERNEL")).toEqual(["no-sleep-in-atomic"]);
  expect(await foundWhere(definition, "GFP_ATOMIC", "GFP_NOWAIT")).toEqual([]);
  expect(await foundWhere(definition, "GFP_KERNEL", "GFP_ATOMIC")).toEqual([]);
});

test("so are those of which another flag is or'ed in, and none that are not used", async () => {
  const constant = "static const gfp_t box_gfp = VALUE;";
  expect(await foundWhere(constant, "GFP_ATOMIC", "GFP_KERNEL", "box_gfp | __GFP_ZERO")).toEqual([
    "no-sleep-in-atomic",
  ]);
  expect(await foundWhere(constant, "GFP_ATOMIC", "GFP_KERNEL", "GFP_ATOMIC")).toEqual([]);
});
