import { type Bounds, type Domain, memberBounds, type Sets } from "../../model/ir/domain.ts";
import { type Model, type Program, programsByTask, setsOf, type Variable } from "../../model/ir/model.ts";

/** What is looked up in a model again and again, by name. */
export interface ModelIndex {
  readonly sets: Sets;
  readonly variables: ReadonlyMap<string, Variable>;
  /** The program of each task, task 1 first. */
  readonly programs: readonly Program[];
  /** Positions of the transitions that leave a location, per program and location. */
  readonly leaving: ReadonlyMap<Program, ReadonlyMap<string, readonly number[]>>;
  /** Index values of each array. */
  readonly elements: ReadonlyMap<string, Bounds>;
}

const known = new WeakMap<Model, ModelIndex>();

export function indexOf(model: Model): ModelIndex {
  const found = known.get(model);
  if (found) return found;
  const made = makeIndex(model);
  known.set(model, made);
  return made;
}

function makeIndex(model: Model): ModelIndex {
  const sets = setsOf(model);
  const byName = new Map(model.programs.map((program) => [program.name, program]));
  const arrays = model.variables.flatMap(({ name, index }) => (index ? [{ name, index }] : []));
  return {
    sets,
    variables: new Map(model.variables.map((variable) => [variable.name, variable])),
    programs: programsByTask(model).map((name) => required(byName.get(name), `unknown program '${name}'`)),
    leaving: new Map(model.programs.map((program) => [program, leavingOf(program)])),
    elements: new Map(arrays.map(({ name, index }) => [name, memberBounds(index, sets)])),
  };
}

function leavingOf(program: Program): ReadonlyMap<string, readonly number[]> {
  const leaving = new Map<string, number[]>(program.locations.map(({ name }) => [name, []]));
  program.transitions.forEach(({ from }, position) => {
    leaving.get(from)?.push(position);
  });
  return leaving;
}

/** The values that a choice or a quantifier ranges over, ascending. */
export function memberValues(domain: Domain, { sets }: ModelIndex): readonly number[] {
  const { min, max } = memberBounds(domain, sets);
  return Array.from({ length: Math.max(0, max - min + 1) }, (_, offset) => min + offset);
}

export function programOf(index: ModelIndex, task: number): Program {
  return required(index.programs[task - 1], `no task ${task} (the model has ${index.programs.length})`);
}

export function required<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message);
  return value;
}
