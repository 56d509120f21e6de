import { match } from "ts-pattern";
import { showValue } from "./domain.ts";
import type { Constant, Expression } from "./expression.ts";

/** An expression as people read it, with nothing filled in: `err is 0 or (locked) is true`. */
export function expressionText(expression: Expression): string {
  return match(expression)
    .with({ kind: "constant" }, constantText)
    .with({ kind: "variable" }, ({ name, of }) => (of ? `${name} of ${nested(of)}` : name))
    .with({ kind: "element" }, ({ name, index, of }) => {
      const place = `${name}[${expressionText(index)}]`;
      return of ? `${place} of ${nested(of)}` : place;
    })
    .with({ kind: "self" }, () => "self")
    .with({ kind: "bound" }, ({ name }) => name)
    .with({ kind: "not" }, ({ operand }) =>
      operand.kind === "equal"
        ? `${nested(operand.left)} is not ${nested(operand.right)}`
        : `not ${nested(operand)}`,
    )
    .with({ kind: "and" }, ({ operands }) => operands.map(clause).join(" and ") || "true")
    .with(
      { kind: "or" },
      ({ operands }) => oneOfText(operands) ?? (operands.map(clause).join(" or ") || "false"),
    )
    .with({ kind: "equal" }, ({ left, right }) => `${nested(left)} is ${nested(right)}`)
    .with({ kind: "less" }, ({ left, right }) => `${nested(left)} < ${nested(right)}`)
    .with({ kind: "add" }, ({ left, right }) => `${nested(left)} + ${nested(right)}`)
    .with({ kind: "subtract" }, ({ left, right }) => `${nested(left)} - ${nested(right)}`)
    .with(
      { kind: "if" },
      ({ condition, yes, no }) =>
        `if ${expressionText(condition)} then ${expressionText(yes)} else ${expressionText(no)}`,
    )
    .with({ kind: "some" }, { kind: "all" }, ({ kind, name, body }) => `${kind} ${name}: ${nested(body)}`)
    .exhaustive();
}

/** One variable held against several values: `err is 0 or <0`. */
function oneOfText(operands: readonly Expression[]): string | undefined {
  const names = new Set<string>();
  const values: string[] = [];
  for (const each of operands) {
    if (each.kind !== "equal" || each.left.kind !== "variable" || each.right.kind !== "constant")
      return undefined;
    names.add(expressionText(each.left));
    values.push(constantText(each.right));
  }
  return names.size === 1 ? `${[...names].join()} is ${values.join(" or ")}` : undefined;
}

export const constantText = ({ value, domain }: Constant): string =>
  domain ? showValue(domain, value) : String(value);

const nested = (expression: Expression): string =>
  ATOMS.has(expression.kind) ? expressionText(expression) : `(${expressionText(expression)})`;

/** Equations need no parentheses between `and` and `or`. */
const clause = (expression: Expression): string =>
  COMPARISONS.has(expression.kind) || expression.kind === "not"
    ? expressionText(expression)
    : nested(expression);

const ATOMS: ReadonlySet<string> = new Set(["constant", "variable", "element", "self", "bound"]);
const COMPARISONS: ReadonlySet<string> = new Set(["equal", "less"]);
