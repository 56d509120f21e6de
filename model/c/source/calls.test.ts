import { expect, test } from "vitest";
import { calledNames, callsIn } from "./calls.ts";

const calleesOf = (text: string) => callsIn(text).map(({ callee }) => callee);

test.each<[string, string[]]>([
  ["f(x);", ["f"]],
  ["f(g(x), h ());", ["f", "g", "h"]],
  ["if (f(x)) return (g)(x);", ["f", "g"]],
  ["if (x) (*b->fn)(x); else (f)(x);", ["b->fn", "f"]],
  ["b->ops[1].lock(b);", ["b->ops[1].lock"]],
  ["box->fn[UNLOCK](x);", ["box->fn[UNLOCK]"]],
  ["((lock_fn)box->fn)(x);", ["(lock_fn)box->fn"]],
  ["(fast ? f : g)(x);", ["fast?f:g"]],
  ["(0, f)(x);", ["0,f"]],
  ["({ f; })(x);", ["{f;}"]],
  ["get(b)->lock(b);", ["get", "get(b)->lock"]],
  ["static_call(f)(x);", ["static_call", "static_call(f)"]],
  ["(*(b->ops->lock))(b); (**b->f)(b);", ["b->ops->lock", "b->f"]],
  ["(b)->h->lock(b); ((struct y *)b)->lock(b);", ["(b)->h->lock", "((struct y*)b)->lock"]],
  ["(void)f(x); n = (u8 *)(x); m = (unsigned long)(y); k = (size_t)(z);", ["f"]],
  ["void (*fn)(int *) = f; int (*g[2])(void); p = (int (*)(int))(x);", []],
  ["return (x); while (a) (b)++; sizeof(x);", []],
  ["x = a * (b + c) - (d);", []],
  ["f(a; g(b)", ["f", "g"]],
])("%s", (text, callees) => {
  expect(calleesOf(text)).toEqual(callees);
});

test("a callee that is chosen or indexed goes by each name that it may have", () => {
  expect(callsIn("(fast ? b->f : g)(x);")[0]?.names).toEqual(["fast", "f", "g"]);
  expect([...calledNames("b->fn[UNLOCK](b); static_call(h)(b);")]).toEqual([
    "fn",
    "UNLOCK",
    "static_call",
    "h",
  ]);
});

test("arguments stand without white space, and a statement's result is discarded", () => {
  const [first, second] = callsIn("f(a, & b);\nn = g(({ h; }));");
  expect(first).toMatchObject({ arguments: "a,&b", discarded: true, at: 0 });
  expect(second).toMatchObject({ arguments: "({h;})", discarded: false });
});
