import { expect, test } from "vitest";
import { readUnit } from "./unit.ts";

/** Name and parameters of each function found. */
const heads = (text: string) => readUnit(text).functions.map(({ name, parameters }) => [name, ...parameters]);

test.each([
  "__must_hold(&box->lock)",
  "__must_hold_shared(&box->lock)",
  "__acquires(&box->lock)",
  "__acquires_shared(&box->lock) __releases(&box->other)",
  "__releases_shared(&box->lock)",
  "__cond_acquires(true, &box->lock)",
  "__cond_acquires_shared(nonzero, &box->lock)",
  "__no_context_analysis",
  "__context_unsafe(/* it is complicated */)",
  "__requires_capability(box->lock)",
  "__assumes_ctx_lock(&box->lock)",
  "__acquire_shared(box) __must_check",
  "__attribute((weak))",
])("%s may stand behind the parameters and before the type", (attribute) => {
  const text = `static int f(struct box *box, int nr)
	${attribute}
{
	return nr;
}

${attribute}
static int g(struct box *box)
{
	return 0;
}
`;
  expect(heads(text)).toEqual([
    ["f", "box", "nr"],
    ["g", "box"],
  ]);
});

test("a function may be called like an annotation", () => {
  const text = "static void __release_box(struct box *box)\n\t__releases(&box->lock)\n{\n}\n";
  expect(heads(text)).toEqual([["__release_box", "box"]]);
});

test("members of structures carry them too, and are no functions", () => {
  const text = `struct box {
	spinlock_t lock;
	int count __guarded_by(&lock);
	struct list_head *items __pt_guarded_by(&lock) __guarded_by(&other);
	void (*take)(struct box *box) __acquires(&box->lock);
};

struct __attribute__((packed)) pair {
	int one;
};

context_lock_struct(crate) {
	int dep_map;
};

static struct box boxes[2] = { { .count = 1 }, { .count = 2 } };

static void f(struct box *box) __must_hold(&box->lock)
{
	box->count++;
}
`;
  expect(heads(text)).toEqual([["f", "box"]]);
});
