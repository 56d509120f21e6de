import {
  isEnabled,
  movesFrom,
  type State,
  transitionOf,
  unlessWrong,
} from "../../checker/interpret/interpret.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Violation } from "./attempt.ts";
import type { Intent } from "./script.ts";

type Intents = readonly Intent[];

/** Simpler ways to tell a run, each yet to be tried. */
export type Simplify = (model: Model, violation: Violation, intents: Intents) => Generator<Intents>;

/** The boldest first. */
export const simplifications: readonly Simplify[] = [
  withoutTask,
  withoutRounds,
  withoutChunks,
  withOtherWay,
  withFewerSwitches,
];

function* withoutTask(_model: Model, _violation: Violation, intents: Intents): Generator<Intents> {
  const tasks = [...new Set(intents.map(({ task }) => task))];
  if (tasks.length < 2) return;
  for (const task of tasks) yield intents.filter((each) => each.task !== task);
}

/** Leaves out what a task did between two visits to a location: first all its rounds, then one at a time. */
function* withoutRounds(_: Model, { states }: Violation, intents: Intents): Generator<Intents> {
  const visits = intents.map(({ task }, at) => `${task} ${states[at]?.tasks[task - 1]?.location}`);
  for (const find of [farthest, nearest]) {
    for (let from = 0; from < intents.length; from++) {
      const to = find(visits, from);
      if (to > from) yield withoutOwn(intents, from, to);
    }
  }
}

const farthest = (visits: readonly string[], from: number): number => visits.lastIndexOf(visits[from] ?? "");
const nearest = (visits: readonly string[], from: number): number =>
  visits.indexOf(visits[from] ?? "", from + 1);

const withoutOwn = (intents: Intents, from: number, to: number): Intents =>
  intents.filter((each, at) => at < from || at >= to || each.task !== intents[from]?.task);

/** Delta debugging: halves, quarters, ..., single intents. */
function* withoutChunks(_model: Model, _violation: Violation, intents: Intents): Generator<Intents> {
  for (let size = Math.ceil(intents.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = intents.length; end > 0; end -= size) {
      yield intents.filter((_, at) => at < end - size || at >= end);
    }
  }
}

/** Goes another way at one place, and never a more adverse one. */
function* withOtherWay(model: Model, { states }: Violation, intents: Intents): Generator<Intents> {
  for (const [at, intent] of intents.entries()) {
    const state = states[at];
    if (!state) continue;
    for (const move of otherWays(model, state, intent)) {
      yield intents.map((each, position) => (position === at ? move : each));
    }
  }
}

function otherWays(model: Model, state: State, intent: Intent): Intents {
  const { weight } = transitionOf(model, intent);
  return movesFrom(model, state, intent.task)
    .filter(({ transition }) => transition !== intent.transition)
    .filter((move) => transitionOf(model, move).weight <= weight)
    .filter((move) => unlessWrong(() => isEnabled(model, state, move)) === true)
    .map((move) => ({ ...move, label: transitionOf(model, move).label }));
}

/** Lets a task go on that was interrupted: its next turn changes places with the one before it. */
function* withFewerSwitches(_model: Model, _violation: Violation, intents: Intents): Generator<Intents> {
  const turns = turnsOf(intents);
  for (let at = 1; at < turns.length; at++) {
    const [earlier, later] = [turns[at - 1] ?? [], turns[at] ?? []];
    yield [...turns.slice(0, at - 1), later, earlier, ...turns.slice(at + 1)].flat();
  }
}

function turnsOf(intents: Intents): readonly Intents[] {
  const starts = intents.flatMap(({ task }, at) => (intents[at - 1]?.task === task ? [] : [at]));
  return starts.map((start, number) => intents.slice(start, starts[number + 1]));
}
