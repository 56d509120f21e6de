import { leavesAsNamed } from "../../kernel/lock-name.ts";
import { type CallExpr, calleeName, type Expr, type Stmt } from "../syntax/ast.ts";
import { assignFlags } from "./allocation.ts";
import { FlowBuilder } from "./builder.ts";
import { isErrorValue, takeForGranted } from "./call.ts";
import type { CallFilter } from "./call-filter.ts";
import { guardOf } from "./cleanup.ts";
import { branchOn } from "./condition.ts";
import { withCounters } from "./counters.ts";
import { type Building, evaluate, evaluateForEffect } from "./expression.ts";
import { type Action, type Flow, UNKNOWN, type Value } from "./graph.ts";
import type { Inline } from "./inline.ts";
import { jumpElsewhere, jumpTo } from "./jump.ts";
import { labelsOf } from "./labels.ts";
import type { OwnGuards } from "./own-guards.ts";
import { assignParity } from "./parity.ts";
import { print, readsOf, stripped } from "./print.ts";
import { buildRepeated } from "./repeat.ts";

export interface FlowSurroundings {
  readonly calls: CallFilter;
  /** Guards that the source defines. */
  readonly guards: OwnGuards;
  /** The function's own. */
  readonly parameters: readonly string[];
  readonly inline?: Inline | undefined;
}

/** The control flow of a function body: every call that matters in its place, every condition an atom. */
export function buildFlow(
  body: readonly Stmt[],
  end: number,
  { calls, guards, parameters, inline }: FlowSurroundings,
): Flow {
  const flow = new FlowBuilder();
  const labels = labelsOf(body, parameters);
  const on: Building = { flow, calls, guards, labels, parameters, ...(inline && { inline }) };
  flow.add({ kind: "join" });
  flow.within({ cleanups: [] }, () => {
    buildStatements(body, on);
    flow.at = end;
  });
  // What a fragment's end looks like is not the function's end.
  flow.add(flow.hasGap ? { kind: "stop" } : { kind: "return", value: undefined, text: "}" }, end);
  const { numberOf } = calls;
  return withCounters({ ...flow.finish(), ...(numberOf && { numberOf }) });
}

export function buildStatements(body: readonly Stmt[], on: Building): void {
  for (const each of body) buildStatement(each, on);
}

export function buildStatement(each: Stmt, on: Building): void {
  const { flow } = on;
  if (each.kind !== "block") flow.at = each.at;
  switch (each.kind) {
    case "block":
      flow.within({ cleanups: [] }, () => buildStatements(each.body, on));
      break;
    case "expression":
      buildExpression(each.value, on);
      break;
    case "declare":
      if (each.value) buildDeclaration(each.name, each.value, on);
      break;
    case "if":
      buildIf(each, on);
      break;
    case "label":
      flow.label(each.name);
      break;
    case "goto":
      jumpTo(each.name, on);
      break;
    case "computed goto":
    case "asm goto":
      jumpElsewhere(each, on);
      break;
    case "break":
    case "continue":
      buildJump(each.kind, on);
      break;
    case "return":
      buildReturn(each.value, on);
      break;
    case "unreadable":
      flow.add({ kind: "unreadable", text: each.text });
      break;
    case "case":
      buildCase(each, on);
      break;
    default:
      buildRepeated(each, on);
  }
}

/** Outside of a switch, the fragment begins inside of it. */
function buildCase(label: Stmt, { flow }: Building): void {
  const entry = flow.cases.get(label);
  if (entry) flow.exits = [...flow.exits, ...entry];
  else flow.add({ kind: "gap" });
}

function buildExpression(value: Expr, on: Building): void {
  const guard = guardOf(value, on);
  if (takeForGranted(value, on)) return;
  // Whether what follows is reached, and with which locks, is not known.
  const name = value.kind === "name" ? value.name : value.kind === "call" ? calleeName(value) : undefined;
  if (name !== undefined && on.calls.mayLeave?.(name)) {
    if (value.kind === "call" && leftAsNamed(value, name, on)) return;
    on.flow.add({ kind: "gap" });
  }
  if (!guard) {
    const from = on.flow.size;
    evaluateForEffect(value, on);
    // What it is called under is asked of its node.
    if (value.kind === "call" && on.flow.size === from) on.flow.add({ kind: "join" });
  } else {
    guard.acquire();
    on.flow.scope?.cleanups.push({ run: guard.release });
  }
}

/** Lays a macro that is not in sight as what its name says, if its arguments are what that takes. */
function leftAsNamed({ args }: CallExpr, name: string, on: Building): boolean {
  const how = leavesAsNamed(name);
  const [first, ...rest] = args;
  if (how === "return" && rest.length === 0) {
    buildReturn(first, on);
    return true;
  }
  if (how !== "goto" || first?.kind !== "name" || !on.labels.all.includes(first.name)) return false;
  for (const arg of rest) evaluateForEffect(arg, on);
  jumpTo(first.name, on);
  return true;
}

function buildIf(each: Stmt & { kind: "if" }, on: Building): void {
  const { yes, no } = branchOn(each.test, on);
  const from = on.flow.size;
  on.flow.exits = yes;
  buildStatement(each.yes, on);
  const behind = on.flow.exits;
  const given = behind.length > 0 ? on.flow.actionsFrom(from).flatMap(givenBy) : [];
  on.flow.exits = no;
  if (each.no) buildStatement(each.no, on);
  else if (given.length > 0) on.flow.add({ kind: "forget", variables: [], conditions: [], passedBy: given });
  on.flow.exits = [...behind, ...on.flow.exits];
}

const givenBy = (action: Action): readonly string[] => (action.kind === "forget" ? action.variables : []);

export function buildDeclaration(target: string, initial: Expr, on: Building): void {
  const value = evaluate(initial, on);
  on.flow.add({ kind: "assign", target, value, from: initial });
  assignParity(target, initial, on.flow);
  assignFlags({ target, right: initial }, value, on);
}

function buildJump(kind: "break" | "continue", on: Building): void {
  const { flow } = on;
  const list = (scope: { breaks?: unknown; continues?: unknown }) =>
    kind === "break" ? scope.breaks : scope.continues;
  flow.add({ kind: "jump", text: `${kind};` });
  const target = flow.leaveTo((scope) => list(scope) !== undefined);
  const exits = kind === "break" ? target?.breaks : target?.continues;
  if (exits) exits.push(flow.exits);
  else flow.add({ kind: "stop" });
  flow.exits = [];
}

function buildReturn(value: Expr | undefined, on: Building): void {
  const { flow } = on;
  const { at } = flow;
  const returned = value && evaluate(value, on);
  const call = value && stripped(value);
  if (call?.kind === "call" && !isErrorValue(call) && !leavesLocksAlone(call, on)) handOn(call, on);
  if (on.result !== undefined) {
    leaveInlined(on.result, { returned, from: value }, on);
    return;
  }
  flow.leaveTo(() => false);
  const text = value ? `return ${print(value)};` : "return;";
  flow.add({ kind: "return", value: returned, text }, at);
}

function handOn(call: CallExpr, { flow }: Building): void {
  const handedTo = calleeName(call);
  const handed = call.args.flatMap(readsOf);
  flow.add({ kind: "forget", variables: [], conditions: [], handed, ...(handedTo && { handedTo }) });
}

/** A return of an inlined body goes on behind the call. */
function leaveInlined(
  target: string,
  { returned = UNKNOWN, from }: { readonly returned: Value | undefined; readonly from: Expr | undefined },
  { flow }: Building,
): void {
  const isThere = returned.kind === "copy" && returned.variable === target;
  if (!isThere) flow.add({ kind: "assign", target, value: returned, ...(from && { from }) });
  flow.returnToCaller();
}

/** The source has the callee's body, and nothing in it is about locks. */
function leavesLocksAlone(call: CallExpr, { calls }: Building): boolean {
  const name = calleeName(call) ?? "";
  return calls.isDefined?.(name) === true && !calls.matters(name);
}
