import { type Bounds, boundsOf, type Domain, hull, memberBounds, NONE, type Sets, TASK } from "./domain.ts";
import { type Expression, partsOf } from "./expression.ts";
import type { Variable } from "./model.ts";

/** What the names in an expression stand for. */
export interface Names {
  readonly sets: Sets;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Domains of the names bound by a choice or a quantifier. */
  readonly bound: ReadonlyMap<string, Domain>;
}

const TRUTH: Bounds = { min: 0, max: 1 };

/**
 * The least and greatest value that a valid expression can have, by the domains of what it reads. `visit` is
 * told of each of its parts, whether or not a run comes to read it.
 */
export function valueBounds(
  expression: Expression,
  names: Names,
  visit: (part: Expression, bounds: Bounds) => void = () => {},
): Bounds {
  const bounds = boundsByParts(expression, names, (part, inner = names) => valueBounds(part, inner, visit));
  visit(expression, bounds);
  return bounds;
}

function boundsByParts(
  expression: Expression,
  names: Names,
  go: (part: Expression, names?: Names) => Bounds,
): Bounds {
  switch (expression.kind) {
    case "constant":
      return { min: expression.value, max: expression.value };
    case "variable":
    case "element":
      if (expression.of) go(expression.of);
      if (expression.kind === "element") go(expression.index);
      return variableBounds(expression.name, names);
    case "self":
      return { min: NONE + 1, max: names.sets[TASK] ?? 1 };
    case "bound": {
      const domain = names.bound.get(expression.name);
      return domain ? memberBounds(domain, names.sets) : TRUTH;
    }
    case "add": {
      const [left, right] = [go(expression.left), go(expression.right)];
      return { min: left.min + right.min, max: left.max + right.max };
    }
    case "subtract": {
      const [left, right] = [go(expression.left), go(expression.right)];
      return { min: left.min - right.max, max: left.max - right.min };
    }
    case "if":
      go(expression.condition);
      return hull(go(expression.yes), go(expression.no));
    default: {
      const inner = "over" in expression ? withBound(names, expression.name, expression.over) : names;
      for (const part of partsOf(expression)) go(part, inner);
      return TRUTH;
    }
  }
}

function withBound(names: Names, name: string, domain: Domain): Names {
  return { ...names, bound: new Map([...names.bound, [name, domain]]) };
}

function variableBounds(name: string, { variables, sets }: Names): Bounds {
  const variable = variables.get(name);
  return variable ? boundsOf(variable.domain, sets) : TRUTH;
}
