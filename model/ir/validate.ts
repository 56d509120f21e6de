import { InputError } from "../input-error.ts";
import { checkDomain, checkExpression, checkPlace, expectType, type Scope } from "./check-expression.ts";
import { boundsOf, type Sets, showValue, TASK } from "./domain.ts";
import { TRUE } from "./expression.ts";
import { expressionText } from "./expression-text.ts";
import {
  type Invariant,
  type Model,
  type Program,
  setsOf,
  type Transition,
  type Update,
  type Variable,
} from "./model.ts";
import { samePlace } from "./same-place.ts";
import { BOOLEAN, fits, showType } from "./value-type.ts";
import { invariantSite, transitionSite } from "./where.ts";
import { isExact, wideExpressions, wideText } from "./wide-expressions.ts";

/** Everything that is wrong with a model, each with its place; nothing where it can be searched. */
export function validate(model: Model): readonly string[] {
  const errors: string[] = [];
  const at = (place: string) => (message: string) => errors.push(`${place}: ${message}`);
  const sets = setsOf(model);
  const variables = new Map(model.variables.map((variable) => [variable.name, variable]));
  const scope = { sets, variables, bound: new Map(), acting: true };
  checkNames(model, at("model"));
  checkSets(model, at("sets"));
  checkTasks(model, at("tasks"));
  for (const each of model.variables) checkVariable(each, sets, at(`variable '${each.name}'`));
  for (const program of model.programs) {
    checkProgram(program, at(`program '${program.name}'`));
    for (const each of program.transitions) {
      checkTransition(each, program, { ...scope, complain: at(transitionSite(program, each)) });
    }
  }
  for (const each of model.invariants) {
    checkInvariant(each, model, { ...scope, complain: at(invariantSite(each)) });
  }
  // Values have bounds where names and types are right.
  return errors.length > 0 ? errors : inexactArithmetic(model);
}

function inexactArithmetic(model: Model): readonly string[] {
  const inexact = wideExpressions(model).filter((each) => !isExact(each));
  return inexact.map((each) => `${wideText(each)}: beyond 2^53, where numbers are no longer exact`);
}

/** Throws one InputError that lists everything that is wrong with the model. */
export function assertValid(model: Model): void {
  const errors = validate(model);
  if (errors.length === 0) return;
  throw new InputError(
    `model '${model.name}' is not valid:\n${errors.map((each) => `  ${each}`).join("\n")}`,
  );
}

type Complain = (message: string) => void;

function checkNames(model: Model, complain: Complain): void {
  reportTwice("variable", model.variables, complain);
  reportTwice("program", model.programs, complain);
}

function reportTwice(what: string, named: readonly { readonly name: string }[], complain: Complain): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) complain(`there are two ${what}s named '${name}'`);
    if (name === "__proto__") complain(`no ${what} can be named '${name}'`);
    seen.add(name);
  }
}

function checkSets({ sets }: Model, complain: Complain): void {
  if (TASK in sets) complain(`'${TASK}' is the set of the model's tasks: its size follows from them`);
  for (const [name, size] of Object.entries(sets)) {
    if (!Number.isSafeInteger(size) || size < 0) complain(`'${name}' has ${size} members`);
  }
}

function checkTasks({ tasks, programs }: Model, complain: Complain): void {
  const known = programs.map(({ name }) => name);
  for (const { program, count } of tasks) {
    if (!known.includes(program)) complain(`unknown program '${program}' (known: ${known.join(", ")})`);
    if (!Number.isSafeInteger(count) || count < 0) complain(`${count} tasks cannot run '${program}'`);
  }
  if (!tasks.some(({ count }) => count > 0)) complain("there are none: nothing would ever run");
}

function checkVariable({ domain, index, initial }: Variable, sets: Sets, complain: Complain): void {
  const before = { sets, complain };
  checkDomain(domain, before);
  if (index) checkDomain(index, before);
  if (domain.kind === "id" && sets[domain.set] === undefined) return;
  if (initial.length === 0) complain("there is no initial value");
  const { min, max } = boundsOf(domain, sets);
  for (const value of initial) {
    if (Number.isSafeInteger(value) && value >= min && value <= max) continue;
    complain(`the initial value ${value} is not in ${showValue(domain, min)}..${showValue(domain, max)}`);
  }
}

function checkProgram(program: Program, complain: Complain): void {
  reportTwice("location", program.locations, complain);
  if (!hasLocation(program, program.start)) complain(unknownLocation(program, program.start));
}

function checkTransition(transition: Transition, program: Program, scope: Scope): void {
  for (const location of [transition.from, transition.to]) {
    if (!hasLocation(program, location)) scope.complain(unknownLocation(program, location));
  }
  const { choice, guard, updates, assertions = [], weight } = transition;
  if (weight !== 0 && weight !== 1) scope.complain(`the weight ${String(weight)} is neither 0 nor 1`);
  if (choice) checkDomain(choice.domain, scope);
  const inner = choice ? { ...scope, bound: new Map([[choice.name, choice.domain]]) } : scope;
  if (guard) expectType(guard, BOOLEAN, "the guard", inner);
  for (const update of updates) checkUpdate(update, inner);
  checkPlaces(updates, inner.complain);
  for (const { condition, property } of assertions) {
    expectType(condition, BOOLEAN, `what '${property}' asserts`, inner);
  }
}

function checkUpdate({ variable, index, of, value }: Update, scope: Scope): void {
  const place = { name: variable, ...(index && { index }), ...(of && { of }) };
  const wanted = checkPlace(place, scope);
  const given = checkExpression(value, scope);
  if (fits(given, wanted)) return;
  scope.complain(`'${variable}' is ${showType(wanted)} and is set to ${showType(given)}`);
}

/** Whether two updates always meet; where that depends on the state, it is an error of the model when they do. */
function checkPlaces(updates: readonly Update[], complain: Complain): void {
  for (const [position, update] of updates.entries()) {
    const meets = (earlier: Update) => samePlace(earlier, update) === TRUE;
    if (update.overrides || !updates.slice(0, position).some(meets)) continue;
    const { variable: name, index, of } = update;
    const place = index ? { kind: "element" as const, name, index } : { kind: "variable" as const, name };
    complain(`'${expressionText({ ...place, ...(of && { of }) })}' is set twice in one step`);
  }
}

function checkInvariant(invariant: Invariant, { programs }: Model, scope: Scope): void {
  if (invariant.kind === "no-deadlock") return;
  const acting = invariant.kind === "location";
  expectType(invariant.condition, BOOLEAN, "its condition", { ...scope, acting });
  if (!acting) return;
  const program = programs.find(({ name }) => name === invariant.program);
  if (!program) scope.complain(`unknown program '${invariant.program}'`);
  else if (!hasLocation(program, invariant.location)) {
    scope.complain(unknownLocation(program, invariant.location));
  }
}

function hasLocation({ locations }: Program, name: string): boolean {
  return locations.some((each) => each.name === name);
}

function unknownLocation({ locations }: Program, name: string): string {
  return `unknown location '${name}' (known: ${locations.map((each) => each.name).join(", ")})`;
}
