import { type Draft, enablePatches, type Patch, produceWithPatches } from "immer";
import { boundsOf, showValue } from "../../model/ir/domain.ts";
import type { Assertion, Model, Transition, Update, Variable } from "../../model/ir/model.ts";
import type { Move } from "../result.ts";
import { type Environment, evaluate, ownerOf, positionOf, variableOf } from "./evaluate.ts";
import { ModelError } from "./model-error.ts";
import { indexOf, memberValues, programOf, required } from "./model-index.ts";
import type { State } from "./state.ts";

enablePatches();

/** What a move leads to. */
export type Step =
  | {
      readonly kind: "successor";
      readonly move: Move;
      readonly state: State;
      /** The difference to the state before. */
      readonly patches: readonly Patch[];
    }
  /** The path ends here: the move would leave a domain that is a margin. */
  | { readonly kind: "ended"; readonly move: Move; readonly margin: Margin };

/** The end of a domain that a path reached. */
export interface Margin {
  readonly variable: string;
  readonly limit: number;
}

/** All steps that the state allows: tasks ascending, transitions in program order, choices ascending. */
export function successors(model: Model, state: State): readonly Step[] {
  return enabledMoves(model, state).map((move) => fire(model, state, move));
}

/** The moves whose guard holds, in the order of `successors`. */
export function enabledMoves(model: Model, state: State): readonly Move[] {
  return state.tasks.flatMap((_, position) => enabledMovesOf(model, state, position + 1));
}

/** Those of one task; no other task's guards are evaluated. */
export function enabledMovesOf(model: Model, state: State, task: number): readonly Move[] {
  return movesFrom(model, state, task).filter((move) => isEnabled(model, state, move));
}

/**
 * Takes one move. Throws an Error where the state does not allow it, and a ModelError where an update
 * leaves its domain or names no element.
 */
export function apply(model: Model, state: State, move: Move): Step {
  const transition = transitionOf(model, move);
  const location = state.tasks[move.task - 1]?.location;
  if (transition.from !== location || !guardHolds(environmentOf(model, state, move), transition)) {
    throw new Error(`task ${move.task} cannot take '${transition.label}' at '${location}'`);
  }
  return fire(model, state, move);
}

/** The assertions of a move that fail in the state before it: of one property, where it is named. */
export function failedAssertions(
  model: Model,
  state: State,
  move: Move,
  property?: string,
): readonly Assertion[] {
  const { assertions = [] } = transitionOf(model, move);
  const judged = assertions.filter((each) => property === undefined || each.property === property);
  return judged.filter((each) => !assertionHolds(model, state, move, each));
}

export function assertionHolds(model: Model, state: State, move: Move, { condition }: Assertion): boolean {
  const environment = environmentOf(model, state, move);
  return explained(transitionOf(model, move).label, () => evaluate(condition, environment) !== 0);
}

export function transitionOf(model: Model, { task, transition }: Move): Transition {
  const program = programOf(indexOf(model), task);
  const { length } = program.transitions;
  return required(
    program.transitions[transition],
    `program '${program.name}' has no transition ${transition} (valid: 0..${length - 1})`,
  );
}

function environmentOf(model: Model, state: State, move: Move): Environment {
  const { choice } = transitionOf(model, move);
  if (!choice) return { model, state, self: move.task };
  const value = required(move.choice, `the move lacks a value of '${choice.name}'`);
  return { model, state, self: move.task, bindings: { [choice.name]: value } };
}

/** The moves of a task from where it stands, whether or not their guards hold. */
export function movesFrom(model: Model, state: State, task: number): readonly Move[] {
  const index = indexOf(model);
  const program = programOf(index, task);
  const location = required(state.tasks[task - 1], `no task ${task}`).location;
  const leaving = required(index.leaving.get(program)?.get(location), `no location '${location}'`);
  return leaving.flatMap((transition) => choicesOf(model, { task, transition }));
}

/** Whether the guard of a move from where its task stands holds. */
export function isEnabled(model: Model, state: State, move: Move): boolean {
  return guardHolds(environmentOf(model, state, move), transitionOf(model, move));
}

function choicesOf(model: Model, move: Move): readonly Move[] {
  const { choice } = transitionOf(model, move);
  return choice
    ? memberValues(choice.domain, indexOf(model)).map((value) => ({ ...move, choice: value }))
    : [move];
}

function guardHolds(environment: Environment, { guard, label }: Transition): boolean {
  return guard === undefined || explained(label, () => evaluate(guard, environment) !== 0);
}

/** Takes a move that is enabled. Throws a ModelError as `apply` does. */
export function fire(model: Model, state: State, move: Move): Step {
  const transition = transitionOf(model, move);
  const environment = environmentOf(model, state, move);
  const writes: Write[] = [];
  for (const update of transition.updates) {
    const write = explained(transition.label, () => writeOf(update, environment));
    const margin = beyond(write, model, transition);
    if (margin) return { kind: "ended", move, margin };
    writes.push(write);
  }
  refuseCollision(writes, transition, model);
  const [next, patches] = produceWithPatches(state, (draft) => {
    for (const write of writes) assign(draft, write);
    required(draft.tasks[move.task - 1], `no task ${move.task}`).location = transition.to;
  });
  return { kind: "successor", move, state: next, patches };
}

interface Write {
  readonly variable: Variable;
  readonly owner: number | undefined;
  readonly index: number | undefined;
  /** Of the element that the index names. */
  readonly position: number | undefined;
  readonly value: number;
}

function writeOf(update: Update, environment: Environment): Write {
  const variable = variableOf(update.variable, environment);
  const owner = ownerOf(update, environment);
  const index = update.index && evaluate(update.index, environment);
  const position = index === undefined ? undefined : positionOf(variable, index, environment);
  return { variable, owner, index, position, value: evaluate(update.value, environment) };
}

/** The margin that the write would pass. Throws a ModelError where its domain has none. */
function beyond({ variable, value }: Write, model: Model, { label }: Transition): Margin | undefined {
  const { name, domain } = variable;
  const { min, max } = boundsOf(domain, indexOf(model).sets);
  if (value >= min && value <= max) return undefined;
  if (domain.kind === "range" && domain.beyond === "end-path") {
    return { variable: name, limit: value < min ? min : max };
  }
  const valid = `${showValue(domain, min)}..${showValue(domain, max)}`;
  throw new ModelError(
    `model '${model.name}': '${label}' sets ${name} to ${value}, outside its domain (valid: ${valid})`,
  );
}

/** Throws a ModelError where two writes meet in one place, unless the later says that it overrides. */
function refuseCollision(writes: readonly Write[], { updates, label }: Transition, model: Model): void {
  for (const [position, write] of writes.entries()) {
    if (updates[position]?.overrides || !writes.slice(0, position).some((each) => meet(each, write)))
      continue;
    const { variable, owner, index } = write;
    const element =
      index === undefined ? "" : `[${variable.index ? showValue(variable.index, index) : index}]`;
    const whose = variable.scope === "task" ? ` of task ${owner}` : "";
    throw new ModelError(`model '${model.name}': '${label}' sets ${variable.name}${element}${whose} twice`);
  }
}

function meet(one: Write, other: Write): boolean {
  const ofOneOwner = one.variable.scope === "shared" || one.owner === other.owner;
  return one.variable === other.variable && one.index === other.index && ofOneOwner;
}

function assign(draft: Draft<State>, { variable, owner, position, value }: Write): void {
  const { name, scope } = variable;
  const holder = scope === "shared" ? draft.shared : draft.tasks[(owner ?? 0) - 1]?.variables;
  const values = required(holder, `no task ${owner}`);
  if (position === undefined) values[name] = value;
  else (values[name] as number[])[position] = value;
}

/** Adds the transition's name to a ModelError that does not know it. */
function explained<T>(label: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) throw new ModelError(`${error.message}, in '${label}'`);
    throw error;
  }
}
