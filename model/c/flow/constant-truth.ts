import type { Expr } from "../syntax/ast.ts";
import { print, stripped } from "./print.ts";

/**
 * What constants come to that are compared, or a flag asked for among flags that name it, as a callee's body may ask its
 * caller's arguments. Of two names a given one is another value: else the callee would ask for nothing.
 */
export function constantTruth(
  { operator, left, right }: Expr & { kind: "binary" },
  known: NumberOf = () => undefined,
): boolean | undefined {
  const numbers = [left, right].map((each) => numberOf(each) ?? numberOfName(each, known));
  const [one, other] = numbers;
  if (one !== undefined && other !== undefined) return ORDER[operator]?.(one - other);
  if (operator === "==" || operator === "!=") {
    if (!isNamedConstant(left) || !isNamedConstant(right)) return undefined;
    if (print(stripped(left)) === print(stripped(right))) return operator === "==";
    return [left, right].some(isGiven) ? operator === "!=" : undefined;
  }
  if (operator === "&" && [one, other].includes(0)) return false;
  if (operator !== "&" || !isNamedConstant(right)) return undefined;
  return bitsOf(left).some((each) => print(each) === print(stripped(right))) ? true : undefined;
}

/** The number of an enumerator, or of a macro that is one. */
export type NumberOf = (name: string) => number | undefined;

function numberOfName(written: Expr, known: NumberOf): number | undefined {
  const each = stripped(written);
  return each.kind === "name" ? known(each.name) : undefined;
}

const ORDER: Readonly<Record<string, (difference: number) => boolean>> = {
  "==": (difference) => difference === 0,
  "!=": (difference) => difference !== 0,
  "<": (difference) => difference < 0,
  "<=": (difference) => difference <= 0,
  ">": (difference) => difference > 0,
  ">=": (difference) => difference >= 0,
};

/** The number that is written there. */
function numberOf(written: Expr): number | undefined {
  const text = print(stripped(written));
  const [, sign, digits] = /^(-?)(0[xX][\da-fA-F]+|0|[1-9]\d*)[uUlL]*$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (sign === "-" ? -1 : 1);
}

function isGiven(each: Expr): boolean {
  const inner = stripped(each);
  return inner.kind === "name" && inner.given === true;
}

const isNamedConstant = (each: Expr): boolean => /^[A-Z][A-Z0-9_]*$/.test(print(stripped(each)));

function bitsOf(flags: Expr): readonly Expr[] {
  const each = stripped(flags);
  return each.kind === "binary" && each.operator === "|"
    ? [...bitsOf(each.left), ...bitsOf(each.right)]
    : [each];
}
