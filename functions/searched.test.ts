import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** Only where boxes are counted is the lock taken a second time. */
const TEXT = `
static void fill(struct box *box)
{
	spin_lock(&box->lock);
#ifdef CONFIG_BOX_COUNT
	spin_lock(&box->lock);
#endif
	spin_unlock(&box->lock);
	spin_unlock(&box->lock);
}

static void plain(struct box *box)
{
	spin_lock(&box->lock);
	spin_unlock(&box->lock);
}
`;

test("what was searched is told for each function, and for each reading of one with an #if", async () => {
  const { functions } = await checkSource({ file: "box.c", text: TEXT });
  const about = { file: "box.c", states: expect.any(Number), transitions: expect.any(Number) };
  expect(functions.searched).toEqual([
    { ...about, function: "fill", reading: "CONFIG_BOX_COUNT", depth: expect.any(Number) },
    { ...about, function: "fill", reading: "!CONFIG_BOX_COUNT", depth: expect.any(Number) },
    { file: "box.c", function: "plain", states: 4, transitions: 3, depth: 3 },
  ]);
});

test("callees that nobody asked for are searched, but no part of the report", async () => {
  const { functions } = await checkSource({ file: "box.c", text: TEXT }, { functions: ["plain"] });
  expect(functions.searched.map((each) => each.function)).toEqual(["plain"]);
});

test("a finding names the readings that have it", async () => {
  const { findings } = await checkSource({ file: "box.c", text: TEXT });
  expect(findings.map(({ rule, readings }) => [rule, readings])).toEqual([
    ["double-lock", ["CONFIG_BOX_COUNT"]],
    ["double-unlock", ["CONFIG_BOX_COUNT", "!CONFIG_BOX_COUNT"]],
  ]);
});
