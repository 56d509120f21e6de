import type { Expr, ForStmt, Stmt } from "../syntax/ast.ts";
import { FlowBuilder } from "./builder.ts";
import { guardCall, guardOf } from "./cleanup.ts";
import { branchOn } from "./condition.ts";
import { assignParity, type Building, type CallFilter, evaluate, evaluateForEffect } from "./expression.ts";
import { ANY, type Flow, type Mask, POSITIVE } from "./graph.ts";
import { loopForgets, macroCondition } from "./loop.ts";
import { placeOf, print, readsOf } from "./print.ts";

/** The control flow of a function body: every call that matters in its place, every condition an atom. */
export function buildFlow(body: readonly Stmt[], end: number, calls: CallFilter): Flow {
  const flow = new FlowBuilder();
  const on: Building = { flow, calls };
  flow.add({ kind: "join" });
  flow.within({ cleanups: [] }, () => {
    buildStatements(body, on);
    flow.at = end;
  });
  // What a fragment's end looks like is not the function's end.
  const partial = flow.actionsFrom(0).some(({ kind }) => kind === "gap");
  flow.add(partial ? { kind: "stop" } : { kind: "return", value: undefined, text: "}" }, end);
  return flow.finish();
}

export function buildStatements(body: readonly Stmt[], on: Building): void {
  for (const each of body) buildStatement(each, on);
}

function buildStatement(each: Stmt, on: Building): void {
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
      buildGoto(each.name, on);
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
      // A label outside the switch it belongs to: the fragment begins inside of it.
      flow.add({ kind: "gap" });
      break;
    default:
      buildRepeated(each, on);
  }
}

/** Statements that have a statement to run again, or to pick from. */
function buildRepeated(each: Stmt, on: Building): void {
  switch (each.kind) {
    case "while":
      buildLoop({ test: () => branchOn(each.test, on), body: each.body }, on);
      break;
    case "do":
      buildDo(each, on);
      break;
    case "for":
      buildFor(each, on);
      break;
    case "macro":
      buildMacro(each, on);
      break;
    case "switch":
      buildSwitch(each, on);
      break;
  }
}

function buildExpression(value: Expr, on: Building): void {
  const guard = guardOf(value);
  if (!guard) evaluateForEffect(value, on);
  else {
    guardCall(guard.acquire, guard, on);
    on.flow.scope?.cleanups.push({ run: () => guardCall(guard.release, guard, on) });
  }
}

function buildIf(each: Stmt & { kind: "if" }, on: Building): void {
  const { yes, no } = branchOn(each.test, on);
  on.flow.exits = yes;
  buildStatement(each.yes, on);
  const behind = on.flow.exits;
  on.flow.exits = no;
  if (each.no) buildStatement(each.no, on);
  on.flow.exits = [...behind, ...on.flow.exits];
}

type MacroStmt = Stmt & { kind: "macro" };

function buildDeclaration(target: string, initial: Expr, on: Building): void {
  on.flow.add({ kind: "assign", target, value: evaluate(initial, on), from: initial });
  assignParity(target, initial, on);
}

interface Loop {
  readonly test: () => { readonly yes: FlowBuilder["exits"]; readonly no: FlowBuilder["exits"] };
  readonly body: Stmt;
  readonly advance?: () => void;
}

function buildLoop({ test, body, advance }: Loop, on: Building): void {
  const { flow } = on;
  const head = flow.add({ kind: "join" });
  const at = flow.at;
  const { yes, no } = test();
  const tested = flow.actionsFrom(head);
  flow.exits = yes;
  const scope = {
    cleanups: [],
    breaks: [] as FlowBuilder["exits"][],
    continues: [] as FlowBuilder["exits"][],
  };
  flow.within(scope, () => buildStatement(body, on));
  flow.exits = [...flow.exits, ...scope.continues.flat()];
  flow.at = at;
  advance?.();
  const forgets = loopForgets(tested, flow.actionsFrom(head));
  if (forgets.length > 0) flow.add({ kind: "forget", variables: [], conditions: forgets });
  flow.lead(flow.exits, head);
  flow.exits = [...no, ...scope.breaks.flat()];
}

function buildDo(each: Stmt & { kind: "do" }, on: Building): void {
  const { flow } = on;
  const head = flow.add({ kind: "join" });
  const scope = {
    cleanups: [],
    breaks: [] as FlowBuilder["exits"][],
    continues: [] as FlowBuilder["exits"][],
  };
  flow.within(scope, () => buildStatement(each.body, on));
  flow.exits = [...flow.exits, ...scope.continues.flat()];
  flow.at = each.at;
  const from = flow.size;
  const { yes, no } = branchOn(each.test, on);
  flow.exits = yes;
  const forgets = loopForgets(flow.actionsFrom(from), flow.actionsFrom(head));
  if (forgets.length > 0 && yes.length > 0) flow.add({ kind: "forget", variables: [], conditions: forgets });
  flow.lead(flow.exits, head);
  flow.exits = [...no, ...scope.breaks.flat()];
}

function buildFor(each: ForStmt, on: Building): void {
  if (each.first) buildStatement(each.first, on);
  on.flow.at = each.at;
  const { test, advance } = each;
  buildLoop(
    {
      test: () => (test ? branchOn(test, on) : { yes: on.flow.exits, no: [] }),
      body: each.body,
      ...(advance && { advance: () => evaluateForEffect(advance, on) }),
    },
    on,
  );
}

/** A macro that takes a statement: a guarded block, or a loop over something. */
function buildMacro(each: MacroStmt, on: Building): void {
  const guard = guardOf(each);
  if (!guard && BLOCK_MACRO.test(each.name)) buildStatement(each.body, on);
  else if (!guard) buildMacroLoop(each, on);
  else {
    guardCall(guard.acquire, guard, on);
    const scope = { cleanups: [{ run: () => guardCall(guard.release, guard, on) }] };
    on.flow.within(scope, () => buildStatement(each.body, on));
  }
}

/** Blocks that run once. */
const BLOCK_MACRO = /^scoped_\w*guard$/;

/** Each round gives the first argument another element, and the others any value. */
function buildMacroLoop(each: MacroStmt, on: Building): void {
  for (const arg of each.args) evaluateForEffect(arg, on);
  const [cursor, ...rest] = each.args.flatMap((arg) => (arg.kind === "name" ? (placeOf(arg) ?? []) : []));
  const assign = (target: string | undefined, mask: Mask) => {
    if (target !== undefined) on.flow.add({ kind: "assign", target, value: { kind: "mask", mask } });
  };
  const test = () => {
    const sides = on.flow.branch(macroCondition(`${each.name}(${each.args.map(print).join(", ")})`));
    on.flow.exits = sides.yes;
    assign(cursor, POSITIVE);
    for (const target of rest) assign(target, ANY);
    const yes = on.flow.exits;
    on.flow.exits = sides.no;
    assign(cursor, ANY);
    return { yes, no: on.flow.exits };
  };
  buildLoop({ test, body: each.body }, on);
}

/** Tries the cases in their order; control falls from one into the next. */
function buildSwitch(each: Stmt & { kind: "switch" }, on: Building): void {
  const { flow } = on;
  const subject = switchSubject(each.subject, on);
  const body = each.body.kind === "block" ? each.body.body : [each.body];
  const entries = new Map<Stmt, FlowBuilder["exits"]>();
  for (const label of body.filter((inner) => inner.kind === "case")) {
    if (label.value === undefined) continue;
    const { yes, no } = branchOn({ kind: "binary", operator: "==", left: subject, right: label.value }, on);
    entries.set(label, yes);
    flow.exits = no;
  }
  const fallback = body.find((inner) => inner.kind === "case" && inner.value === undefined);
  const none = flow.exits;
  if (fallback) entries.set(fallback, none);
  flow.exits = [];
  const scope = { cleanups: [], breaks: [] as FlowBuilder["exits"][] };
  flow.within(scope, () => {
    for (const inner of body) {
      const entry = entries.get(inner);
      if (entry) flow.exits = [...flow.exits, ...entry];
      else buildStatement(inner, on);
    }
  });
  flow.exits = [...flow.exits, ...scope.breaks.flat(), ...(fallback ? [] : none)];
}

/** What the cases are compared with: evaluated once. */
function switchSubject(subject: Expr, on: Building): Expr {
  const value = evaluate(subject, on);
  return value.kind === "copy" ? { kind: "name", name: value.variable } : subject;
}

function buildGoto(name: string, on: Building): void {
  on.flow.leaveFor(name);
  if (on.flow.isBehind(name)) {
    const conditions = loopForgets([], on.flow.actionsFrom(0));
    if (conditions.length > 0) on.flow.add({ kind: "forget", variables: [], conditions });
  }
  on.flow.add({ kind: "jump", text: `goto ${name};` });
  on.flow.goto(name);
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
  if (value?.kind === "call")
    on.flow.add({ kind: "forget", variables: [], conditions: [], handed: value.args.flatMap(readsOf) });
  flow.leaveTo(() => false);
  const text = value ? `return ${print(value)};` : "return;";
  flow.add({ kind: "return", value: returned, text }, at);
}
