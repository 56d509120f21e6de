import { expect, test } from "vitest";
import { add, and, cond, constant, type Expression, equal, less, not, or } from "./expression.ts";
import { expressionText } from "./expression-text.ts";

const variable = (name: string): Expression => ({ kind: "variable", name });
const [a, b] = [variable("a"), variable("b")];
const TRUTH = { kind: "enum", values: ["?", "true", "false"] } as const;

test.each([
  [equal(a, constant(1, TRUTH)), "a is true"],
  [not(equal(a, constant(1, TRUTH))), "a is not true"],
  [or(equal(a, constant(0, TRUTH)), equal(a, constant(2, TRUTH))), "a is ? or false"],
  [or(equal(a, constant(1)), equal(b, constant(2))), "a is 1 or b is 2"],
  [and(less(a, b), or(equal(a, constant(1)), equal(b, constant(2)))), "a < b and (a is 1 or b is 2)"],
  [not(or(a, b)), "not (a or b)"],
  [cond(a, add(b, constant(1)), constant(0)), "if a then b + 1 else 0"],
  [{ kind: "element", name: "count", index: { kind: "self" } } as const, "count[self]"],
])("an expression reads as text", (expression, text) => {
  expect(expressionText(expression)).toBe(text);
});
