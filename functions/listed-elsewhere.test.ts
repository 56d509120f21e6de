import { expect, test } from "vitest";
import { tableKnowledge, withSleepers } from "../model/c/knowledge/index.ts";
import { checkSource } from "./check.ts";

const TEXT = `static void f(struct box *box)
{
	spin_lock(&box->lock);
	target_tpg_has_node_acl(box->tpg, box->name);
	spin_unlock(&box->lock);
}
`;
const chain = [{ callee: "mutex_lock", line: 7, file: "drivers/target/target_core_tpg.c" }];

test("what the list is certain of is no hint where the body in another file is known", async () => {
  const alone = await checkSource({ file: "a.c", text: TEXT });
  const known = withSleepers(tableKnowledge, new Map([["target_tpg_has_node_acl", chain]]));
  const told = await checkSource({ file: "a.c", text: TEXT }, { knowledge: known });
  expect(alone.findings.map(({ id }) => id)).toHaveLength(1);
  expect(told.findings.map(({ id, confidence }) => [id, confidence])).toEqual(
    alone.findings.map(({ id }) => [id, "hard"]),
  );
});
