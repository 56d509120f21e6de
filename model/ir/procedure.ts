import { type Expression, not } from "./expression.ts";
import type { Choice, Decision, Event, Location, Program, Transition, Update, Weight } from "./model.ts";

/**
 * Structured statements, so that a hand-written model reads like the function it describes. `lower`
 * numbers them as lines of a listing and turns them into locations and transitions.
 */
export type Statement =
  | { readonly kind: "step"; readonly text: string; readonly alternatives: readonly Alternative[] }
  | {
      readonly kind: "loop";
      readonly text: string;
      readonly condition: Expression;
      readonly body: readonly Statement[];
      /** What `continue` runs before the condition is read again. */
      readonly advance: readonly Update[];
    }
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "goto"; readonly name: string }
  | { readonly kind: "break" }
  | { readonly kind: "continue" }
  | { readonly kind: "return"; readonly text: string; readonly events: readonly Event[] };

/** One way a step can go, and what follows it before the statement after. */
export interface Alternative {
  /** The branch taken, e.g. `fails`; absent where there is only one way. */
  readonly name?: string;
  readonly guard?: Expression;
  readonly choice?: Choice;
  readonly updates: readonly Update[];
  readonly events?: readonly Event[];
  readonly weight?: Weight;
  readonly decision?: Decision;
  readonly follow?: readonly Statement[];
}

export interface ListingLine {
  readonly line: number;
  readonly depth: number;
  readonly text: string;
}

/** A lowered procedure: its program, and the listing that its source lines point into. */
export interface Procedure {
  readonly program: Program;
  readonly listing: readonly ListingLine[];
}

export const step = (text: string, ...updates: readonly Update[]): Statement => ({
  kind: "step",
  text,
  alternatives: [{ updates }],
});

export const choose = (text: string, ...alternatives: readonly Alternative[]): Statement => ({
  kind: "step",
  text,
  alternatives,
});

/** `if (text)`: a branch on the state. */
export function when(
  text: string,
  condition: Expression,
  yes: readonly Statement[],
  no: readonly Statement[] = [],
): Statement {
  const side = (alternative: string, guard: Expression, follow: readonly Statement[]): Alternative => ({
    name: alternative,
    guard,
    updates: [],
    decision: { kind: "branch", subject: text, alternative },
    follow,
  });
  return choose(`if (${text})`, side("true", condition, yes), side("false", not(condition), no));
}

export const loop = (
  text: string,
  condition: Expression,
  advance: readonly Update[],
  body: readonly Statement[],
): Statement => ({ kind: "loop", text, condition, advance, body });

export const label = (name: string): Statement => ({ kind: "label", name });
export const goto = (name: string): Statement => ({ kind: "goto", name });
export const breakLoop: Statement = { kind: "break" };
export const continueLoop: Statement = { kind: "continue" };

interface Scope {
  readonly next: string;
  readonly breakTo?: string;
  readonly continueTo?: string;
}

const END = "end";

/** Turns statements into a program that starts at the first and ends after the last. */
export function lower(name: string, file: string, body: readonly Statement[]): Procedure {
  // A copy, in which no statement stands twice: each needs a line of its own.
  const own: readonly Statement[] = JSON.parse(JSON.stringify(body));
  const listing: ListingLine[] = [];
  const lines = new Map<Statement, number>();
  enumerate(own, 0, listing, lines);
  const transitions: Transition[] = [];
  const labels = labelTargets(own, lines);
  const start = lowerList(own, { next: END }, { file, lines, labels, transitions });
  transitions.sort(byLine);
  const names = new Set([start, END, ...transitions.flatMap(({ from, to }) => [from, to])]);
  const locations = [...names].map((each): Location => ({ name: each, ...(each === END && { end: true }) }));
  return { program: { name, start, locations, transitions }, listing };
}

interface Lowering {
  readonly file: string;
  readonly lines: ReadonlyMap<Statement, number>;
  readonly labels: ReadonlyMap<string, string>;
  readonly transitions: Transition[];
}

function byLine(one: Transition, other: Transition): number {
  return (one.source?.line ?? 0) - (other.source?.line ?? 0);
}

/** Gives each statement its line, in the order in which a reader meets them. */
function enumerate(
  body: readonly Statement[],
  depth: number,
  listing: ListingLine[],
  lines: Map<Statement, number>,
): void {
  for (const statement of body) {
    const line = listing.length + 1;
    lines.set(statement, line);
    listing.push({ line, depth, text: textOf(statement) });
    enumerateInner(statement, depth, listing, lines);
  }
}

/** What a branch does is set off from what the one before it does by a line of its own. */
function enumerateInner(
  statement: Statement,
  depth: number,
  listing: ListingLine[],
  lines: Map<Statement, number>,
): void {
  if (statement.kind === "loop") enumerate(statement.body, depth + 1, listing, lines);
  if (statement.kind !== "step") return;
  const branches = statement.alternatives.filter(({ follow = [] }) => follow.length > 0);
  branches.forEach(({ name, follow = [] }, position) => {
    const text = name === undefined || name === "false" ? "else" : `else /* ${name} */`;
    if (position > 0) listing.push({ line: listing.length + 1, depth, text });
    enumerate(follow, depth + 1, listing, lines);
  });
}

function innerLists(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === "loop") return [statement.body];
  return statement.kind === "step" ? statement.alternatives.map((each) => each.follow ?? []) : [];
}

/** A statement's own line of a listing. */
export function textOf(statement: Statement): string {
  switch (statement.kind) {
    case "label":
      return `${statement.name}:`;
    case "goto":
      return `goto ${statement.name};`;
    case "break":
    case "continue":
      return `${statement.kind};`;
    default:
      return statement.text;
  }
}

const locationOf = (lines: ReadonlyMap<Statement, number>, statement: Statement): string =>
  `L${lines.get(statement)}`;

/** Where a label leads: to the first statement behind it. */
function labelTargets(
  body: readonly Statement[],
  lines: ReadonlyMap<Statement, number>,
): Map<string, string> {
  const targets = new Map<string, string>();
  const visit = (list: readonly Statement[]): void => {
    list.forEach((statement, position) => {
      const following = list.slice(position).find((each) => each.kind !== "label");
      if (statement.kind === "label" && !following) throw new Error(`label '${statement.name}' ends a block`);
      if (statement.kind === "label" && following) targets.set(statement.name, locationOf(lines, following));
      innerLists(statement).forEach(visit);
    });
  };
  visit(body);
  return targets;
}

/** Lowers from the last statement to the first; returns where the list is entered. */
function lowerList(body: readonly Statement[], scope: Scope, context: Lowering): string {
  return body.reduceRight((next, statement) => lowerOne(statement, { ...scope, next }, context), scope.next);
}

function lowerOne(statement: Statement, scope: Scope, context: Lowering): string {
  switch (statement.kind) {
    case "step":
      return lowerStep(statement, scope, context);
    case "loop":
      return lowerLoop(statement, scope, context);
    case "label":
      return scope.next;
    case "goto":
      return required(context.labels.get(statement.name), `goto ${statement.name}: no such label`);
    case "break":
      return required(scope.breakTo, "break outside a loop");
    case "continue":
      return required(scope.continueTo, "continue outside a loop");
    case "return":
      return lowerStep(
        { ...statement, alternatives: [{ updates: [], events: statement.events }] },
        { next: END },
        context,
        statement,
      );
  }
}

function lowerStep(
  statement: { readonly text: string; readonly alternatives: readonly Alternative[] },
  scope: Scope,
  context: Lowering,
  key: Statement = statement as Statement,
): string {
  const from = locationOf(context.lines, key);
  for (const alternative of statement.alternatives) {
    const to = lowerList(alternative.follow ?? [], scope, context);
    context.transitions.push(transition(from, to, statement.text, alternative, sourceOf(key, context)));
  }
  return from;
}

function sourceOf(statement: Statement, context: Lowering) {
  return { file: context.file, line: context.lines.get(statement) ?? 0, text: textOf(statement) };
}

function transition(
  from: string,
  to: string,
  text: string,
  alternative: Alternative,
  source: Transition["source"] & object,
): Transition {
  const { name, guard, choice, events, decision, updates, weight } = alternative;
  return {
    from,
    to,
    label: name === undefined ? text : `${text} -> ${name}`,
    ...(guard && { guard }),
    ...(choice && { choice }),
    ...(events && { events }),
    ...(decision && { decision }),
    updates,
    weight: weight ?? 0,
    source,
  };
}

function lowerLoop(statement: Statement & { kind: "loop" }, scope: Scope, context: Lowering): string {
  const head = locationOf(context.lines, statement);
  const advance = statement.advance.length === 0 ? head : `${head}.advance`;
  const inner = { next: advance, breakTo: scope.next, continueTo: advance };
  const body = lowerList(statement.body, inner, context);
  const branch = (alternative: string, guard: Expression): Alternative => ({
    name: alternative,
    guard,
    updates: [],
    decision: { kind: "branch", subject: statement.text, alternative, loop: true },
  });
  const source = sourceOf(statement, context);
  const { condition, text } = statement;
  context.transitions.push(transition(head, body, text, branch("next round", condition), source));
  context.transitions.push(transition(head, scope.next, text, branch("done", not(condition)), source));
  if (advance !== head) {
    context.transitions.push(
      transition(advance, head, text, { name: "advance", updates: statement.advance }, source),
    );
  }
  return head;
}

function required(location: string | undefined, message: string): string {
  if (location === undefined) throw new Error(message);
  return location;
}
