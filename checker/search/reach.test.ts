import { expect, test } from "vitest";
import { add } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { range, shared } from "../../model/ir/place.ts";
import { initialStates } from "../interpret/initial-states.ts";
import { apply } from "../interpret/successors.ts";
import { explore } from "./explore.ts";
import { reach } from "./reach.ts";

const up = shared("up", range(0, 3));
const left = shared("left", range(0, 3));
const grid: Model = {
  name: "grid",
  sets: {},
  variables: [up.variable, left.variable],
  programs: [
    {
      name: "walk",
      start: "on",
      locations: [{ name: "on", end: true }],
      transitions: [
        { from: "on", to: "on", label: "steep", weight: 1, guard: up.lessThan(3), updates: [up.increment()] },
        { from: "on", to: "on", label: "up", weight: 0, guard: up.lessThan(3), updates: [up.increment()] },
        {
          from: "on",
          to: "on",
          label: "left",
          weight: 0,
          guard: left.lessThan(3),
          updates: [left.increment()],
        },
      ],
    },
  ],
  tasks: [{ program: "walk", count: 1 }],
  invariants: [],
};

test("reaches the state of the highest score by the least adverse of the shortest runs", () => {
  const [from] = initialStates(grid);
  if (!from) throw new Error("no initial state");
  const reached = reach(grid, from, add(up.value, left.value));
  expect(reached).toMatchObject({ score: 6, exhaustive: true });
  expect(reached.moves).toHaveLength(6);
  expect(reached.moves.every(({ transition }) => transition > 0)).toBe(true);
  const end = reached.moves.reduce((state, move) => {
    const step = apply(grid, state, move);
    return step.kind === "successor" ? step.state : state;
  }, from);
  expect(end).toEqual(reached.state);
});

test("looks no further than where the score is enough", () => {
  const [from] = initialStates(grid);
  if (!from) throw new Error("no initial state");
  const seen: number[] = [];
  const score = (state: typeof from) => {
    const { up: height } = state.shared;
    seen.push(Number(height));
    return Number(height);
  };
  expect(reach(grid, from, score, { enough: 1 })).toMatchObject({ score: 1, moves: [{}], exhaustive: true });
  expect(Math.max(...seen)).toBe(1);
});

test("stays where nothing scores higher", () => {
  const [from] = initialStates(grid);
  if (!from) throw new Error("no initial state");
  expect(reach(grid, from, () => 0).moves).toEqual([]);
});

test("visits each state once", () => {
  const seen: string[] = [];
  expect(explore(grid, (state) => seen.push(JSON.stringify(state)))).toEqual([]);
  expect(seen).toHaveLength(16);
  expect(new Set(seen).size).toBe(16);
});
