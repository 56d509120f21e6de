import { boundsOf } from "../../model/ir/domain.ts";
import { type Expression, or } from "../../model/ir/expression.ts";
import type { Slot } from "../../model/ir/layout.ts";
import type { Program, Update } from "../../model/ir/model.ts";
import { samePlace } from "../../model/ir/same-place.ts";
import { indexOf, type ModelIndex, memberValues, required } from "../interpret/model-index.ts";
import type { NumberedTransition, Problem } from "../problem.ts";
import type { Ground, Target } from "./ground.ts";
import { type Instance, instantiate, place } from "./instantiate.ts";
import { intervalOf, within } from "./interval.ts";
import { slotsOf } from "./slots.ts";

/** A problem with every task and choice put in. */
export interface GroundProblem {
  readonly problem: Problem;
  readonly slots: readonly Slot[];
  /** Task 1 first. */
  readonly tasks: readonly GroundTask[];
  /** Judged of every state. */
  readonly stateChecks: readonly GroundCheck[];
  /** Numbers of the checks that fail in a deadlock. */
  readonly deadlockChecks: readonly number[];
}

export interface GroundTask {
  readonly task: number;
  /** The slot number of its location. */
  readonly location: number;
  /** By position of the location in the program. */
  readonly locations: readonly GroundLocation[];
}

export interface GroundLocation {
  readonly end: boolean;
  readonly rules: readonly Rule[];
  /** Judged of every state in which the task is here. */
  readonly checks: readonly GroundCheck[];
}

/** A transition as one task takes it with one choice. */
export interface Rule {
  readonly task: number;
  /** The problem's number of it. */
  readonly transition: number;
  readonly choice?: number;
  readonly weight: number;
  readonly to: number;
  readonly guard: Ground;
  readonly assertions: readonly GroundCheck[];
  readonly writes: readonly GroundWrite[];
  /** Where it holds, two of the writes meet in one place: an error of the model. */
  readonly collision: Ground;
}

/** Reported where the condition is false (true, for a witness). */
export interface GroundCheck {
  readonly check: number;
  readonly condition: Ground;
  readonly witness: boolean;
}

export interface GroundWrite {
  readonly target: Target;
  readonly value: Ground;
  readonly min: number;
  readonly max: number;
  /** Whether the value may leave the domain, as far as its slots' domains tell. */
  readonly mayLeave: boolean;
  /** Where leaving the domain ends the path: the number of its lower end; that of the upper is one more. */
  readonly margin?: number;
}

const known = new WeakMap<Problem, GroundProblem>();

/** Made once for each problem. */
export function groundProblem(problem: Problem): GroundProblem {
  const found = known.get(problem);
  if (found) return found;
  const made = ground(problem);
  known.set(problem, made);
  return made;
}

function ground(problem: Problem): GroundProblem {
  const index = indexOf(problem.model);
  const slots = slotsOf(problem.layout);
  const context = contextOf(problem, index, { index, slots, bindings: {} });
  return {
    problem,
    slots: slots.all,
    tasks: index.programs.map((program, position) => groundTask(program, position + 1, context)),
    stateChecks: stateChecksOf(context),
    deadlockChecks: problem.checks.flatMap((check, number) =>
      check.kind === "invariant" && check.invariant.kind === "no-deadlock" ? [number] : [],
    ),
  };
}

/** An upper bound of the successors of one state. */
export function maxSuccessors({ tasks }: GroundProblem): number {
  const most = tasks.map(({ locations }) => Math.max(0, ...locations.map(({ rules }) => rules.length)));
  return most.reduce((sum, each) => sum + each, 1);
}

interface Context {
  readonly problem: Problem;
  readonly index: ModelIndex;
  readonly instance: Instance;
  /** What has become of updates that several transitions share. */
  readonly writes: Map<Update, GroundWrite>;
}

function contextOf(problem: Problem, index: ModelIndex, instance: Instance): Context {
  return { problem, index, instance: { ...instance, known: new Map() }, writes: new Map() };
}

function groundTask(program: Program, task: number, context: Context): GroundTask {
  const { problem, index, instance } = context;
  const own = contextOf(problem, index, { ...instance, self: task });
  const positions = new Map(program.locations.map(({ name }, position) => [name, position]));
  const offset = problem.transitions.findIndex((each) => each.program === program);
  return {
    task,
    location: task - 1,
    locations: program.locations.map(({ name, end = false }) => ({
      end,
      rules: (index.leaving.get(program)?.get(name) ?? []).flatMap((position) =>
        rulesOf(offset + position, positions, task, own),
      ),
      checks: locationChecksOf(program, name, own),
    })),
  };
}

function rulesOf(
  number: number,
  positions: ReadonlyMap<string, number>,
  task: number,
  context: Context,
): readonly Rule[] {
  const { choice } = transitionAt(number, context).transition;
  if (!choice) return [ruleOf(number, positions, task, context)];
  return memberValues(choice.domain, context.index).map((value) => {
    const { problem, index, instance } = context;
    const own = contextOf(problem, index, { ...instance, bindings: { [choice.name]: value } });
    return { ...ruleOf(number, positions, task, own), choice: value };
  });
}

function ruleOf(
  number: number,
  positions: ReadonlyMap<string, number>,
  task: number,
  context: Context,
): Rule {
  const { transition, checks } = transitionAt(number, context);
  const { problem, instance } = context;
  const { guard, to, weight, updates } = transition;
  return {
    task,
    transition: number,
    weight,
    to: required(positions.get(to), `unknown location '${to}'`),
    guard: guard ? instantiate(guard, instance) : { kind: "constant", value: 1 },
    assertions: checks.map((check) => groundCheck(check, conditionOf(problem, check), false, instance)),
    writes: updates.map((update) => groundWrite(update, context)),
    collision: instantiate(collisionOf(updates), instance),
  };
}

/** That two updates write one place, neither after the other. */
function collisionOf(updates: readonly Update[]): Expression {
  const meetings = updates.flatMap((later, position) =>
    later.overrides ? [] : updates.slice(0, position).map((each) => samePlace(each, later)),
  );
  return or(...meetings);
}

function groundWrite(update: Update, context: Context): GroundWrite {
  const found = context.writes.get(update) ?? makeWrite(update, context);
  context.writes.set(update, found);
  return found;
}

function makeWrite(update: Update, { problem, index, instance }: Context): GroundWrite {
  const { variable, index: element, of } = update;
  const { domain } = required(index.variables.get(variable), `unknown variable '${variable}'`);
  const bounds = boundsOf(domain, index.sets);
  const value = instantiate(update.value, instance);
  const margin = problem.margins.findIndex((each) => each.variable === variable);
  return {
    target: place({ name: variable, ...(element && { index: element }), ...(of && { of }) }, instance),
    value,
    min: bounds.min,
    max: bounds.max,
    mayLeave: !within(intervalOf(value, instance.slots.all), bounds),
    ...(margin >= 0 && { margin }),
  };
}

function stateChecksOf({ problem, instance }: Context): readonly GroundCheck[] {
  return problem.checks.flatMap((check, number) => {
    if (check.kind !== "invariant") return [];
    const { invariant } = check;
    if (invariant.kind !== "always" && invariant.kind !== "sometimes") return [];
    return [groundCheck(number, invariant.condition, invariant.kind === "sometimes", instance)];
  });
}

function locationChecksOf(
  program: Program,
  location: string,
  { problem, instance }: Context,
): readonly GroundCheck[] {
  return problem.checks.flatMap((check, number) => {
    if (check.kind !== "invariant" || check.invariant.kind !== "location") return [];
    const { invariant } = check;
    if (invariant.program !== program.name || invariant.location !== location) return [];
    return [groundCheck(number, invariant.condition, false, instance)];
  });
}

function groundCheck(
  check: number,
  condition: Expression,
  witness: boolean,
  instance: Instance,
): GroundCheck {
  return { check, witness, condition: instantiate(condition, instance) };
}

function conditionOf({ checks }: Problem, number: number): Expression {
  const check = checks[number];
  if (check?.kind !== "assertion") throw new Error(`check ${number} is no assertion`);
  return check.assertion.condition;
}

function transitionAt(number: number, { problem }: Context): NumberedTransition {
  return required(problem.transitions[number], `no transition ${number}`);
}
