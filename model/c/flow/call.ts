import { neverReturns, stopsIf } from "../../kernel/table/never-returns.ts";
import { waitsForCondition } from "../../kernel/table/sleep.ts";
import { GAP_CALLEE } from "../source/text.ts";
import { type CallExpr, calleeName, type Expr } from "../syntax/ast.ts";
import { layAllocation } from "./allocation.ts";
import { branchOn } from "./condition.ts";
import { type Building, evaluate, evaluateForEffect, truthValue } from "./expression.ts";
import { NEGATIVE, UNKNOWN, type Value, ZERO } from "./graph.ts";
import { layInlined, siteOf } from "./inline.ts";
import { labelsGiven, mayJump } from "./jump.ts";
import { askedBy, isWarning, partsOf, placeOf, print, readsOf, stripped } from "./print.ts";
import { layWait } from "./wait.ts";

const IGNORED =
  /^(?:sizeof|__alignof__|offsetof|typeof|BUILD_BUG_ON\w*|static_assert|VM_BUILD_BUG_ON|lockdep_\w+|__builtin_constant_p|pr_\w+|printk|trace_\w+|kmsan_\w+|kasan_\w+|count_vm_\w+|VM_WARN_\w+)$/;

export function evaluateCall(each: CallExpr, on: Building): Value {
  const name = calledName(each, on);
  if (name === undefined) {
    evaluateForEffect(each.callee, on);
    const value = plainCall(each, undefined, on);
    const given = each.args.flatMap(readsOf);
    if (given.length > 0) on.flow.add({ kind: "forget", variables: [], conditions: [], given });
    return value;
  }
  const inlined = on.inline?.(siteOf(each, on));
  if (inlined) return layInlined(inlined, each, on);
  const special = specialCall(name, each, on);
  const value = special ?? plainCall(each, name, on);
  mayJump(labelsGiven(each, on), `${name}()`, on);
  return value;
}

/** `(*f)(x)` calls f where that is a function that is known; elsewhere, and of a parameter, it calls what a pointer leads to. */
function calledName(each: CallExpr, on: Building): string | undefined {
  const { callee } = each;
  const pointed = callee.kind === "unary" && /^[*&]+$/.test(callee.operator) ? callee.operand : undefined;
  const name = pointed?.kind === "name" && on.calls.matters(pointed.name) ? pointed.name : calleeName(each);
  return name !== undefined && on.parameters.includes(name) ? undefined : name;
}

/** Calls whose meaning is part of the language that the kernel is written in. */
function specialCall(name: string, each: CallExpr, on: Building): Value | undefined {
  const [first] = each.args;
  if (name === GAP_CALLEE) on.flow.add({ kind: "gap" }, each.at);
  else if (IGNORED.test(name) && !on.calls.matters(name)) return UNKNOWN;
  else if (neverReturns(name) || on.calls.neverReturns?.(name)) on.flow.add({ kind: "stop" }, each.at);
  else if (stopsIf(name) && first) stopIf(first, on);
  else if (ERROR_POINTER.test(name)) return error(first, on);
  else if (name === ERROR_OR_ZERO && first) return errorOrZero(first, each, on);
  else if (POINTER_ERROR.test(name) && first) return evaluate(first, on);
  else if (/^(?:IS_ERR|IS_ERR_OR_NULL|IS_ERR_VALUE)$/.test(name)) return truthValue(each, on);
  else if (name === "swap")
    forget(
      each.args.flatMap((arg) => placeOf(arg) ?? []),
      on,
    );
  else return undefined;
  return UNKNOWN;
}

/** Macros that subsystems write about BUG_ON(); some are nothing but the condition where debugging is off. */
const OWN_BUG_IF = /(?:^|_)bug_?on(?:_|$)/i;

/**
 * WARN_ON(!spin_trylock(&lock)): a warning that nobody heeds says what the code takes for granted of a call, and so
 * does a subsystem's own BUG_ON(). Lays it as that; false for any other expression.
 */
export function takeForGranted(each: Expr, on: Building): boolean {
  const name = each.kind === "call" ? (calleeName(each) ?? "") : "";
  const asks = isWarning(name) || (OWN_BUG_IF.test(name) && !stopsIf(name) && !IGNORED.test(name));
  const condition = asks && each.kind === "call" ? askedBy(name, each.args) : undefined;
  if (!condition || !callsWhatMatters(condition, on)) return false;
  stopIf(condition, { ...on, granted: true });
  return true;
}

function callsWhatMatters(each: Expr, on: Building): boolean {
  if (each.kind === "call" && on.calls.matters(calledName(each, on) ?? "")) return true;
  return partsOf(each).some((part) => callsWhatMatters(part, on));
}

/** The condition of a wait does something to a lock, were it only that it takes and releases one. */
const isToBeLaid = (condition: Expr, on: Building): boolean =>
  callsWhatMatters(condition, on) || callsOwn(condition, on);

/** It calls a function of the source of which more is known than that it leaves locks as they are. */
function callsOwn(each: Expr, on: Building): boolean {
  const name = each.kind === "call" ? calledName(each, on) : undefined;
  if (name !== undefined && on.calls.isDefined?.(name) && on.calls.leavesLocks?.(name)) return true;
  return partsOf(each).some((part) => callsOwn(part, on));
}

function stopIf(condition: Expr, on: Building): void {
  const { yes, no } = branchOn(condition, on);
  on.flow.exits = yes;
  if (yes.length > 0) on.flow.add({ kind: "stop" });
  on.flow.exits = no;
}

const ERROR_POINTER = /^ERR_(?:PTR|CAST)$/;
const POINTER_ERROR = /^PTR_ERR(?:_OR_ZERO)?$/;

const ERROR_OR_ZERO = "PTR_ERR_OR_ZERO";

/** What it is asked of is evaluated once. */
function errorOrZero(first: Expr, { at }: CallExpr, on: Building): Value {
  const value = evaluate(first, on);
  if (value.kind !== "copy") return value;
  const pointer: Expr = { kind: "name", name: value.variable };
  const test: Expr = { kind: "call", callee: { kind: "name", name: "IS_ERR" }, args: [pointer], at };
  return evaluate({ kind: "conditional", test, yes: pointer, no: { kind: "literal", text: "0" }, at }, on);
}

/** It only says which error there was: nobody is called who could do anything. */
export function isErrorValue(each: CallExpr): boolean {
  const name = calleeName(each) ?? "";
  return ERROR_POINTER.test(name) || POINTER_ERROR.test(name);
}

function error(first: Expr | undefined, on: Building): Value {
  const value = first ? evaluate(first, on) : UNKNOWN;
  return value.kind === "named" && value.mask === NEGATIVE ? value : { kind: "mask", mask: NEGATIVE };
}

function plainCall(each: CallExpr, name: string | undefined, on: Building): Value {
  const [, waitedFor] = each.args;
  if (name !== undefined && waitedFor && waitsForCondition(name) && isToBeLaid(waitedFor, on))
    return layWait(name, each, waitedFor, on);
  if (name !== undefined && runsArguments(name, each, on)) {
    on.flow.add({ kind: "unreadable", text: print(each), given: callsIn(each) }, each.at);
    return UNKNOWN;
  }
  const awake = { ...on.calls, leavesLocks: () => false };
  const within = name !== undefined && waitsForCondition(name) ? { ...on, calls: awake } : on;
  for (const arg of each.args) evaluateForEffect(arg, within);
  if (name !== undefined && on.calls.matters(name)) {
    const given = each.args.flatMap(addressOf);
    const listed = listedBy(name, each.args);
    if (given.length + listed.length > 0)
      on.flow.add({ kind: "forget", variables: given, conditions: [], conditionsStay: true, listed });
    const result = on.flow.temporary();
    const { site } = siteOf(each, on);
    const granted = on.granted ? ({ granted: true } as const) : {};
    layAllocation(each, name, on, (args) =>
      on.flow.add({ kind: "call", name, call: each, args, result, site, ...granted }, each.at),
    );
    return { kind: "copy", variable: result };
  }
  if (name !== undefined && on.calls.leavesLocks?.(name)) {
    const about = { name, call: each, result: on.flow.temporary(), site: siteOf(each, on).site };
    layAllocation(each, name, on, (args) => on.flow.add({ kind: "call", ...about, args }, each.at));
  } else {
    const isCallback = on.parameters.includes(print(each.callee));
    on.flow.noteUnknown({ name: print(each.callee), args: each.args, ...(isCallback && { isCallback }) });
  }
  const listed = name === undefined ? [] : listedBy(name, each.args);
  const given = name !== undefined && GIVES.test(name) ? each.args.filter((arg) => isZero(arg, on)) : [];
  forget([...each.args.flatMap(exposedBy), ...given.map(print)], on, listed);
  return UNKNOWN;
}

/**
 * A macro that is not in sight, and is given what has no value: it runs its arguments as statements, in an order of
 * its own and as often as it likes. `WAIT_UNLOCKED(box->done, mutex_lock(&box->lock), mutex_unlock(&box->lock))`
 */
function runsArguments(name: string, { args }: CallExpr, { calls }: Building): boolean {
  if (calls.matters(name) || calls.isDefined?.(name)) return false;
  return args.map(stripped).some((arg) => arg.kind === "call" && calls.isRelease?.(calleeName(arg) ?? ""));
}

const callsIn = (each: Expr): readonly number[] => [
  ...(each.kind === "call" ? [each.at] : []),
  ...partsOf(each).flatMap(callsIn),
];

/** Macros that by their names get something: they need no address to assign a variable. */
const GIVES =
  /^(?!READ_ONCE$)(?:[A-Z\d]+_)*(?:GET|READ|FETCH|LOAD|FIND|FIRST|NEXT|POP|LOOKUP|ALLOC)(?:_[A-Z\d]+)*$/;

/** A variable that was given nothing but zero so far. */
function isZero(arg: Expr, { flow }: Building): boolean {
  if (arg.kind !== "name") return false;
  const values = flow
    .actionsFrom(0)
    .flatMap((each) => (each.kind === "assign" && each.target === arg.name ? [each.value] : []));
  return values.length > 0 && values.every((value) => value.kind === "mask" && value.mask === ZERO);
}

/** What a callee can assign by its address. */
export function addressOf(arg: Expr): readonly string[] {
  const each = stripped(arg);
  const place = each.kind === "unary" && each.operator === "&" ? placeOf(each.operand) : undefined;
  return place === undefined || place.includes("->") ? [] : [place];
}

/** The objects that a call puts where others find them. */
function listedBy(name: string, args: readonly Expr[]): readonly string[] {
  if (!LISTS.test(name)) return [];
  // list_add(&object->node, head), but insert(tree, object).
  const objects = /list_(?:add|move|splice)|hlist_add|interval_tree_insert/.test(name)
    ? args.slice(0, 1)
    : args.slice(1);
  return objects.flatMap(readsOf);
}

const LISTS =
  /(?:^|_)(?:list_(?:add|move|splice)|hlist_add|batch_add|xa_store|xas_store|rb_link|enqueue|insert|stage|queue)/;

/**
 * What a callee is taken to change: what it is given the address of. Of structures that are passed by
 * pointer callees seldom change what their caller asks twice.
 */
function exposedBy(arg: Expr): readonly string[] {
  const each = stripped(arg);
  if (each.kind === "unary" && each.operator === "&") return insideOf(each.operand);
  const place = placeOf(each);
  return place === undefined ? [] : [`*${place}`];
}

/** What lies at an address: the pointers that lead there stay as they are. */
function insideOf(operand: Expr): readonly string[] {
  const behind = placeOf(operand)?.lastIndexOf("->") ?? -1;
  return readsOf(operand).filter((each) => each.lastIndexOf("->") >= behind);
}

function forget(variables: readonly string[], on: Building, listed: readonly string[] = []): void {
  if (variables.length + listed.length > 0)
    on.flow.add({ kind: "forget", variables, conditions: [], listed });
}
