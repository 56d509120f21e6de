import { type Expression, not } from "./expression.ts";
import { number, textOf } from "./listing.ts";
import type { Location, Source, Transition } from "./model.ts";
import {
  type Alternative,
  innerLists,
  type ListingLine,
  type Procedure,
  type Statement,
} from "./procedure.ts";

interface Scope {
  readonly next: string;
  readonly breakTo?: string;
  readonly continueTo?: string;
}

const END = "end";

/**
 * Turns statements into a program that starts at the first and ends after the last. A second procedure of
 * the same file goes on from the listing of the first.
 */
export function lower(
  name: string,
  file: string,
  body: readonly Statement[],
  before: readonly ListingLine[] = [],
): Procedure {
  // A copy, in which no statement stands twice: each needs a line of its own.
  const own: readonly Statement[] = JSON.parse(JSON.stringify(body));
  const { listing, lines } = number(own, before);
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

const locationOf = (lines: ReadonlyMap<Statement, number>, statement: Statement): string =>
  `L${lines.get(statement)}`;

const JUMPS: readonly Statement["kind"][] = ["goto", "break", "continue"];

/** Where a label leads: to the first statement behind it. */
function labelTargets(
  body: readonly Statement[],
  lines: ReadonlyMap<Statement, number>,
): Map<string, string> {
  const targets = new Map<string, string>();
  const visit = (list: readonly Statement[]): void => {
    list.forEach((statement, position) => {
      const following = list.slice(position).find((each) => each.kind !== "label");
      if (statement.kind === "label") targets.set(statement.name, targetOf(statement.name, following, lines));
      innerLists(statement).forEach(visit);
    });
  };
  visit(body);
  return targets;
}

function targetOf(name: string, following: Statement | undefined, lines: ReadonlyMap<Statement, number>) {
  if (!following) throw new Error(`label '${name}' ends a block`);
  if (JUMPS.includes(following.kind)) throw new Error(`label '${name}' leads to a ${following.kind}`);
  return locationOf(lines, following);
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

function sourceOf(statement: Statement, context: Lowering): Source {
  return { file: context.file, line: context.lines.get(statement) ?? 0, text: textOf(statement) };
}

function transition(
  from: string,
  to: string,
  text: string,
  alternative: Alternative,
  source: Source,
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
