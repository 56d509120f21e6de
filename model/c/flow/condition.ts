import { calleeName, type Expr } from "../syntax/ast.ts";
import { flagsAskedFor, sleepOfFlags } from "./allocation.ts";
import type { Exits } from "./builder.ts";
import { constantTruth } from "./constant-truth.ts";
import { type Building, evaluate } from "./expression.ts";
import { ANY, type Condition, type Mask, NEGATIVE, POSITIVE, type Value, ZERO } from "./graph.ts";
import { hasEffects, print, readsLocalsOnly, readsOf, stripped } from "./print.ts";

export interface Sides {
  readonly yes: Exits;
  readonly no: Exits;
}

const swap = ({ yes, no }: Sides): Sides => ({ yes: no, no: yes });

/** Lays the evaluation of a condition with its short circuits; the exits are where it holds and where not. */
export function branchOn(expression: Expr, on: Building): Sides {
  const each = stripped(expression);
  switch (each.kind) {
    case "unary":
      return each.operator === "!" ? swap(branchOn(each.operand, on)) : branchOnValue(each, on);
    case "binary":
      return branchOnBinary(each, on);
    case "comma":
      evaluate(each.left, on);
      return branchOn(each.right, on);
    case "conditional":
      return branchOnConditional(each, on);
    case "call":
      return branchOnCall(each, on);
    default:
      return branchOnValue(each, on);
  }
}

function branchOnBinary(each: Expr & { kind: "binary" }, on: Building): Sides {
  if (each.operator === "&&" || each.operator === "||") {
    const first = branchOn(each.left, on);
    on.flow.exits = each.operator === "&&" ? first.yes : first.no;
    const second = branchOn(each.right, on);
    if (each.operator === "&&") return { yes: second.yes, no: [...first.no, ...second.no] };
    return { yes: [...first.yes, ...second.yes], no: second.no };
  }
  const asked = flagsAskedFor(each);
  if (asked) return branchOnFlags(asked, each, on);
  const known = constantTruth(each, on.calls.numberOf);
  if (known !== undefined) return known ? { yes: on.flow.exits, no: [] } : { yes: [], no: on.flow.exits };
  const bits = each.operator === "&" ? stripped(each.right) : undefined;
  if (bits?.kind === "binary" && bits.operator === "|" && !hasEffects(each))
    return branchOn(eitherBit(each, bits), on);
  return ["==", "!=", "<", ">", "<=", ">="].includes(each.operator)
    ? compare(each, on)
    : branchOnValue(each, on);
}

/** `flags & (A | B)` asks for A or for B: one may be asked for alone elsewhere. */
function eitherBit(each: Expr & { kind: "binary" }, bits: Expr & { kind: "binary" }): Expr {
  const [left, right] = [bits.left, bits.right].map((bit): Expr => ({ ...each, right: bit }));
  return left && right ? { ...each, operator: "||", left, right } : each;
}

function branchOnConditional(each: Expr & { kind: "conditional" }, on: Building): Sides {
  const test = branchOn(each.test, on);
  on.flow.exits = test.yes;
  const one = each.yes ? branchOn(each.yes, on) : { yes: test.yes, no: [] };
  on.flow.exits = test.no;
  const other = branchOn(each.no, on);
  return { yes: [...one.yes, ...other.yes], no: [...one.no, ...other.no] };
}

/** IS_ERR and its kin ask for a pointer's class. */
const CLASS_TEST: Readonly<Record<string, Mask>> = {
  IS_ERR: NEGATIVE,
  IS_ERR_VALUE: NEGATIVE,
  IS_ERR_OR_NULL: NEGATIVE | ZERO,
};

function branchOnCall(each: Expr & { kind: "call" }, on: Building): Sides {
  const asked = flagsAskedFor(each);
  if (asked) return branchOnFlags(asked, each, on);
  const mask = CLASS_TEST[calleeName(each) ?? ""];
  const [pointer] = each.args;
  if (mask === undefined || !pointer) return branchOnValue(each, on);
  const value = evaluate(pointer, on);
  return value.kind === "copy" ? askSign(value.variable, mask, each, on) : ask(each, on);
}

function branchOnValue(each: Expr, on: Building): Sides {
  const value = evaluate(each, on);
  switch (value.kind) {
    case "copy":
      return swap(askSign(value.variable, ZERO, each, on, true));
    case "named":
    case "raised":
    case "lowered":
      return ask(each, on);
    case "mask":
      if (value.mask === ZERO) return { yes: [], no: on.flow.exits };
      if ((value.mask & ZERO) === 0) return { yes: on.flow.exits, no: [] };
      return ask(each, on);
  }
}

/** Asks whether flags of an allocation allow it to sleep. */
function branchOnFlags(flags: Expr, each: Expr, on: Building): Sides {
  const value = sleepOfFlags(flags, on);
  if (value?.kind === "copy") return askSign(value.variable, POSITIVE, each, on);
  if (value?.kind === "mask" && value.mask === POSITIVE) return { yes: on.flow.exits, no: [] };
  if (value?.kind === "mask" && value.mask === ZERO) return { yes: [], no: on.flow.exits };
  return ask(each, on);
}

const RELATION: Readonly<Record<string, Mask>> = {
  "==": ZERO,
  "!=": NEGATIVE | POSITIVE,
  "<": NEGATIVE,
  "<=": NEGATIVE | ZERO,
  ">": POSITIVE,
  ">=": POSITIVE | ZERO,
};
const MIRRORED: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

/** A comparison of a variable with a constant asks for the variable's class; any other goes by its text. */
function compare(each: Expr & { kind: "binary" }, on: Building): Sides {
  const left = evaluate(each.left, on);
  const right = evaluate(each.right, on);
  if (left.kind === "copy") {
    const sides = compareWith(left.variable, each.operator, right, each, on);
    if (sides) return sides;
  }
  if (right.kind === "copy" && left.kind !== "copy") {
    const operator = MIRRORED[each.operator] ?? each.operator;
    const sides = compareWith(right.variable, operator, left, each, on);
    if (sides) return sides;
  }
  return ask(stepped(each), on);
}

/** What `++n < limit` compares is n, once it has been counted. */
function stepped(each: Expr & { kind: "binary" }): Expr {
  const isPrefix = each.left.kind === "step" && each.left.prefix;
  return isPrefix ? { ...each, left: each.left.operand } : each;
}

function compareWith(
  variable: string,
  operator: string,
  other: Value,
  whole: Expr,
  on: Building,
): Sides | undefined {
  if (
    other.kind === "mask" &&
    other.mask === POSITIVE &&
    (operator === "==" || operator === "!=") &&
    isTrue(whole)
  ) {
    return askSign(variable, operator === "==" ? POSITIVE : NEGATIVE | ZERO, whole, on);
  }
  if (other.kind === "mask" && other.mask === ZERO)
    return askSign(variable, RELATION[operator] ?? ANY, whole, on);
  if (other.kind !== "named" || (operator !== "==" && operator !== "!=")) return undefined;
  const sides = lay(
    { kind: "named", variable, name: other.name, mask: other.mask },
    whole,
    on,
    operator === "!=",
  );
  return operator === "==" ? sides : swap(sides);
}

/** `== true`: a number would say more than its sign. */
const isTrue = (whole: Expr): boolean =>
  whole.kind === "binary" &&
  [whole.left, whole.right].some((each) => each.kind === "literal" && each.text === "true");

function askSign(variable: string, mask: Mask, whole: Expr, on: Building, negated = false): Sides {
  return lay({ kind: "sign", variable, mask }, whole, on, negated);
}

/** Asks for the truth of a text; both sides of a relation and its negation come to the same text. */
export function ask(each: Expr, on: Building): Sides {
  const { text, negated } = canonical(each);
  const reads = readsOf(each);
  const sides = lay(
    { kind: "truth", text, reads, pure: readsLocalsOnly(each) || isSetting(text) },
    each,
    on,
    negated,
  );
  return negated ? swap(sides) : sides;
}

/** A question about how the kernel is set up, which stays as it is while a function runs. */
const isSetting = (text: string): boolean =>
  text.startsWith("IS_ENABLED(") || (/^\w+_enabled\(\)$/.test(text) && !OF_CONTEXT.test(text));
const OF_CONTEXT = /irq|interrupt|preempt|bh_/;

function canonical(each: Expr): { readonly text: string; readonly negated: boolean } {
  if (each.kind !== "binary") return { text: print(each), negated: false };
  const [left, right] = [print(each.left), print(each.right)];
  const [low, high] = left < right ? [left, right] : [right, left];
  switch (each.operator) {
    case "==":
    case "!=":
      return { text: `${low} == ${high}`, negated: each.operator === "!=" };
    case "<":
    case ">=":
      return { text: `${left} < ${right}`, negated: each.operator === ">=" };
    case ">":
    case "<=":
      return { text: `${right} < ${left}`, negated: each.operator === "<=" };
    default:
      return { text: print(each), negated: false };
  }
}

/** `negated`: the source's condition holds where the laid one does not. */
function lay(condition: Condition, whole: Expr, on: Building, negated: boolean): Sides {
  const [holds, fails] = negated ? ["false", "true"] : ["true", "false"];
  return on.flow.branch({ kind: "branch", condition, text: print(whole), holds, fails });
}
