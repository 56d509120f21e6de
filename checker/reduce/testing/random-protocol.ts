import type fc from "fast-check";
import { and, bound, constant, type Expression, equal, less, not } from "../../../model/ir/expression.ts";
import type { Assertion, Invariant, Location, Model, Transition, Update } from "../../../model/ir/model.ts";
import { bool, idOf, local, owner, range, self, shared, sharedArray } from "../../../model/ir/place.ts";
import { type Draw, drawn } from "../../testing/random/draw.ts";

/** Tasks that take turns at locks, as kernel code does, with mistakes: what the reductions are made for. */
export function randomProtocols(): fc.Arbitrary<Model> {
  return drawn(randomProtocol);
}

const ITEM = idOf("item");
const lock = shared("lock", owner);
const other = shared("other", owner);
const itemLock = sharedArray("itemLock", ITEM, owner);
const uses = sharedArray("uses", ITEM, range(0, 3));
const users = shared("users", range(0, 3));
const last = shared("last", owner);
const stage = shared("stage", range(0, 2));
const depth = local("depth", range(-1, 2, "end-path"));
const round = local("round", range(0, 2));
const item = local("item", ITEM);
const got = local("got", bool);
const VARIABLES = [lock, other, itemLock, uses, users, last, stage, depth, round, item, got].map(
  (each) => each.variable,
);

type Way = Pick<Transition, "updates"> & {
  readonly guard?: Expression;
  readonly choice?: Transition["choice"] & object;
  /** Locations further on; the next where absent. */
  readonly goes?: number;
  readonly asserts?: readonly Expression[];
  readonly adverse?: boolean;
};
type Line = readonly Way[];

const held = lock.is(self);
const hasItem = item.isNot("none");
const itemHeld = and(hasItem, itemLock.at(item).is(self));
const step = (...updates: readonly Update[]): Line => [{ updates }];

const take: Line = [{ guard: lock.is("none"), updates: [lock.set(self), depth.increment()] }];
const give: Line = [{ updates: [lock.set("none"), depth.decrement()], asserts: [held] }];
const takeOther: Line = [{ guard: other.is("none"), updates: [other.set(self)] }];
const giveOther: Line = [{ updates: [other.set("none")] }];
const pick: Line = [{ choice: { name: "which", domain: ITEM }, updates: [item.set(bound("which"))] }];
const giveItem: Line = [
  { guard: hasItem, updates: [itemLock.at(item).set("none"), item.set("none")], asserts: [itemHeld] },
  { guard: not(hasItem), updates: [] },
];

const count = (update: "increment" | "decrement"): Line => [
  { guard: hasItem, updates: [uses.at(item)[update]()] },
  { guard: not(hasItem), updates: [] },
];

/** `fails` is where a failed trylock leads, from the line behind it: back into a cycle, or on. */
const tryItem = (fails: number): Line => [
  { guard: and(hasItem, itemLock.at(item).is("none")), updates: [itemLock.at(item).set(self)] },
  {
    guard: not(and(hasItem, itemLock.at(item).is("none"))),
    updates: [item.set("none")],
    goes: fails,
    adverse: true,
  },
];

const LINES: readonly ((draw: Draw) => Line)[] = [
  () => step(depth.increment()),
  () => step(depth.decrement()),
  () => count("increment"),
  () => count("decrement"),
  () => step(users.increment()),
  () => step(users.decrement()),
  () => [{ updates: [], asserts: [held] }],
  () => [{ updates: [], asserts: [itemHeld] }],
  () => [{ updates: [stage.set(1)], asserts: [depth.isNot(0)] }],
  () => [
    { guard: stage.is(1), updates: [stage.set(2)] },
    { guard: stage.isNot(1), updates: [], adverse: true },
  ],
  () => step(last.set(self)),
  () => [
    { guard: last.is(self), updates: [] },
    { guard: last.isNot(self), updates: [stage.set(0)] },
  ],
  () => tryLock,
  () => giveIfGot,
  () => takeOther,
  () => giveOther,
  () => take,
  () => give,
  () => pick,
  (draw) => tryItem(draw.pick([0, 1, -1, -2])),
  () => giveItem,
  // Round and round, counting or not.
  (draw) => [
    { guard: less(round.value, constant(2)), updates: [round.increment()], goes: draw.pick([-2, -1]) },
    { guard: round.is(2), updates: [round.set(0)] },
  ],
  (draw) => [
    { updates: [], goes: draw.pick([-1, -2]) },
    { updates: [], adverse: true },
  ],
];

/** Of a proper critical section: take, work, try an item, give, work on the item, give it. */
const SECTION: readonly Line[] = [take, pick, tryItem(0), give, [{ updates: [], asserts: [] }], giveItem];
const COUNTED: readonly Line[] = [
  take,
  pick,
  count("increment"),
  give,
  count("decrement"),
  step(item.set("none")),
];
const tryLock: Line = [
  { guard: lock.is("none"), updates: [lock.set(self), got.set(true)] },
  { guard: lock.isNot("none"), updates: [got.set(false)], adverse: true },
];
const giveIfGot: Line = [
  { guard: got.value, updates: [lock.set("none"), got.set(false)], asserts: [held] },
  { guard: not(got.value), updates: [] },
];
const NESTED: readonly Line[] = [takeOther, take, give, giveOther];
const PAIRS: readonly (readonly Line[])[] = [
  SECTION,
  SECTION,
  COUNTED,
  [tryLock, step(users.increment()), step(users.decrement()), giveIfGot],
  NESTED,
  [take, give],
  [step(users.increment()), step(users.decrement())],
];

function randomLines(draw: Draw): readonly Line[] {
  const proper = draw.list(1, 2, () => draw.pick(PAIRS)).flat();
  const lines = proper.flatMap((line) => {
    if (draw.chance(2)) return [];
    return draw.chance(12) ? [line, draw.pick(LINES)(draw)] : [line];
  });
  return lines.length > 1 ? lines : [take, give];
}

function randomProtocol(draw: Draw): Model {
  const ends = draw.chance(40);
  const programs = draw.list(1, draw.pick([1, 1, 2]), (position) =>
    programOf(`program${position}`, randomLines(draw), ends),
  );
  return {
    name: "random protocol",
    sets: { item: draw.pick([1, 2, 2]) },
    variables: VARIABLES,
    programs,
    tasks: programs.map(({ name }, position) => ({
      program: name,
      count: position === 0 ? draw.pick([2, 2, 3]) : 1,
    })),
    invariants: randomInvariants(draw),
  };
}

function randomInvariants(draw: Draw): readonly Invariant[] {
  const named = (property: string) => ({ property, message: `${property} fails` });
  const all: readonly Invariant[] = [
    { kind: "no-deadlock", property: "no-deadlock" },
    { kind: "always", ...named("stage"), condition: stage.isNot(2) },
    { kind: "sometimes", ...named("both"), condition: and(lock.isNot("none"), other.isNot("none")) },
    {
      kind: "location",
      ...named("located"),
      program: "program0",
      location: "1",
      condition: not(less(depth.value, constant(0))),
    },
    {
      kind: "location",
      ...named("located"),
      program: "program0",
      location: "2",
      condition: equal(lock.value, self),
    },
  ];
  return all.filter(() => draw.chance(22));
}

function programOf(name: string, lines: readonly Line[], ends: boolean) {
  const end = lines.length;
  const transitions = lines.flatMap((line, from) =>
    line.map((way, alternative) => transitionOf(way, from, `${name} ${from}.${alternative}`, end)),
  );
  const back: Transition = { from: String(end), to: "0", label: "again", updates: [], weight: 0 };
  const locations = Array.from(
    { length: end + 1 },
    (_, each): Location => ({ name: String(each), ...(ends && each === end && { end: true }) }),
  );
  return { name, start: "0", locations, transitions: ends ? transitions : [...transitions, back] };
}

function transitionOf(
  { updates, guard, choice, goes = 0, asserts = [], adverse }: Way,
  from: number,
  label: string,
  end: number,
): Transition {
  const to = Math.min(end, Math.max(0, from + 1 + goes));
  return {
    from: String(from),
    to: String(to),
    label,
    updates,
    weight: adverse ? 1 : 0,
    ...(guard && { guard }),
    ...(choice && { choice }),
    assertions: asserts.map(
      (condition): Assertion => ({ property: "protocol", condition, message: `wrong at ${label}` }),
    ),
  };
}
