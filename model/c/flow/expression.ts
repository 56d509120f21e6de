import type { Expr } from "../syntax/ast.ts";
import { assignFlags } from "./allocation.ts";
import type { FlowBuilder } from "./builder.ts";
import { evaluateCall } from "./call.ts";
import type { CallFilter } from "./call-filter.ts";
import { branchOn } from "./condition.ts";
import { ANY, NEGATIVE, POSITIVE, signOf, UNKNOWN, type Value, ZERO } from "./graph.ts";
import type { Inline } from "./inline.ts";
import type { Labels } from "./labels.ts";
import type { OwnGuards } from "./own-guards.ts";
import { assignParity, parityOf } from "./parity.ts";
import { hasEffects, partsOf, placeOf, print, stripped } from "./print.ts";
import { buildStatements } from "./statement.ts";

export interface Building {
  readonly flow: FlowBuilder;
  readonly calls: CallFilter;
  readonly guards: OwnGuards;
  readonly labels: Labels;
  /** Of the function. */
  readonly parameters: readonly string[];
  readonly inline?: Inline;
  /** Of an inlined body: the functions that it stands in, and the variable that gets what it returns. */
  readonly around?: readonly string[];
  readonly result?: string;
  /** The sites of the calls in whose place it stands, each with a slash. */
  readonly within?: string;
  /** What is built is a condition that a warning takes for granted. */
  readonly granted?: boolean;
}

const COMPARISON = new Set(["==", "!=", "<", ">", "<=", ">=", "&&", "||"]);
/** Lays what evaluating an expression does, in order; returns what is known of its value. */
export function evaluate(expression: Expr, on: Building): Value {
  const each = stripped(expression);
  switch (each.kind) {
    case "name":
      return nameValue(each.name, on);
    case "literal":
      return literalValue(each.text);
    case "call":
      return evaluateCall(each, on);
    case "member":
    case "index":
      return placeValue(each, on);
    case "unary":
      return unaryValue(each, on);
    case "step":
      return stepValue(each, on);
    case "binary":
      return binaryValue(each, on);
    case "assign":
      return assignValue(each, on);
    case "conditional":
      return conditionalValue(each, on);
    case "comma":
      evaluate(each.left, on);
      return evaluate(each.right, on);
    case "block":
      return blockValue(each, on);
    case "list":
      for (const item of each.items) evaluate(item, on);
      return { kind: "mask", mask: ANY };
  }
}

/** Lays what it does, where its value is of no interest. */
export function evaluateForEffect(expression: Expr, on: Building): void {
  const each = stripped(expression);
  if (!hasEffects(each)) return;
  if (each.kind === "binary" && (each.operator === "&&" || each.operator === "||")) {
    const { yes, no } = branchOn(each, on);
    on.flow.exits = [...yes, ...no];
  } else evaluate(each, on);
}

function nameValue(name: string, { calls }: Building): Value {
  if (name === "current") return { kind: "mask", mask: POSITIVE };
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return { kind: "copy", variable: name };
  return { kind: "named", name, mask: signOf(calls.numberOf?.(name)) };
}

function literalValue(text: string): Value {
  if (/^(?:NULL|false|0[xX]?0*[uUlL]*)$/.test(text)) return { kind: "mask", mask: ZERO };
  if (/^1[uUlL]*$/.test(text)) return { kind: "mask", mask: POSITIVE, one: true };
  if (/^(?:true|\d[\w.]*|".*)$/.test(text)) return { kind: "mask", mask: POSITIVE };
  if (/^-(?:\d*[1-9]|0[xX]0*[1-9a-fA-F])/.test(text)) return { kind: "mask", mask: NEGATIVE };
  return UNKNOWN;
}

function placeValue(each: Expr, on: Building): Value {
  for (const part of partsOf(each)) evaluateForEffect(part, on);
  const place = placeOf(each);
  return place === undefined ? UNKNOWN : { kind: "copy", variable: place };
}

function unaryValue(each: Expr & { kind: "unary" }, on: Building): Value {
  if (each.operator === "!") return truthValue(each, on);
  if (each.operator === "*") return placeValue(each, on);
  const inner = evaluate(each.operand, on);
  if (each.operator === "&") return { kind: "mask", mask: POSITIVE };
  if (each.operator !== "-") return UNKNOWN;
  if (inner.kind === "named") return { kind: "named", name: `-${inner.name}`, mask: NEGATIVE };
  const negated = inner.kind === "mask" && inner.mask === POSITIVE;
  return negated ? { kind: "mask", mask: NEGATIVE } : UNKNOWN;
}

/** A count that goes up from nothing or more is more than nothing. */
function stepValue(each: Expr & { kind: "step" }, on: Building): Value {
  evaluateForEffect(each.operand, on);
  const target = placeOf(each.operand);
  if (target === undefined) return UNKNOWN;
  const before = on.flow.temporary();
  if (!each.prefix)
    on.flow.add({ kind: "assign", target: before, value: { kind: "copy", variable: target } }, each.at);
  const value: Value =
    each.operator === "++"
      ? { kind: "raised", variable: target, fromZero: POSITIVE }
      : { kind: "lowered", variable: target };
  on.flow.add({ kind: "assign", target, value, from: each }, each.at);
  return { kind: "copy", variable: each.prefix ? target : before };
}

function binaryValue(each: Expr & { kind: "binary" }, on: Building): Value {
  if (COMPARISON.has(each.operator)) return truthValue(each, on);
  const parity = parityOf(each);
  if (parity !== undefined) return { kind: "copy", variable: parity };
  if (each.operator === "+" && stripped(each.left).kind === "call") return sumValue(each, on);
  evaluateForEffect(each.left, on);
  evaluateForEffect(each.right, on);
  return UNKNOWN;
}

/** What a call returned, and an offset: a pointer into what it mapped. */
function sumValue(each: Expr & { kind: "binary" }, on: Building): Value {
  const left = evaluate(each.left, on);
  evaluateForEffect(each.right, on);
  return left.kind === "copy" ? { kind: "raised", variable: left.variable, fromZero: ANY } : UNKNOWN;
}

/** A condition's value: one where it holds, else zero. */
export function truthValue(each: Expr, on: Building): Value {
  const { yes, no } = branchOn(each, on);
  return joinValues(on, [
    { exits: yes, value: () => ({ kind: "mask", mask: POSITIVE }) },
    { exits: no, value: () => ({ kind: "mask", mask: ZERO }) },
  ]);
}

interface Side {
  readonly exits: FlowBuilder["exits"];
  readonly value: () => Value;
  readonly from?: Expr | undefined;
}

/** Assigns each side's value to one temporary and joins them. */
function joinValues(on: Building, sides: readonly Side[]): Value {
  const target = on.flow.temporary();
  const ends = sides.flatMap(({ exits, value, from }) => {
    on.flow.exits = exits;
    const known = value();
    on.flow.add({ kind: "assign", target, value: known });
    if (from) assignFlags({ target, right: from }, known, on);
    return on.flow.exits;
  });
  on.flow.exits = ends;
  return { kind: "copy", variable: target };
}

function assignValue(each: Expr & { kind: "assign" }, on: Building): Value {
  for (const part of partsOf(stripped(each.left))) evaluateForEffect(part, on);
  const target = placeOf(each.left);
  const right = evaluate(each.right, on);
  const value = each.operator === "=" ? right : combined(each.operator, target);
  const assigned = target ?? elementOf(each.left);
  if (assigned !== undefined) on.flow.add({ kind: "assign", target: assigned, value, from: each }, each.at);
  if (target === undefined) {
    store(each.right, on);
    return value;
  }
  assignParity(target, each.right, on.flow);
  assignFlags({ target, right: each.right, operator: each.operator }, right, on);
  return value.kind === "mask" && value.mask !== ANY ? value : { kind: "copy", variable: target };
}

/** What is put into an array is where others find it. */
function store(right: Expr, on: Building): void {
  const place = placeOf(right);
  if (place !== undefined)
    on.flow.add({ kind: "forget", variables: [], conditions: [], conditionsStay: true, listed: [place] });
}

/** An element of an array, as locks behind it are called: its value is not followed. */
function elementOf(each: Expr): string | undefined {
  const element = stripped(each);
  if (element.kind !== "index" || placeOf(element.base) === undefined) return undefined;
  return element.index.kind === "literal" || placeOf(element.index) !== undefined
    ? print(element)
    : undefined;
}

function combined(operator: string, target: string | undefined): Value {
  return operator === "+=" && target !== undefined
    ? { kind: "raised", variable: target, fromZero: ANY }
    : UNKNOWN;
}

function conditionalValue(each: Expr & { kind: "conditional" }, on: Building): Value {
  const { yes: whenTrue, no: otherwise } = each;
  if (!whenTrue) return valueOrOther(each, on);
  const { yes, no } = branchOn(each.test, on);
  return joinValues(on, [
    { exits: yes, value: () => evaluate(whenTrue, on), from: whenTrue },
    { exits: no, value: () => evaluate(otherwise, on), from: otherwise },
  ]);
}

/** `a ?: b` is a where that is not 0; it is evaluated once. */
function valueOrOther({ test, no: otherwise }: Expr & { kind: "conditional" }, on: Building): Value {
  const value = evaluate(test, on);
  const asked: Expr = value.kind === "copy" ? { kind: "name", name: value.variable } : lastOf(test);
  const { yes, no } = branchOn(asked, on);
  const nonzero: Value = { kind: "mask", mask: NEGATIVE | POSITIVE };
  return joinValues(on, [
    { exits: yes, value: () => (value.kind === "copy" ? value : nonzero) },
    { exits: no, value: () => evaluate(otherwise, on), from: otherwise },
  ]);
}

/** What decides: the rest of a comma's operands is evaluated before. */
function lastOf(test: Expr): Expr {
  const each = stripped(test);
  return each.kind === "comma" ? lastOf(each.right) : each;
}

function blockValue(each: Expr & { kind: "block" }, on: Building): Value {
  const last = each.body.at(-1);
  if (last?.kind !== "expression") {
    on.flow.within({ cleanups: [] }, () => buildStatements(each.body, on));
    return UNKNOWN;
  }
  let value: Value = UNKNOWN;
  on.flow.within({ cleanups: [] }, () => {
    buildStatements(each.body.slice(0, -1), on);
    value = evaluate(last.value, on);
  });
  return value;
}
