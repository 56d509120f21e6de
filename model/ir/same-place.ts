import type { Bounds } from "./domain.ts";
import { and, constant, type Expression, equal, FALSE, SELF, TRUE } from "./expression.ts";
import type { Update } from "./model.ts";

/** The bounds of an expression's value, where they are known. */
type BoundsOf = (expression: Expression) => Bounds | undefined;

/** When two updates write one place: TRUE or FALSE where that can be told without a state. */
export function samePlace(one: Update, other: Update, boundsOf: BoundsOf = () => undefined): Expression {
  if (one.variable !== other.variable) return FALSE;
  return and(sameValue(one.index, other.index, boundsOf), sameValue(one.of, other.of, boundsOf));
}

function sameValue(
  one: Expression | undefined,
  other: Expression | undefined,
  boundsOf: BoundsOf,
): Expression {
  if (one === undefined && other === undefined) return TRUE;
  // An owner that is not named is the acting task.
  const [left, right] = [one ?? SELF, other ?? SELF];
  const apart = difference(left, right);
  if (apart !== undefined) return equal(constant(apart), constant(0));
  const [first, second] = [boundsOf(left), boundsOf(right)];
  if (first && second && (first.max < second.min || second.max < first.min)) return FALSE;
  return equal(left, right);
}

/** What one expression always is more than the other; undefined where that depends on the state. */
function difference(left: Expression, right: Expression): number | undefined {
  const terms = new Map<string, number>();
  const rest = addTerms(left, 1, terms) + addTerms(right, -1, terms);
  return [...terms.values()].every((times) => times === 0) ? rest : undefined;
}

/** Adds what an expression is the sum of to the terms, by their text, and returns the part that is constant. */
function addTerms(expression: Expression, sign: number, terms: Map<string, number>): number {
  switch (expression.kind) {
    case "constant":
      return sign * expression.value;
    case "add":
      return addTerms(expression.left, sign, terms) + addTerms(expression.right, sign, terms);
    case "subtract":
      return addTerms(expression.left, sign, terms) + addTerms(expression.right, -sign, terms);
    default: {
      const text = JSON.stringify(expression);
      terms.set(text, (terms.get(text) ?? 0) + sign);
      return 0;
    }
  }
}
