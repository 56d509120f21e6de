import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

const HEAD = `int far_actor(struct ctx *c);
static int naps(struct ctx *c)
{
	msleep(3);
	return 0;
}
static int locks(struct ctx *c)
{
	spin_lock(&c->box->lock);
	c->box->n++;
	spin_unlock(&c->box->lock);
	return 0;
}
static int counts(struct ctx *c)
{
	c->box->n++;
	return 0;
}
`;

/** What callbacks are told to do in a function that comes to `fn` under a lock. */
async function callbacksIn(fn: string, before: string, under: string, others = "") {
  const body = `${before}\n\tspin_lock(&b->lock);\n\t${under}\n\tspin_unlock(&b->lock);\n`;
  const text = `${HEAD}${others}\nstatic void f(struct box *b)\n{\n${body}}\n`.replaceAll("FN", fn);
  const { unknownLocks = [], findings } = await checkSource({ file: "f.c", text });
  expect(findings).toEqual([]);
  return unknownLocks.flatMap(({ callback, callee }) =>
    callback === undefined ? [] : `${callee}() ${callback}`,
  );
}

const WAYS: [string, string, string, string?][] = [
  ["an argument", "", "iterate(b, FN);"],
  ["an argument by its address", "", "iterate(b, &FN);"],
  ["an argument of another type", "", "iterate(b, (actor_t)FN);"],
  ["a member of a variable", "\tstruct ctx ctx;\n\n\tctx.actor = FN;", "iterate(&ctx);"],
  ["a member that is set under the lock", "\tstruct ctx ctx;\n", "ctx.actor = FN;\n\titerate(&ctx);"],
  ["a member behind a pointer", "\tstruct ctx *ctx = b->ctx;\n\n\tctx->actor = FN;", "iterate(ctx);"],
  ["an initialiser", "\tstruct ctx ctx = { .actor = FN, .box = b };\n", "iterate(&ctx);"],
  ["a literal", "", "iterate(&(struct ctx){ .actor = FN });"],
  ["a member of a table", "", "b->ops->actor(b->ctx);", "static const struct ops o = { .actor = FN };\n"],
  [
    "a member that is set elsewhere",
    "",
    "b->ctx->actor(b->ctx);",
    "void set(struct ctx *c)\n{\n\tc->actor = FN;\n}\n",
  ],
  [
    "a member of a table that a macro fills, called by another macro",
    "",
    "ACT(b->ops, b->ctx);",
    "#define ACT(o, c) (o)->actor(c)\n#define OPS(fn) { .actor = fn }\nstatic const struct ops o = OPS(FN);\n",
  ],
  [
    "a member that a macro is given, by another one",
    "",
    "ACT(b->ops, b->ctx);",
    "#define CALL(o, op, c) ((o)->op(c))\n#define ACT(o, c) do { if ((o)->actor) CALL(o, actor, c); } while (0)\nstatic const struct ops o = { .actor = FN };\n",
  ],
  [
    "an entry of an array",
    "",
    "ACT(2, b->ctx);",
    "#define ACT(i, c) actors[i](c)\nstatic int (*actors[])(struct ctx *c) = { FN };\n",
  ],
  ["in a variable", "\tactor_t actor = FN;\n", "actor(b->ctx);"],
  ["one that a variable may hold", "\tactor_t actor = b->n == 1 ? counts : FN;\n", "actor(b->ctx);"],
  [
    "one that a member may get",
    "",
    "b->ctx->actor(b->ctx);",
    "void set(struct ctx *c)\n{\n\tc->actor = c->box->n ? FN : NULL;\n}\n",
  ],
  ["a member as in old C", "", "b->ops->actor(b->ctx);", "static struct ops o = {\n\tactor:\tFN,\n};\n"],
  [
    "one that a macro of power management is given",
    "",
    "b->pm->runtime_resume(b->ctx);",
    "static SET_RUNTIME_PM_OPS(counts, FN, NULL);\n",
  ],
  [
    "one that a macro like those of power management is given",
    "",
    "b->pm->wake(b->ctx);",
    "static BOX_PM_OPS(box_pm, counts, FN);\n",
  ],
  [
    "a member of a table, beside one that a macro is given",
    "",
    "b->ops->actor(b->ctx);",
    "static struct ops o = { .actor = counts };\nstatic FAR_OPS(p, FN);\n",
  ],
];

describe.each(WAYS)("a function that is %s under a lock", (_, before, under, others) => {
  test("is a bound where it sleeps, or takes such a lock", async () => {
    expect((await callbacksIn("naps", before, under, others)).join()).toMatch(
      /(?:is handed|may lead to) naps\(\), which may sleep under b->lock$/,
    );
    expect((await callbacksIn("locks", before, under, others)).join()).toMatch(
      /locks\(\), which takes a lock like b->lock, which is held there$/,
    );
  });

  test("is none where it does neither", async () => {
    expect(await callbacksIn("counts", before, under, others)).toEqual([]);
  });
});

test("a function of another file that is handed to a call under a lock is a bound", async () => {
  expect(await callbacksIn("far_actor", "", "iterate(b, FN);")).toEqual([
    "iterate() is handed far_actor(), which may do anything under b->lock",
  ]);
});

test.each([
  ["by its name", "", "visit(b, far_fn);"],
  ["by the name of the call", "", "run_with(b, far);"],
  ["by a call of it", "\tfar(b);", "visit(b, far);"],
  ["by its name, behind another type", "", "visit(b, (actor_t)far_fn);"],
  ["by its name, as a member", "\tstruct ctx ctx;\n\n\tctx.actor = far_fn;", "visit(&ctx);"],
])("so is one that the source does not declare, known %s", async (_, before, under) => {
  expect((await callbacksIn("", before, under)).join()).toMatch(
    /^\w+\(\) is handed far(?:_fn)?\(\), which may do anything/,
  );
});

test.each([
  ["kept for later", "", "queue_work(b->wq, naps);"],
  ["handed on once the lock is released", "\titerate(b, naps);", "b->n++;"],
  ["put into another object", "\tstruct ctx ctx, other;\n\n\tother.actor = naps;", "iterate(&ctx);"],
  ["a variable of that name", "\tbool naps = b->n;\n", "iterate(b, naps);"],
  ["traced", "", "TRACE_BOX(b, naps);"],
  ["a number of the kernel", "", "visit(b, jiffies);"],
  ["a parameter", "\tstruct box *far_fn = b;\n", "visit(b, far_fn);"],
  ["compared", "", "b->n = b->actor == naps;"],
  ["the condition of a choice", "\tactor_t actor = naps == b->actor ? counts : NULL;\n", "actor(b->ctx);"],
])("a function that is %s is none", async (_, before, under) => {
  expect(await callbacksIn("", before, under)).toEqual([]);
});

test("what a macro of power management is given is none where another member is called", async () => {
  const table = "static SIMPLE_DEV_PM_OPS(box_pm, FN, counts);\n";
  expect(await callbacksIn("naps", "", "b->pm->suspend(b->ctx);", table)).toHaveLength(1);
  expect(await callbacksIn("naps", "", "b->ops->actor(b->ctx);", table)).toEqual([]);
});

test("a parameter that is called under a lock leads to what the source's calls give for it", async () => {
  const walk = (given: string) => `${HEAD}
static void walk(struct ctx *c, int (*fn)(struct ctx *))
{
	rcu_read_lock();
	fn(c);
	rcu_read_unlock();
}
static void f(struct ctx *c)
{
	walk(c, ${given});
}
`;
  const boundsOf = async (given: string) => (await checkSource({ file: "f.c", text: walk(given) })).bounds;
  expect(await boundsOf("naps")).toEqual([
    expect.stringMatching(/walk\(\): fn\(\) may lead to naps\(\), which may sleep under rcu:/),
  ]);
  expect(await boundsOf("counts")).toEqual([]);
});
