import type { Expr } from "../syntax/ast.ts";

/** Calls that are their argument: hints to the compiler, and once-reads. */
const TRANSPARENT = new Set([
  "likely",
  "unlikely",
  "READ_ONCE",
  "data_race",
  "smp_load_acquire",
  "rcu_dereference",
  "srcu_dereference",
  "VM_WARN_ON",
  "__builtin_expect",
]);
/** Macros that warn and give back whether their condition held. */
const WARNING =
  /^(?:VM_|LOCKDEP_|DEBUG_LOCKS_)?WARN(?:_ON|_ONCE|_ON_ONCE|_RATELIMIT)?$|^WARN_ON_|^KSM_WARN|^VM_WARN_ON_/;

/** The same with an object before the condition (include/drm/drm_print.h: drm_WARN, include/linux/dev_printk.h: dev_WARN_ONCE). */
const WARNING_OF = /^(?:drm|xe|xe_gt|xe_tile|gt)_WARN(?:_ON|_ONCE|_ON_ONCE)?$|^dev_WARN_ONCE$/;

export const isWarning = (name: string): boolean => WARNING.test(name) || WARNING_OF.test(name);

/** What a warning asks, and what a hint is about. */
export const askedBy = (name: string, args: readonly Expr[]): Expr | undefined =>
  args[WARNING_OF.test(name) ? 1 : 0];

export function isTransparent(name: string): boolean {
  return TRANSPARENT.has(name) || isWarning(name);
}

/** An expression without its hints. */
export function stripped(expression: Expr): Expr {
  const isHint =
    expression.kind === "call" && expression.callee.kind === "name" && isTransparent(expression.callee.name);
  const inner = isHint ? askedBy(expression.callee.name, expression.args) : undefined;
  return inner ? stripped(inner) : expression;
}

/** One text for each way to write the same expression: no casts, hints, blanks or needless parentheses. */
export function print(expression: Expr): string {
  const each = stripped(expression);
  switch (each.kind) {
    case "name":
      return each.name;
    case "literal":
      return each.text;
    case "call":
      return `${print(each.callee)}(${each.args.map(print).join(", ")})`;
    case "member":
      return member(each);
    case "index":
      return `${operand(each.base)}[${print(each.index)}]`;
    case "unary":
      return unary(each);
    case "step":
      return each.prefix ? each.operator + operand(each.operand) : operand(each.operand) + each.operator;
    case "binary":
    case "assign":
      return `${operand(each.left)} ${each.operator} ${operand(each.right)}`;
    case "conditional":
      return `${operand(each.test)} ? ${each.yes ? operand(each.yes) : ""} : ${operand(each.no)}`;
    case "comma":
      return `${print(each.left)}, ${print(each.right)}`;
    case "block":
      return "({ ... })";
    case "list":
      return "{ ... }";
  }
}

/** `(&x)->f` and `x.f` are the same place, as are `(*x).f` and `x->f`; and `(x + i)->f` and `x[i].f`. */
function member(each: Expr & { kind: "member" }): string {
  const base = stripped(each.base);
  if (each.arrow) {
    const whole = pointedTo(base);
    return whole ? `${operand(whole)}.${each.field}` : `${operand(base)}->${each.field}`;
  }
  if (base.kind !== "unary" || base.operator !== "*") return `${operand(base)}.${each.field}`;
  return member({ ...each, base: base.operand, arrow: true });
}

/** `*(x + i)` is `x[i]`, `*&x` is `x`, and `&*x` is the pointer itself. */
function unary({ operator, operand: of }: Expr & { kind: "unary" }): string {
  const inner = stripped(of);
  const whole = operator === "*" ? pointedTo(inner) : undefined;
  if (whole) return print(whole);
  if (operator === "&" && inner.kind === "unary" && inner.operator === "*") return print(inner.operand);
  return operator + operand(inner);
}

/** What a pointer leads to, where that can be written without an operator that follows it. */
function pointedTo(pointer: Expr): Expr | undefined {
  if (pointer.kind === "unary" && pointer.operator === "&") return stripped(pointer.operand);
  return elementAt(pointer);
}

/** The element of an array that a pointer and a number lead to: `x[i - 1]` for `x + i - 1`. */
export function elementAt(pointer: Expr): (Expr & { kind: "index" }) | undefined {
  const each = stripped(pointer);
  if (each.kind !== "binary" || (each.operator !== "+" && each.operator !== "-")) return undefined;
  const [left, right] = [stripped(each.left), stripped(each.right)];
  const before = elementAt(left);
  const index: Expr = before
    ? { ...each, left: before.index, right }
    : each.operator === "+"
      ? right
      : { kind: "unary", operator: "-", operand: right };
  return { kind: "index", base: before?.base ?? left, index };
}

function operand(expression: Expr): string {
  const each = stripped(expression);
  const compound = ["binary", "assign", "conditional", "comma"].includes(each.kind);
  return compound ? `(${print(each)})` : print(each);
}

/** The place that an expression names, e.g. `vmf->pte`, where it is a variable or a path from one. */
export function placeOf(expression: Expr): string | undefined {
  const each = stripped(expression);
  if (each.kind === "name") return /^[A-Z][A-Z0-9_]*$/.test(each.name) ? undefined : each.name;
  if (each.kind === "member") return placeOf(each.base) === undefined ? undefined : member(each);
  if (each.kind === "unary" && each.operator === "*") {
    const inner = placeOf(each.operand);
    return inner === undefined ? undefined : `*${inner}`;
  }
  return undefined;
}

/** The variables and paths that an expression reads, the paths' roots among them. */
export function readsOf(expression: Expr): readonly string[] {
  const found = new Set<string>();
  const visit = (each: Expr): void => {
    const place = placeOf(each);
    if (place !== undefined) found.add(place);
    for (const part of partsOf(each)) visit(part);
  };
  visit(expression);
  return [...found];
}

export function partsOf(each: Expr): readonly Expr[] {
  switch (each.kind) {
    case "call":
      return each.callee.kind === "name" ? each.args : [each.callee, ...each.args];
    case "member":
      return [each.base];
    case "index":
      return [each.base, each.index];
    case "unary":
    case "step":
      return [each.operand];
    case "binary":
    case "assign":
    case "comma":
      return [each.left, each.right];
    case "conditional":
      return [each.test, ...(each.yes ? [each.yes] : []), each.no];
    case "list":
      return each.items;
    default:
      return [];
  }
}

/** Whether evaluating it does anything: calls, assigns, steps. */
export function hasEffects(expression: Expr): boolean {
  if (["call", "assign", "step", "block"].includes(expression.kind)) return true;
  return partsOf(expression).some(hasEffects);
}

/** Whether it reads nothing but local variables, so that no one else can change its value. */
export function readsLocalsOnly(expression: Expr): boolean {
  if (["call", "index", "block"].includes(expression.kind)) return false;
  if (expression.kind === "member" && expression.arrow) return false;
  if (expression.kind === "unary" && expression.operator === "*") return false;
  return partsOf(expression).every(readsLocalsOnly);
}
