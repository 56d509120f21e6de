import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const locked = (name: string, flags: string, declared = "") => `static void ${name}(struct box *box)
{
${declared}	spin_lock_irqsave(&box->lock, ${flags});
	box->n++;
	spin_unlock_irqrestore(&box->lock, ${flags});
}
`;

const FILE = "static unsigned long lock_flags;\n\n";

const found = async (text: string, audit = true) =>
  (await checkSource({ file: "box.c", text }, { audit })).findings;

test("interrupt flags that several functions keep in one variable of the file are a hint in each", async () => {
  const text = FILE + locked("one", "lock_flags") + locked("other", "lock_flags");
  expect(await found(text)).toMatchObject([
    { rule: "irq-flags-mismatch", confidence: "audit", function: "one", line: 5, lock: "lock_flags" },
    { rule: "irq-flags-mismatch", confidence: "audit", function: "other", line: 11, lock: "lock_flags" },
  ]);
  expect(await found(text, false)).toEqual([]);
});

test.each([
  ["of one function", FILE + locked("one", "lock_flags")],
  [
    "of the functions' own",
    `${locked("one", "flags", "\tunsigned long flags;\n")}${locked("other", "flags", "\tunsigned long flags;\n")}`,
  ],
  ["in the object", FILE + locked("one", "box->flags") + locked("other", "box->flags")],
])("flags %s are none", async (_, text) => {
  expect(await found(text)).toEqual([]);
});
