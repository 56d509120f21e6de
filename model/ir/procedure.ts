import { type Expression, not } from "./expression.ts";
import type { Choice, Decision, Event, Program, Update, Weight } from "./model.ts";

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

/** The statement lists inside a statement. */
export function innerLists(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === "loop") return [statement.body];
  return statement.kind === "step" ? statement.alternatives.map((each) => each.follow ?? []) : [];
}
