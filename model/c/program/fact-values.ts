import type { Domain } from "../../ir/domain.ts";
import { cond, constant, type Expression, equal, FALSE, not, or } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import { oneOf } from "../../ir/place.ts";
import { ANY, type Condition, type Mask, NEGATIVE, POSITIVE, type Value, ZERO } from "../flow/graph.ts";
import type { Truth } from "../plan/bit-truths.ts";
import { type FactPlace, ONE, type Tracked, type TrackedVariable } from "../plan/facts.ts";
import { alsoNot, domainOf, excludedAt, excludingAt, isConstant, maskAt, positions } from "./fact-domain.ts";

const TRUTH = oneOf("?", "true", "false");

/** The variables of the model that keep the tracked facts, all unknown at first. */
export function factVariables(tracked: Tracked): readonly Variable[] {
  const variables = [...tracked.variables.values()].map((each) => variableAt(each.place, domainOf(each)));
  const conditions = [...tracked.conditions.values()].map((place) => variableAt(place, TRUTH));
  return [...variables, ...conditions];
}

const variableAt = ({ name, scope }: FactPlace, domain: Domain): Variable => ({
  name,
  domain,
  scope,
  initial: [0],
});

const read = (each: TrackedVariable): Expression => ({ kind: "variable", name: each.place.name });

const domains = new WeakMap<TrackedVariable, Domain>();

function valueAt(each: TrackedVariable, position: number): Expression {
  const domain = domains.get(each) ?? domainOf(each);
  domains.set(each, domain);
  return constant(position, domain);
}

const isOneOf = (each: TrackedVariable, among: readonly number[]): Expression => {
  const others = positions(each).filter((position) => !among.includes(position));
  if (others.length === 0) return or(not(or()));
  const test = (some: readonly number[]) =>
    or(...some.map((position) => equal(read(each), valueAt(each, position))));
  return others.length < among.length ? not(test(others)) : test(among);
};

const UNKNOWN = new WeakMap<TrackedVariable, Update>();

export function forgotten(each: TrackedVariable): Update {
  const update = UNKNOWN.get(each) ?? { variable: each.place.name, value: valueAt(each, 0) };
  UNKNOWN.set(each, update);
  return update;
}

/** The condition is true or false from now on, or stays so where it was; undefined where nothing is known of it. */
export function changedCondition({ name }: FactPlace, truth: Exclude<Truth, "as it is">): Update {
  const known = (holds: boolean) => constant(holds ? 1 : 2, TRUTH);
  const unknown = constant(0, TRUTH);
  if (typeof truth === "boolean") return { variable: name, value: known(truth) };
  if (truth === undefined) return { variable: name, value: unknown };
  const kept = known(truth === "if true");
  return { variable: name, value: cond(equal({ kind: "variable", name }, kept), kept, unknown) };
}

export const forgottenCondition = (place: FactPlace): Update => changedCondition(place, undefined);

/** The variable gets a value of which only the signs are known. */
export function setMask(each: TrackedVariable, mask: Mask): Update {
  const position = each.masks.indexOf(mask);
  return { variable: each.place.name, value: valueAt(each, Math.max(0, position)) };
}

/** The variable gets what a call returns: one value, where that is a constant that is asked for. */
export function setResult(each: TrackedVariable, mask: Mask, exactly: string | undefined): Update {
  const isAsked = exactly !== undefined && each.constants.some(({ name }) => name === exactly);
  return isAsked ? { variable: each.place.name, value: named(each, exactly) } : setMask(each, mask);
}

export function setValue(target: TrackedVariable, value: Value, tracked: Tracked): Update {
  if (value.kind === "mask") {
    const isOne = value.one === true && knows(target, ONE);
    return isOne ? { variable: target.place.name, value: named(target, ONE) } : setMask(target, value.mask);
  }
  if (value.kind === "named") return { variable: target.place.name, value: named(target, value.name) };
  const source = tracked.variables.get(value.variable);
  if (!source) return forgotten(target);
  return { variable: target.place.name, value: converted(source, target, value) };
}

function named(target: TrackedVariable, name: string): Expression {
  const position = target.constants.findIndex((each) => each.name === name);
  return valueAt(target, position < 0 ? 0 : target.masks.length + position);
}

/** What is left of a value that is one less: of 1, nothing. */
function lowered(mask: Mask, constantName: string | undefined): Mask {
  if (constantName === ONE) return ZERO;
  if (mask === POSITIVE) return ZERO | POSITIVE;
  return (mask & POSITIVE) === 0 ? NEGATIVE : ANY;
}

function changedMask(value: Value, mask: Mask, constantName: string | undefined): Mask {
  if (value.kind === "raised") return raised(value.fromZero)(mask);
  return value.kind === "lowered" ? lowered(mask, constantName) : mask;
}

/** What is left of a value that grows: what was positive still is. */
const raised =
  (fromZero: Mask) =>
  (mask: Mask): Mask => {
    if (mask === POSITIVE) return POSITIVE;
    return (mask & NEGATIVE) === 0 ? fromZero : ANY;
  };

/** A copy between variables that know different values; a constant stays one where the copy is exact. */
function converted(source: TrackedVariable, target: TrackedVariable, value: Value): Expression {
  return positions(source).reduceRight<Expression>(
    (rest, position) => {
      const constantName = source.constants[position - source.masks.length]?.name;
      const mask = changedMask(value, maskAt(source, position), constantName);
      const isSame = value.kind === "copy" && constantName !== undefined && knows(target, constantName);
      const known = isSame ? named(target, constantName) : setMask(target, mask).value;
      return sameConstant(known, 0)
        ? rest
        : cond(equal(read(source), valueAt(source, position)), known, rest);
    },
    valueAt(target, 0),
  );
}

/** 1 is a constant of those alone that are counted down. */
const knows = ({ constants }: TrackedVariable, name: string): boolean =>
  name !== ONE || constants.some((each) => each.name === ONE);

const sameConstant = (each: Expression, value: number): boolean =>
  each.kind === "constant" && each.value === value;

/** What a branch asks of the state, and what is known after it. */
export interface Test {
  readonly guard: Expression;
  readonly learned: readonly Update[];
}

export function testFor(condition: Condition, holds: boolean, tracked: Tracked): Test | undefined {
  switch (condition.kind) {
    case "sign": {
      const variable = tracked.variables.get(condition.variable);
      if (condition.known) return knownTest(variable, condition.mask, holds);
      return variable && signTest(variable, holds ? condition.mask : ANY & ~condition.mask);
    }
    case "named": {
      const variable = tracked.variables.get(condition.variable);
      return variable && namedTest(variable, condition.name, condition.mask, holds);
    }
    case "truth": {
      const place = tracked.conditions.get(condition.text);
      return place && truthTest(place, holds);
    }
    case "unknown":
      return undefined;
  }
}

/** Where nothing is known it does not hold. */
function knownTest(variable: TrackedVariable | undefined, mask: Mask, holds: boolean): Test {
  const known = variable ? isWithin(variable, mask) : FALSE;
  return { guard: holds ? known : not(known), learned: [] };
}

function signTest(variable: TrackedVariable, mask: Mask): Test {
  const possible = positions(variable).filter((position) => (maskAt(variable, position) & mask) !== 0);
  return { guard: isOneOf(variable, possible), learned: [narrowed(variable, mask)] };
}

/** Each known mask shrinks to what the test leaves of it; constants stay. */
function narrowed(variable: TrackedVariable, mask: Mask): Update {
  const value = positions(variable).reduceRight<Expression>((rest, position) => {
    const to = narrowedTo(variable, position, mask);
    return to === undefined
      ? rest
      : cond(equal(read(variable), valueAt(variable, position)), valueAt(variable, to), rest);
  }, read(variable));
  return { variable: variable.place.name, value };
}

/** The position of what a test of its signs leaves of a value; undefined where it stays the same. */
function narrowedTo(variable: TrackedVariable, position: number, mask: Mask): number | undefined {
  const { masks } = variable;
  const left = maskAt(variable, position) & mask;
  if (left === maskAt(variable, position) || left === 0) return undefined;
  const [name] = excludedAt(variable, position);
  if (name !== undefined) return excludingAt(variable, left, name) ?? masksAt(masks, left);
  return position < masks.length ? Math.max(0, masks.indexOf(left)) : undefined;
}

const masksAt = (masks: readonly Mask[], mask: Mask): number | undefined => {
  const at = masks.indexOf(mask);
  return at < 0 || (mask & NEGATIVE) !== 0 ? undefined : at;
};

function namedTest(variable: TrackedVariable, name: string, mask: Mask, holds: boolean): Test {
  const { masks, constants } = variable;
  const own = masks.length + constants.findIndex((each) => each.name === name);
  const other = own + constants.length;
  if (!holds) {
    const learned = positions(variable).reduceRight<Expression>((rest, position) => {
      const known = masks[position];
      const to =
        known === undefined
          ? alsoNot(variable, position, name)
          : (excludingAt(variable, known, name) ?? ((known & mask) === 0 ? position : other));
      return to === position
        ? rest
        : cond(equal(read(variable), valueAt(variable, position)), valueAt(variable, to), rest);
    }, read(variable));
    return {
      guard: not(equal(read(variable), valueAt(variable, own))),
      learned: [{ variable: variable.place.name, value: learned }],
    };
  }
  const possible = positions(variable).filter(
    (position) => !isConstant(variable, position) && (maskAt(variable, position) & mask) !== 0,
  );
  const others = possible.filter((position) => !excludedAt(variable, position).includes(name));
  return {
    guard: isOneOf(variable, [...others, own]),
    learned: [{ variable: variable.place.name, value: valueAt(variable, own) }],
  };
}

function truthTest({ name }: FactPlace, holds: boolean): Test {
  const value: Expression = { kind: "variable", name };
  const [wanted, other] = [constant(holds ? 1 : 2, TRUTH), constant(holds ? 2 : 1, TRUTH)];
  return { guard: not(equal(value, other)), learned: [{ variable: name, value: wanted }] };
}

/** Whether the variable's signs are within the mask; by what is known. */
export function isWithin(variable: TrackedVariable, mask: Mask): Expression {
  return isOneOf(
    variable,
    positions(variable).filter((position) => (maskAt(variable, position) & ~mask & ANY) === 0),
  );
}
