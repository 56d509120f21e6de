import {
  add,
  and,
  bound,
  cond,
  constant,
  type Expression,
  equal,
  FALSE,
  less,
  not,
  SELF,
  TRUE,
} from "../../../model/ir/expression.ts";
import type { Transition, Update } from "../../../model/ir/model.ts";
import { owner } from "../../../model/ir/place.ts";
import { samePlace } from "../../../model/ir/same-place.ts";
import type { Draw } from "./draw.ts";
import {
  type Names,
  randomCondition,
  randomItem,
  randomNumber,
  randomPhase,
  randomTask,
} from "./random-expression.ts";
import { ITEM, PHASE } from "./vocabulary.ts";

/** A step without its place in the control flow; `fails` marks the adverse side of a trylock. */
export type Step = Pick<Transition, "label" | "guard" | "choice" | "updates"> & { readonly fails?: boolean };

const ACTING: Names = { acting: true, items: [], tasks: [], depth: 2 };
const NO_TASK = constant(0, owner);
const NO_ITEM = constant(0, ITEM);
const variable = (name: string): Expression => ({ kind: "variable", name });
const element = (name: string, index: Expression): Expression => ({ kind: "element", name, index });
const set = (name: string, value: Expression, index?: Expression): Update => ({
  variable: name,
  value,
  ...(index && { index }),
});

/** What leaves one location: the alternatives of one idiom. */
export function randomSteps(draw: Draw): readonly Step[] {
  return draw.pick(IDIOMS)(draw);
}

const item = variable("item");
const itemLock = element("itemLock", item);
const hasItem = not(equal(item, NO_ITEM));

const IDIOMS: readonly ((draw: Draw) => readonly Step[])[] = [
  takeLock,
  giveLock,
  giveLock,
  pickItem,
  pickItem,
  tryItemLock,
  tryItemLock,
  giveItem,
  countUse,
  countTotal,
  nest,
  remember,
  branch,
  pair,
  anything,
  anything,
];

function takeLock(): readonly Step[] {
  return [
    {
      label: "lock",
      guard: equal(variable("lock"), NO_TASK),
      updates: [set("lock", SELF), set("mine", TRUE)],
    },
  ];
}

function giveLock(draw: Draw): readonly Step[] {
  const updates = [set("lock", NO_TASK), set("mine", FALSE)];
  if (draw.chance(15)) return [{ label: "unlock blindly", updates }];
  const held = equal(variable("lock"), SELF);
  return [
    { label: "unlock", guard: held, updates },
    { label: "nothing to unlock", guard: not(held), updates: [] },
  ];
}

function pickItem(draw: Draw): readonly Step[] {
  const pick = {
    label: "pick",
    choice: { name: "which", domain: ITEM },
    updates: [set("item", bound("which"))],
  };
  return draw.chance(50) ? [pick] : [pick, { label: "skip", updates: [set("item", NO_ITEM)] }];
}

function tryItemLock(draw: Draw): readonly Step[] {
  // Now and then an item that is none is used for an index: an error of the model.
  const careful = (guard: Expression) => (draw.below(250) > 0 ? and(hasItem, guard) : guard);
  return [
    { label: "trylock", guard: careful(equal(itemLock, NO_TASK)), updates: [set("itemLock", SELF, item)] },
    { label: "trylock fails", guard: careful(not(equal(itemLock, NO_TASK))), updates: [], fails: true },
    { label: "no item", guard: not(hasItem), updates: [] },
  ];
}

function giveItem(): readonly Step[] {
  const held = and(hasItem, equal(itemLock, SELF));
  return [
    { label: "give item", guard: held, updates: [set("itemLock", NO_TASK, item), set("item", NO_ITEM)] },
    { label: "no item held", guard: not(held), updates: [] },
  ];
}

function countUse(draw: Draw): readonly Step[] {
  const uses = element("uses", item);
  const by = draw.pick([1, -1]);
  const room = by > 0 ? less(uses, constant(3)) : less(constant(0), uses);
  return [
    { label: "count", guard: and(hasItem, room), updates: [set("uses", add(uses, constant(by)), item)] },
    { label: "do not count", guard: not(and(hasItem, room)), updates: [] },
  ];
}

/** A counter that nobody tests: additions commute. */
function countTotal(draw: Draw): readonly Step[] {
  const total = variable("total");
  if (draw.chance(30)) return [{ label: "reset", updates: [set("total", constant(0))] }];
  const room = less(total, constant(12));
  return [{ label: "add", guard: room, updates: [set("total", add(total, constant(1)))] }];
}

function nest(draw: Draw): readonly Step[] {
  const depth = variable("depth");
  return [{ label: "nest", updates: [set("depth", add(depth, constant(draw.pick([1, -1]))))] }];
}

function remember(draw: Draw): readonly Step[] {
  const others: Names = { ...ACTING, tasks: ["who"] };
  return [
    {
      label: "remember",
      choice: { name: "who", domain: owner },
      guard: randomCondition(draw, { ...others, depth: 1 }),
      updates: [set("peer", draw.pick([bound("who"), randomTask(draw, others)]))],
    },
  ];
}

function branch(draw: Draw): readonly Step[] {
  const condition = randomCondition(draw, ACTING);
  return [
    { label: "if", guard: condition, updates: [randomUpdate(draw, ACTING)] },
    { label: "else", guard: not(condition), updates: [] },
  ];
}

/** Two writes that may meet: now and then they do, an error of the model unless the second overrides. */
function pair(draw: Draw): readonly Step[] {
  const [one, other, { named, meet }] = draw.pick(PAIRS)(draw);
  const way = draw.below(20);
  const updates = way < 8 ? [one, { ...other, overrides: true as const }] : apart([one, other]);
  return [
    {
      label: "pair",
      guard: way < 9 ? named : and(named, not(meet)),
      updates,
    },
    { label: "no pair", guard: not(named), updates: [] },
  ];
}

type Pair = readonly [
  one: Update,
  other: Update,
  when: { readonly named: Expression; readonly meet: Expression },
];

const PAIRS: readonly ((draw: Draw) => Pair)[] = [
  (draw) => {
    const [one, other] = [slotIndex(draw), slotIndex(draw)];
    const written = [set("slots", constant(0), one), set("slots", constant(1), other)] as const;
    return [...written, { named: TRUE, meet: equal(one, other) }];
  },
  () => {
    const last = variable("last");
    const written = [set("itemLock", NO_TASK, item), set("itemLock", SELF, last)] as const;
    return [...written, { named: and(hasItem, not(equal(last, NO_ITEM))), meet: equal(item, last) }];
  },
  () => {
    const peer = variable("peer");
    const written = [set("mine", TRUE), { ...set("mine", FALSE), of: peer }] as const;
    return [...written, { named: not(equal(peer, NO_TASK)), meet: equal(peer, SELF) }];
  },
];

function slotIndex(draw: Draw): Expression {
  const moved = cond(variable(draw.pick(["flag", "mine"])), constant(0), constant(1));
  return draw.pick([constant(-1), constant(0), add(constant(-1), moved)]);
}

function anything(draw: Draw): readonly Step[] {
  const guard = draw.chance(25) ? { guard: randomCondition(draw, ACTING) } : {};
  return draw.list(1, 2, () => ({
    label: "anything",
    ...guard,
    updates: apart(draw.list(1, 3, () => randomUpdate(draw, ACTING))),
  }));
}

/** Without those that write where an earlier one does. */
function apart(updates: readonly Update[]): readonly Update[] {
  return updates.filter(
    (each, at) => !updates.slice(0, at).some((earlier) => samePlace(earlier, each) === TRUE),
  );
}

function randomUpdate(draw: Draw, names: Names): Update {
  const clamped = (name: string, min: number, max: number): Expression => {
    const value = randomNumber(draw, names);
    const inside = and(not(less(value, constant(min))), not(less(constant(max), value)));
    return draw.chance(97) ? cond(inside, value, variable(name)) : value;
  };
  const other = draw.chance(20) ? { of: SELF } : {};
  const kinds: readonly (() => Update)[] = [
    () => set("flag", randomCondition(draw, names)),
    () => ({ ...set("mine", randomCondition(draw, names)), ...other }),
    () => set("phase", randomPhase(draw, names)),
    () => set("mode", randomPhase(draw, names)),
    () => set("mode", constant(draw.below(3), PHASE)),
    () => set("last", randomItem(draw, names)),
    () => set("item", randomItem(draw, names)),
    () => set("level", clamped("level", -1, 2)),
    () => set("slots", constant(draw.below(2)), constant(draw.below(2) - 1)),
  ];
  return draw.pick(kinds)();
}
