import { fire, type Place, placeOf, type Row } from "../backends/table/rows.ts";
import { SlotCodec } from "../backends/table/slot-codec.ts";
import { type GroundProblem, groundProblem, type Rule } from "../ground/ground-problem.ts";
import { required } from "../interpret/model-index.ts";
import type { Problem } from "../problem.ts";
import type { Move } from "../result.ts";
import { type Projection, project } from "../store/projection.ts";

/** The least adverse move from each packed state to the one after it. */
export function movesAlong(problem: Problem, path: readonly Uint32Array[]): readonly Move[] {
  return path.slice(1).map((target, position) => {
    return moveBetween(problem, required(path[position], "a gap in the path"), target);
  });
}

/** The first of the least adverse moves from one packed state to another, or to what is left of it. */
export function moveBetween(
  problem: Problem,
  source: Uint32Array,
  target: Uint32Array,
  projection?: Projection,
): Move {
  const { from, to } = stepsOf(problem);
  const [values, wanted] = [from.read(source), to.read(target)];
  const leadsThere = () => {
    const words = to.pack(from.next);
    if (projection) project(projection, words);
    return words.every((word, position) => word === target[position]);
  };
  const leading = rowsAt(problem, values).filter(
    (row) =>
      row.rule.to === wanted[row.rule.task - 1] &&
      fire(row, values, from.next, UNHEARD) === "moved" &&
      leadsThere(),
  );
  const plain = leading.find(({ rule }) => rule.weight === 0) ?? leading[0];
  return moveOf(problem, required(plain, "a stored state is no successor of its parent").rule);
}

/** The move whose assertion, which is the check, fails in the packed state. */
export function violatingMove(problem: Problem, words: Uint32Array, number: number): Move | undefined {
  const check = problem.checks[number];
  if (check?.kind !== "assertion") return undefined;
  const values = stepsOf(problem).from.read(words);
  const failing = rowsAt(problem, values).find(
    ({ rule, guard, assertions }) =>
      rule.transition === check.transition &&
      (guard === undefined || guard(values) !== 0) &&
      assertions.some((each) => each.check === number && each.reported(values)),
  );
  return failing && moveOf(problem, failing.rule);
}

const UNHEARD = { seen: () => {}, ended: () => {} };

/** What the steps of a problem's states are found with. */
interface Steps {
  readonly ground: GroundProblem;
  readonly from: SlotCodec;
  readonly to: SlotCodec;
  /** By task and location, made when first come to. */
  readonly places: readonly Map<number, Place>[];
}

const known = new WeakMap<Problem, Steps>();

function stepsOf(problem: Problem): Steps {
  const found = known.get(problem);
  if (found) return found;
  const ground = groundProblem(problem);
  const codec = () => new SlotCodec(ground.slots, problem.layout.words);
  const made = { ground, from: codec(), to: codec(), places: ground.tasks.map(() => new Map()) };
  known.set(problem, made);
  return made;
}

/** The rows of all tasks where they stand, in the order of the interpreter's moves. */
function rowsAt(problem: Problem, values: Int32Array): readonly Row[] {
  const { ground, places } = stepsOf(problem);
  return ground.tasks.flatMap(({ location, locations }, task) => {
    const position = required(values[location], `no slot ${location}`);
    const place = places[task]?.get(position) ?? placeOf(required(locations[position], "no such location"));
    places[task]?.set(position, place);
    return place.rows;
  });
}

function moveOf({ transitions }: Problem, { task, transition, choice }: Rule): Move {
  const { position } = required(transitions[transition], `no transition ${transition}`);
  return { task, transition: position, ...(choice !== undefined && { choice }) };
}
