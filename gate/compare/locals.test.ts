import { expect, test } from "vitest";
import { localsOf } from "./locals.ts";

test("each parameter and each local has a name by its type and its place among those of that type", () => {
  const text = `static int f(struct box *box, unsigned long addr, struct box *other, const char *name, spinlock_t **ptlp)
{
	int a = max(addr, 3), *b, c[2];
	struct box *third;
}
`;
  expect([...localsOf(text)]).toEqual([
    ["box", "struct box*#0"],
    ["addr", "unsigned long#0"],
    ["other", "struct box*#1"],
    ["name", "const char*#0"],
    ["ptlp", "spinlock_t**#0"],
    ["a", "int#0"],
    ["b", "int*#0"],
    ["c", "int#1"],
    ["third", "struct box*#2"],
  ]);
});
