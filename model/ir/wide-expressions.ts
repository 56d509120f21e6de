import type { Bounds, Domain } from "./domain.ts";
import type { Expression } from "./expression.ts";
import { expressionText } from "./expression-text.ts";
import { type Model, setsOf, type Transition, type Update } from "./model.ts";
import { type Names, valueBounds } from "./value-bounds.ts";
import { invariantSite, transitionSite } from "./where.ts";

/** An expression whose value need not fit in a signed integer of 32 bits. */
export interface WideExpression {
  /** The step or the property that it stands in. */
  readonly site: string;
  readonly expression: Expression;
  readonly bounds: Bounds;
}

const INT32: Bounds = { min: -(2 ** 31), max: 2 ** 31 - 1 };

const known = new WeakMap<Model, readonly WideExpression[]>();

/**
 * The expressions of a model, parts of others among them, that may need more than 32 bits. The model must be
 * valid but for its arithmetic.
 */
export function wideExpressions(model: Model): readonly WideExpression[] {
  const found = known.get(model) ?? findWide(model);
  known.set(model, found);
  return found;
}

/** Whether numbers of the language, which are those of JavaScript, hold all its values exactly. */
export const isExact = ({ bounds: { min, max } }: WideExpression): boolean =>
  Number.isSafeInteger(min) && Number.isSafeInteger(max);

/** `program 'p', 'b++' from 'x' to 'y': 'b + c' may be 4294967294`. */
export function wideText({ site, expression, bounds: { min, max } }: WideExpression): string {
  const extreme = max > INT32.max ? max : min;
  return `${site}: '${expressionText(expression)}' may be ${extreme}`;
}

function findWide(model: Model): readonly WideExpression[] {
  const names: Names = {
    sets: setsOf(model),
    variables: new Map(model.variables.map((variable) => [variable.name, variable])),
    bound: new Map(),
  };
  const wide: WideExpression[] = [];
  const look = (site: string, expressions: readonly Expression[], bound = names.bound) => {
    for (const each of expressions) {
      valueBounds(each, { ...names, bound }, (expression, bounds) => {
        if (bounds.min < INT32.min || bounds.max > INT32.max) wide.push({ site, expression, bounds });
      });
    }
  };
  for (const program of model.programs) {
    for (const each of program.transitions) {
      const { choice } = each;
      const bound = new Map<string, Domain>(choice ? [[choice.name, choice.domain]] : []);
      look(transitionSite(program, each), expressionsOf(each), bound);
    }
  }
  for (const each of model.invariants) {
    if (each.kind !== "no-deadlock") look(invariantSite(each), [each.condition]);
  }
  return wide;
}

function expressionsOf({ guard, updates, assertions = [] }: Transition): readonly Expression[] {
  return [
    ...(guard ? [guard] : []),
    ...updates.flatMap(expressionsIn),
    ...assertions.map(({ condition }) => condition),
  ];
}

const expressionsIn = ({ index, of, value }: Update): readonly Expression[] => [
  ...(index ? [index] : []),
  ...(of ? [of] : []),
  value,
];
