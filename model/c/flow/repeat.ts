import type { Expr, ForStmt, Stmt } from "../syntax/ast.ts";
import type { FlowBuilder } from "./builder.ts";
import { addressOf } from "./call.ts";
import { guardOf, triedGuard } from "./cleanup.ts";
import { branchOn } from "./condition.ts";
import { type Building, evaluate, evaluateForEffect } from "./expression.ts";
import { type Action, ANY, type Mask, POSITIVE } from "./graph.ts";
import { loopForgets, macroCondition } from "./loop.ts";
import { placeOf, print } from "./print.ts";
import { buildStatement } from "./statement.ts";

type MacroStmt = Stmt & { kind: "macro" };

/** Statements that have a statement to run again, or to pick from. */
export function buildRepeated(each: Stmt, on: Building): void {
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

interface Loop {
  readonly test: () => { readonly yes: FlowBuilder["exits"]; readonly no: FlowBuilder["exits"] };
  readonly body: Stmt;
  readonly advance?: () => void;
  /** The test holds before the first round, whatever it asks. */
  readonly runs?: boolean;
}

function buildLoop({ test, body, advance, runs = false }: Loop, on: Building): void {
  const { flow } = on;
  const entered = flow.exits;
  if (runs) flow.exits = [];
  const head = flow.add({ kind: "join" });
  const at = flow.at;
  const { yes, no } = test();
  const tested = flow.actionsFrom(head);
  flow.exits = runs ? [...entered, ...yes] : yes;
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
      runs: countsToConstant(each),
    },
    on,
  );
}

/** `for (i = 0; i < RETRIES; i++)`: no constant says how often by being 0. */
function countsToConstant({ first, test }: ForStmt): boolean {
  const start = first?.kind === "block" ? first.body.at(-1) : first;
  const [name, value] =
    start?.kind === "declare"
      ? [start.name, start.value]
      : start?.kind === "expression" && start.value.kind === "assign" && start.value.operator === "="
        ? [placeOf(start.value.left), start.value.right]
        : [];
  if (name === undefined || value?.kind !== "literal" || value.text !== "0") return false;
  if (test?.kind !== "binary" || test.operator !== "<" || placeOf(test.left) !== name) return false;
  const bound = print(test.right);
  return /^(?:[A-Z][A-Z0-9]*_[A-Z0-9_]*|[1-9]\d*)$/.test(bound);
}

/** A macro that takes a statement: a guarded block, or a loop over something. */
function buildMacro(each: MacroStmt, on: Building): void {
  const tried = triedGuard(each);
  const guard = guardOf(each, on);
  if (tried) buildStatement(tried, on);
  else if (!guard && BLOCK_MACRO.test(each.name)) buildOnce(each.body, on);
  else if (!guard) buildMacroLoop(each, on);
  else {
    guard.acquire();
    on.flow.within({ cleanups: [{ run: guard.release }] }, () => buildOnce(each.body, on));
  }
}

/** scoped_guard() is a loop of one round (include/linux/cleanup.h): `break` and `continue` leave it. */
function buildOnce(body: Stmt, on: Building): void {
  const scope = {
    cleanups: [],
    breaks: [] as FlowBuilder["exits"][],
    continues: [] as FlowBuilder["exits"][],
  };
  on.flow.within(scope, () => buildStatement(body, on));
  on.flow.exits = [...on.flow.exits, ...scope.breaks.flat(), ...scope.continues.flat()];
}

/** Blocks that run once. */
const BLOCK_MACRO = /^scoped_\w*guard$/;

/**
 * Each round gives the first argument another element, and the others any value; but parameters, and what was given a
 * value before, say what is walked, where another argument has none yet.
 */
function buildMacroLoop(each: MacroStmt, on: Building): void {
  for (const arg of each.args) evaluateForEffect(arg, on);
  const walked = each.args.flatMap(addressOf);
  if (walked.length > 0)
    on.flow.add({ kind: "forget", variables: walked, conditions: [], conditionsStay: true });
  const [cursor, ...rest] = cursorsOf(each, on);
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

function cursorsOf({ name, args }: MacroStmt, { flow, parameters }: Building): readonly string[] {
  const names = args.flatMap((arg) => (arg.kind === "name" ? (placeOf(arg) ?? []) : []));
  const given = new Set([
    ...parameters,
    ...flow.actionsFrom(0).flatMap((each) => (isGiven(each) ? [each.target] : [])),
  ]);
  const isContinued = /_(?:continue|from|safe)/.test(name);
  const cursors = names.filter((each, at) => !given.has(each) || (at === 0 && isContinued));
  return cursors.length > 0 ? cursors : names;
}

/** By an assignment of the source, of something else than a constant. */
const isGiven = (each: Action): each is Action & { kind: "assign" } =>
  each.kind === "assign" && each.from !== undefined && each.value.kind !== "mask";

/** Tries the cases in their order; control falls from one into the next. */
function buildSwitch(each: Stmt & { kind: "switch" }, on: Building): void {
  const { flow } = on;
  const subject = switchSubject(each.subject, on);
  const labels = casesIn(each.body);
  for (const label of labels) {
    if (label.value === undefined) continue;
    const { yes, no } = branchOn(caseTest(subject, label.value), on);
    flow.cases.set(label, yes);
    flow.exits = no;
  }
  const fallback = labels.find(({ value }) => value === undefined);
  const none = flow.exits;
  if (fallback) flow.cases.set(fallback, none);
  flow.exits = [];
  const scope = { cleanups: [], breaks: [] as FlowBuilder["exits"][] };
  flow.within(scope, () => {
    for (const inner of each.body.kind === "block" ? each.body.body : [each.body]) buildStatement(inner, on);
  });
  flow.exits = [...flow.exits, ...scope.breaks.flat(), ...(fallback ? [] : none)];
}

type Case = Stmt & { readonly kind: "case" };

/** The labels of a switch, those within other statements of its body among them. */
function casesIn(body: Stmt): readonly Case[] {
  switch (body.kind) {
    case "case":
      return [body];
    case "block":
      return body.body.flatMap(casesIn);
    case "if":
      return [body.yes, ...(body.no ? [body.no] : [])].flatMap(casesIn);
    case "while":
    case "do":
    case "for":
    case "macro":
      return casesIn(body.body);
    default:
      return [];
  }
}

function caseTest(subject: Expr, value: Expr): Expr {
  const compare = (operator: string, left: Expr, right: Expr): Expr => ({
    kind: "binary",
    operator,
    left,
    right,
  });
  const isRange = value.kind === "conditional" && !value.yes;
  if (!isRange) return compare("==", subject, value);
  return compare("&&", compare("<=", value.test, subject), compare("<=", subject, value.no));
}

/** What the cases are compared with: evaluated once. */
function switchSubject(subject: Expr, on: Building): Expr {
  const value = evaluate(subject, on);
  return value.kind === "copy" ? { kind: "name", name: value.variable } : subject;
}
