import { cond, type Expression, equal, FALSE } from "./expression.ts";
import type { Update } from "./model.ts";
import { samePlace } from "./same-place.ts";

/**
 * Turns updates that happen one after another into simultaneous ones: each right-hand side and index
 * is rewritten to read the state before the first of them.
 */
export function sequence(groups: readonly (readonly Update[])[]): readonly Update[] {
  return groups.reduce<readonly Update[]>((done, group) => after(done, group), []);
}

/** What `later` amounts to when read in the state before `done`. */
export function after(done: readonly Update[], later: readonly Update[]): readonly Update[] {
  const rewritten =
    done.length === 0 ? later : later.map((update) => mapUpdate(update, (each) => readAfter(done, each)));
  const kept = done.filter((each) => !rewritten.some((update) => sameTarget(each, update)));
  return [...kept, ...rewritten.map((update) => overriding(update, kept))];
}

/** Of several updates of one place, each reading the state before them all, only the last. */
export function lastOfEach(updates: readonly Update[]): readonly Update[] {
  return updates.filter(
    (update, position) => !updates.slice(position + 1).some((later) => sameTarget(update, later)),
  );
}

/** The expression's value after the updates, in terms of the state before them. */
export function readAfter(done: readonly Update[], expression: Expression): Expression {
  return done.length === 0 ? expression : rewrite(expression, (each) => replaceRead(done, each));
}

/** Applies `change` bottom-up to every part of an expression. */
export function rewrite(expression: Expression, change: (part: Expression) => Expression): Expression {
  const go = (each: Expression) => rewrite(each, change);
  switch (expression.kind) {
    case "variable":
      return change(expression.of ? { ...expression, of: go(expression.of) } : expression);
    case "element": {
      const of = expression.of && { of: go(expression.of) };
      return change({ ...expression, index: go(expression.index), ...of });
    }
    case "not":
      return change({ ...expression, operand: go(expression.operand) });
    case "and":
    case "or":
      return change({ ...expression, operands: expression.operands.map(go) });
    case "equal":
    case "less":
    case "add":
    case "subtract":
      return change({ ...expression, left: go(expression.left), right: go(expression.right) });
    case "if":
      return change({
        ...expression,
        condition: go(expression.condition),
        yes: go(expression.yes),
        no: go(expression.no),
      });
    case "some":
    case "all":
      return change({ ...expression, body: go(expression.body) });
    default:
      return change(expression);
  }
}

export function mapUpdate(update: Update, change: (expression: Expression) => Expression): Update {
  return {
    ...update,
    ...(update.index && { index: change(update.index) }),
    ...(update.of && { of: change(update.of) }),
    value: change(update.value),
  };
}

function replaceRead(done: readonly Update[], read: Expression): Expression {
  if (read.kind !== "variable" && read.kind !== "element") return read;
  return done.reduce<Expression>((value, update) => {
    if (update.variable !== read.name) return value;
    return whereSame(update, read, update.value, value);
  }, read);
}

/** `yes` where the update writes the place that is read, else `no`. */
function whereSame(
  update: Update,
  read: Expression & { kind: "variable" | "element" },
  yes: Expression,
  no: Expression,
): Expression {
  const index = read.kind === "element" ? read.index : undefined;
  const conditions = [samePart(update.index, index), samePart(update.of, read.of)];
  return conditions.reduceRight<Expression>((value, each) => (each ? cond(each, value, no) : value), yes);
}

function samePart(left: Expression | undefined, right: Expression | undefined): Expression | undefined {
  if (left === undefined && right === undefined) return undefined;
  const [one, other] = [left ?? { kind: "self" as const }, right ?? { kind: "self" as const }];
  return sameText(one, other) ? undefined : equal(one, other);
}

/** A later write to the same place replaces the earlier one; to a place that may be the same, it overrides it. */
function overriding(update: Update, earlier: readonly Update[]): Update {
  return earlier.some((each) => samePlace(each, update) !== FALSE) ? { ...update, overrides: true } : update;
}

function sameTarget(one: Update, other: Update): boolean {
  return one.variable === other.variable && sameText(one.index, other.index) && sameText(one.of, other.of);
}

function sameText(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
