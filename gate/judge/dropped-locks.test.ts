import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const ASSERTING = `static void retract(struct mesh *mesh)
{
	lockdep_assert_held(&mesh->tt.commit);
	mesh->count = 0;
}

void mesh_update(struct mesh *mesh)
{
	retract(mesh);
}
`;
const free = (...body: readonly string[]) =>
  `${ASSERTING}\nvoid mesh_free(struct mesh *mesh)\n{\n${body.map((each) => `\t${each}\n`).join("")}}\n`;

const UNDER_LOCK = ["spin_lock_bh(&mesh->tt.commit);", "retract(mesh);", "spin_unlock_bh(&mesh->tt.commit);"];

async function newIn(before: string, after: string): Promise<readonly string[]> {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  const result = await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) });
  return result.new.map(({ rule, function: name }) => `${rule} ${name}`);
}

test("an asserted lock that a change no longer takes for the call is a new finding", async () => {
  expect(await newIn(free(...UNDER_LOCK), free("retract(mesh);"))).toEqual(["lock-not-held mesh_free"]);
});

test("none where the change takes it, takes another, or calls nothing any more", async () => {
  expect(await newIn(free("retract(mesh);"), free(...UNDER_LOCK))).toEqual([]);
  expect(await newIn(free(...UNDER_LOCK), free("mesh->count = 0;"))).toEqual([]);
  expect(await newIn(free("retract(mesh);"), free("retract(mesh);", "kfree(mesh);"))).toEqual([]);
});
