import { expect, test } from "vitest";
import { and, not, TRUE } from "../../model/ir/expression.ts";
import type { Model, Program, Transition, Variable } from "../../model/ir/model.ts";
import { bool, idOf, local, owner, range, self, shared, sharedArray } from "../../model/ir/place.ts";
import { problemOf } from "../problem.ts";
import { independentMovesOf, safeMovesOf } from "./independence/safe-moves.ts";
import { stepsOf } from "./independence/steps.ts";
import type { ReductionPlan } from "./reductions.ts";
import { planOf, searchedBy, searchedInFull } from "./testing/searched.ts";

/** Each ablation leaves out what makes a reduction safe, and must get a verdict wrong that is right with it. */
function verdicts(model: Model, ablate: (plan: ReductionPlan) => ReductionPlan) {
  const plan = planOf(model);
  if (!plan) throw new Error("nothing is reduced");
  const [full, reduced] = [searchedInFull(model).outcome, searchedBy(plan, model).outcome];
  expect(reduced).toEqual(full);
  return { right: full.verdicts, ablated: searchedBy(ablate(plan), model).outcome.verdicts };
}

const lock = shared("lock", owner);
const mine = local("mine", bool);

test("without the cycle proviso, a task that spins puts off the others for ever", () => {
  const flag = shared("flag", bool);
  const spin = program("spin", [
    { from: "0", to: "1", updates: [mine.set(true)] },
    { from: "1", to: "0", updates: [mine.set(false)] },
  ]);
  const fail = program("fail", [
    { from: "0", to: "1", updates: [flag.set(true)], ...demand("late", flag.is(true)) },
  ]);
  const model = modelOf([flag.variable, mine.variable], [spin, fail]);
  const { right, ablated } = verdicts(model, (plan) => ({
    ...plan,
    safeMoves: independentMovesOf(stepsOf(problemOf(model))),
  }));
  expect(right).toEqual({ late: "violated" });
  expect(ablated).toEqual({ late: "holds" });
});

test("were the release of a tried lock taken for safe, no trylock would fail", () => {
  const item = idOf("item");
  const locks = sharedArray("locks", item, owner);
  const which = local("which", item);
  const free = locks.at(which).is("none");
  const walk = program("walk", [
    {
      from: "0",
      to: "1",
      choice: { name: "x", domain: item },
      updates: [which.set({ kind: "bound", name: "x" })],
    },
    { from: "1", to: "2", guard: free, updates: [locks.at(which).set(self)] },
    { from: "1", to: "0", guard: not(free), updates: [which.set("none")], ...demand("never-busy", free) },
    { from: "2", to: "0", updates: [locks.at(which).set("none"), which.set("none")] },
  ]);
  const model = modelOf([locks.variable, which.variable], [walk], [2]);
  expect(safeMovesOf(problemOf(model)).when.get(walk)?.has("2")).toBe(false);
  const { right, ablated } = verdicts(model, (plan) => withSafe(plan, walk, "2"));
  expect(right).toEqual({ "never-busy": "violated" });
  expect(ablated).toEqual({ "never-busy": "holds" });
});

test("were shared ids not exchanged with the tasks, a lock would change hands", () => {
  const walk = program("walk", [
    { from: "0", to: "0", guard: mine.is(false), updates: [mine.set(true)] },
    { from: "0", to: "1", guard: lock.is("none"), updates: [lock.set(self)] },
    { from: "1", to: "2", updates: [mine.set(false)] },
    { from: "2", to: "0", updates: [lock.set("none")], ...demand("held", lock.is(self)) },
  ]);
  const model = modelOf([lock.variable, mine.variable], [walk], [2]);
  const { right, ablated } = verdicts(withVisibleOwner(model), ({ symmetry, ...plan }) => ({
    ...plan,
    symmetry: { ...symmetry, ids: symmetry.ids.map(() => undefined) },
  }));
  expect(right).toEqual({ held: "holds", owned: "holds" });
  expect(ablated).toMatchObject({ held: "violated" });
});

test("were additions that may overflow taken for commuting, an order in which they do would be lost", () => {
  const users = shared("users", range(0, 1, "end-path"));
  const use = program("use", [
    { from: "0", to: "1", updates: [users.increment()] },
    { from: "1", to: "2", updates: [users.decrement()] },
    { from: "2", to: "3", updates: [mine.set(true)] },
  ]);
  const model = modelOf([users.variable, mine.variable], [use], [2]);
  const { when } = safeMovesOf(problemOf(model));
  expect([...(when.get(use)?.keys() ?? [])]).toEqual(["2"]);
  const plan = planOf(model) ?? expect.fail("nothing is reduced");
  const [full, reduced] = [searchedInFull(model).outcome, searchedBy(plan, model).outcome];
  expect(reduced).toEqual(full);
  expect(full.bounds).toEqual(["users at 1"]);
  const ablated = withSafe(withSafe(plan, use, "0"), use, "1");
  expect(searchedBy(ablated, model).outcome.bounds).toEqual([]);
});

/** A property of states that reads the owner: what changes it is visible, so that every such state is stored. */
function withVisibleOwner(model: Model): Model {
  const owned = {
    kind: "sometimes",
    property: "owned",
    message: "",
    condition: not(lock.is("none")),
  } as const;
  return { ...model, invariants: [owned] };
}

function withSafe({ safeMoves, ...plan }: ReductionPlan, program: Program, location: string): ReductionPlan {
  if (!safeMoves) throw new Error("there are no safe moves");
  const when = new Map(safeMoves.when).set(program, new Map(safeMoves.when.get(program)).set(location, TRUE));
  return { ...plan, safeMoves: { ...safeMoves, when } };
}

type Way = Omit<Transition, "label" | "weight">;

function program(name: string, ways: readonly Way[]): Program {
  const names = new Set(ways.flatMap(({ from, to }) => [from, to]));
  return {
    name,
    start: "0",
    locations: [...names].map((each) => ({ name: each })),
    transitions: ways.map((way) => ({ ...way, label: `${name} ${way.from}-${way.to}`, weight: 0 })),
  };
}

function demand(property: string, condition: Transition["guard"] & object): Pick<Transition, "assertions"> {
  return { assertions: [{ property, condition: and(condition), message: `not ${property}` }] };
}

function modelOf(
  variables: readonly Variable[],
  programs: readonly Program[],
  counts: readonly number[] = [],
): Model {
  const tasks = programs.map(({ name }, position) => ({ program: name, count: counts[position] ?? 1 }));
  return { name: "teeth", sets: { item: 1 }, variables, programs, tasks, invariants: [] };
}
