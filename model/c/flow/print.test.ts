import { describe, expect, test } from "vitest";
import { parseBody } from "../syntax/index.ts";
import { hasEffects, placeOf, print, readsLocalsOnly, readsOf } from "./print.ts";

async function expressionOf(text: string) {
  const [statement] = await parseBody(`{ ${text}; }`, 0);
  if (statement?.kind !== "expression") throw new Error(`no expression: ${text}`);
  return statement.value;
}

describe("one text for each way to write an expression", () => {
  test.each([
    ["((a))", "a"],
    ["(struct box *)a", "a"],
    ["likely(unlikely(a) > READ_ONCE(b))", "a > b"],
    ["WARN_ON_ONCE(a)", "a"],
    ["a+b*c", "a + (b * c)"],
    ["a,b", "a, b"],
    ["(&a)->b", "a.b"],
    ["(*a).b", "a->b"],
    ["f (a,b) [ i ]", "f(a, b)[i]"],
    ["- a ++", "-a++"],
    ["-- a", "--a"],
    ["a ? b+1 : c", "a ? (b + 1) : c"],
  ])("%s", async (text, printed) => {
    expect(print(await expressionOf(text))).toBe(printed);
  });
});

describe("places", () => {
  test.each([
    ["a->b.c", "a->b.c", ["a->b.c", "a->b", "a"]],
    ["*a", "*a", ["*a", "a"]],
    ["BOX_MAX", undefined, []],
    ["a[i].b", undefined, ["a", "i"]],
    ["f(a)->b", undefined, ["a"]],
    ["a ? b : -c->d", undefined, ["a", "b", "c->d", "c"]],
  ])("%s is %s", async (text, place, reads) => {
    const expression = await expressionOf(text);
    expect(placeOf(expression)).toBe(place);
    expect(readsOf(expression)).toEqual(reads);
  });
});

test.each([
  ["a + b.c", false, true],
  ["a->b", false, false],
  ["a[0]", false, false],
  ["*a", false, false],
  ["f(a)", true, false],
  ["a = b", true, true],
  ["!a++", true, true],
  ["a && ({ b; })", true, false],
])("%s: has effects %s, reads locals only %s", async (text, effects, locals) => {
  const expression = await expressionOf(text);
  expect(hasEffects(expression)).toBe(effects);
  expect(readsLocalsOnly(expression)).toBe(locals);
});
