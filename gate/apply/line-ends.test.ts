import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const use = (line = "") =>
  `void use(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tb->n++;\n${line}\tspin_unlock(&b->lock);\n}\n`;
const RETURNS = use("\tif (b->dead)\n\t\treturn;\n");
const withReturns = (text: string) => text.replaceAll("\n", "\r\n");

async function judge(tree: string, patch: string) {
  const set = await readMails("patch", Buffer.from(patch));
  return gate(set, { tree: directoryTree(makeTree({ "a.c": tree })) });
}

const patches = (after: string): readonly (readonly [string, string])[] => [
  ["as git writes it", diffOf({ "a.c": withReturns(use()) }, { "a.c": withReturns(after) })],
  ["without its CRs", diffOf({ "a.c": use() }, { "a.c": after })],
  ["with CRs everywhere", withReturns(diffOf({ "a.c": use() }, { "a.c": after }))],
];

test("a patch of a file whose lines end with CR LF is judged in it", async () => {
  for (const [, patch] of patches(RETURNS)) {
    const { verdict, refused, new: found } = await judge(withReturns(use()), patch);
    expect({ verdict, refused }).toEqual({ verdict: "violated", refused: [] });
    expect(found.map(({ line }) => line)).toEqual([6]);
  }
  for (const [, patch] of patches(use("\tb->m++;\n")))
    expect((await judge(withReturns(use()), patch)).verdict).toBe("holds");
});

test("so are the patches of a series, one after another", async () => {
  const [first, second] = [use("\tb->m++;\n"), RETURNS.replace("\tif", "\tb->m++;\n\tif")];
  const patch = diffOf({ "a.c": use() }, { "a.c": first }) + diffOf({ "a.c": first }, { "a.c": second });
  const { verdict, refused } = await judge(withReturns(use()), patch);
  expect({ verdict, refused }).toEqual({ verdict: "violated", refused: [] });
});

test("one that does other lines is refused as elsewhere, and one that is applied is said to be", async () => {
  const [, [, patch = ""] = []] = patches(RETURNS);
  expect((await judge(withReturns("int x;\n"), patch)).refused.join()).toContain("does not apply");
  expect((await judge(withReturns(RETURNS), patch)).refused.join()).toContain("it is applied already");
});
