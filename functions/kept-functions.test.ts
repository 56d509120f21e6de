import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

const HELPERS = `struct ops { int size; void (*take)(struct box *); void (*drop)(struct box *); };
static void grab(struct box *b)
{
	spin_lock(&b->l);
}
static void drop(struct box *b)
{
	spin_unlock(&b->l);
}
static void poke(struct box *b)
{
	b->n++;
}
static void both(struct box *b)
{
	spin_lock(&b->l);
	spin_unlock(&b->l);
}
`;

/** The callees with unknown effects in a function of these statements, behind the helpers and `others`. */
async function unknownIn(others: string, statements: string) {
  const text = `${HELPERS}${others}\nstatic void f(struct box *b, int i)\n{\n\t${statements}\n}\n`;
  const { unknownLocks = [] } = await checkSource({ file: "f.c", text });
  return unknownLocks.flatMap((each) => (each.function === "f" ? [each.callee] : []));
}

describe("a function that locks, kept in a table by its place, is unknown where the member is called", () => {
  test.each([
    ["a table", "static const struct ops o = { 4, grab, drop };", "b->o->take(b);", ["b->o->take"]],
    ["the other member", "static const struct ops o = { 4, poke, drop };", "o.drop(b);", ["o.drop"]],
    ["an address", "static struct ops o = { 4, &grab, &drop, };", "b->o->drop(b);", ["b->o->drop"]],
    [
      "an array of tables",
      "static struct ops o[] = { { 4, poke }, { 5, grab } };",
      "o[i].take(b);",
      ["o[i].take"],
    ],
    ["a literal", "", "b->o = &(struct ops){ 1, grab }; b->o->take(b);", ["grab", "b->o->take"]],
    [
      "a type without a name",
      "static struct { int n; op_t go; } o[] = { { 1, drop } };",
      "o[i].go(b);",
      ["o[i].go"],
    ],
    ["a type elsewhere", "static struct far o = { grab, drop };", "b->o->go(b);", ["b->o->go"]],
    [
      "an array of pointers",
      "static void (*fns[])(struct box *) = { poke, grab };",
      "fns[i](b);",
      ["fns[i]"],
    ],
    ["a primitive", "static struct far o = { spin_lock };", "o.go(&b->l);", ["o.go"]],
  ])("%s", async (_, table, statements, callees) => {
    expect(await unknownIn(table, statements)).toEqual(callees);
  });

  test.each([
    ["another member of the table", "static const struct ops o = { 4, poke, drop };", "o.take(b);"],
    [
      "functions that leave locks as they were",
      "static const struct ops o = { 4, poke, both };",
      "o.drop(b);",
    ],
    [
      "another member of a type without a name",
      "static struct { op_t a; op_t go; } o[] = { { drop } };",
      "o[i].go(b);",
    ],
    [
      "a member named like an end that leaves locks alone",
      "static struct ops o = { .release = poke };",
      "o.release(b);",
    ],
    [
      "an array of functions that leave locks alone",
      "static void (*fns[])(struct box *) = { poke, both };",
      "fns[i](b);",
    ],
  ])("%s is no bound", async (_, table, statements) => {
    expect(await unknownIn(table, statements)).toEqual([]);
  });
});

describe("a function that locks, kept by a macro, is unknown where the member is called", () => {
  test.each([
    [
      "in place of a table",
      "#define OPS(a, b) { 4, a, b }\nstatic struct ops o = OPS(grab, drop);",
      "o.take(b);",
    ],
    [
      "by names of members",
      "#define OPS(a) { .take = a }\nstatic struct ops o = OPS(grab);",
      "b->o->take(b);",
    ],
    [
      "in a table",
      "#define TAKE(a) .take = a\nstatic struct ops o = { TAKE(grab), .size = 1 };",
      "o.take(b);",
    ],
    [
      "by one that makes the table",
      "#define DEF(n, a) static struct ops n = { .take = a }\nDEF(o, grab);",
      "o.take(b);",
    ],
    [
      "by one that makes the name",
      "#define DEF(n) static struct ops n##_ops = { .take = n }\nDEF(grab);",
      "grab_ops.take(b);",
    ],
    [
      "by one within another",
      "#define IN(a) .take = a\n#define DEF(n, a) struct ops n = { IN(a) }\nDEF(o, grab);",
      "o.take(b);",
    ],
    ["by one that is not in sight", "DEFINE_BOX_OPS(o, grab, drop);", "o.take(b);"],
    [
      "in a table, by one that is not in sight",
      "static const struct ops o = { 4, poke, MAKE(drop, 1) };",
      "o.drop(b);",
    ],
    [
      "as a member's choice",
      "static struct ops o = { .take = IS_ENABLED(CONFIG_SMP) ? grab : NULL };",
      "o.take(b);",
    ],
    ["as a member's pointer", "static struct ops o = { .take = smp_ptr(grab) };", "o.take(b);"],
  ])("%s", async (_, table, statements) => {
    expect(await unknownIn(table, statements)).toHaveLength(1);
  });

  test.each([
    [
      "one that leaves locks alone",
      "#define OPS(a) { .take = a }\nstatic struct ops o = OPS(both);",
      "o.take(b);",
    ],
    ["another member", "#define OPS(a, b) { 4, a, b }\nstatic struct ops o = OPS(poke, drop);", "o.take(b);"],
    ["what is exported", "EXPORT_SYMBOL_GPL(grab);", "b->o->go(b);"],
    ["what a timer runs", "DEFINE_TIMER(t, drop);", "b->o->go(b);"],
    ["a call", "static struct ops o = { 4, poke, poke };", "b->n = MAKE(grab); o.drop(b);"],
  ])("%s is no bound", async (_, table, statements) => {
    expect((await unknownIn(table, statements)).filter((each) => each.includes("."))).toEqual([]);
  });
});

describe("a function that locks, kept in a variable, is unknown where the variable is called", () => {
  test.each([
    ["of the file", "static void (*const locker)(spinlock_t *) = spin_lock;", "locker(&b->l);", ["locker"]],
    ["of its typedef", "static lock_op_t op = grab;", "op(b);", ["op"]],
    ["of the function", "", "void (*fn)(spinlock_t *) = spin_lock; fn(&b->l);", ["spin_lock", "fn"]],
    [
      "by its address",
      "",
      "void (*fn)(spinlock_t *) = &_raw_spin_lock; (*fn)(&b->l);",
      ["_raw_spin_lock", "fn"],
    ],
    [
      "that another function sets",
      "static op_t op;\nvoid init(void)\n{\n\top = drop;\n}\n",
      "op(b);",
      ["op"],
    ],
    ["given to a call", "", "run(_raw_spin_unlock, &b->l);", ["_raw_spin_unlock"]],
  ])("%s", async (_, others, statements, callees) => {
    expect(await unknownIn(others, statements)).toEqual(callees);
  });

  test.each([
    ["one that leaves locks alone", "static op_t op = poke;", "op(b);"],
    ["another function's own", "void g(struct box *b)\n{\n\top_t op = drop;\n}\n", "op(b);"],
  ])("%s is no bound", async (_, others, statements) => {
    expect(await unknownIn(others, statements)).toEqual([]);
  });
});
