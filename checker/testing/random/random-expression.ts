import {
  add,
  all,
  and,
  bound,
  cond,
  constant,
  type Expression,
  equal,
  FALSE,
  less,
  not,
  or,
  SELF,
  some,
  subtract,
  TRUE,
} from "../../../model/ir/expression.ts";
import { bool, owner, range } from "../../../model/ir/place.ts";
import type { Draw } from "./draw.ts";
import { ITEM, PHASE } from "./vocabulary.ts";

/** What expressions may name at a place. */
export interface Names {
  /** Whether a task acts. */
  readonly acting: boolean;
  readonly items: readonly string[];
  readonly tasks: readonly string[];
  /** How many more levels an expression may have. */
  readonly depth: number;
}

const variable = (name: string, of?: Expression): Expression => ({
  kind: "variable",
  name,
  ...(of && { of }),
});
const element = (name: string, index: Expression): Expression => ({ kind: "element", name, index });

/** Whose variable: the acting task's, or one that a quantifier names; none where there is neither. */
function ownersFor(draw: Draw, { acting, tasks }: Names): Expression | undefined {
  const named = tasks.map(bound);
  return acting && (named.length === 0 || draw.chance(70)) ? undefined : draw.pick(named);
}

function canRead({ acting, tasks }: Names): boolean {
  return acting || tasks.length > 0;
}

export function randomCondition(draw: Draw, names: Names): Expression {
  const inner = { ...names, depth: names.depth - 1 };
  const leaves = [conditionLeaf, conditionLeaf, comparison];
  const branches = [
    () => not(randomCondition(draw, inner)),
    () => and(randomCondition(draw, inner), randomCondition(draw, inner)),
    () => or(randomCondition(draw, inner), randomCondition(draw, inner)),
    () => quantified(draw, inner),
    () => cond(randomCondition(draw, inner), randomCondition(draw, inner), randomCondition(draw, inner)),
  ];
  if (names.depth > 0 && draw.chance(45)) return draw.pick(branches)();
  return draw.pick(leaves)(draw, names);
}

function conditionLeaf(draw: Draw, names: Names): Expression {
  const leaves = [variable("flag"), draw.chance(50) ? TRUE : FALSE];
  return draw.pick(canRead(names) ? [...leaves, variable("mine", ownersFor(draw, names))] : leaves);
}

function comparison(draw: Draw, names: Names): Expression {
  const kinds = [
    () => equal(randomTask(draw, names), randomTask(draw, names)),
    () => equal(randomItem(draw, names), randomItem(draw, names)),
    () => equal(randomPhase(draw, names), constant(draw.below(3), PHASE)),
    () => equal(randomNumber(draw, names), randomNumber(draw, names)),
    () => less(randomNumber(draw, names), randomNumber(draw, names)),
  ];
  return draw.pick(kinds)();
}

function quantified(draw: Draw, names: Names): Expression {
  const over = draw.pick([ITEM, owner]);
  const name = `each${names.depth}`;
  const inner =
    over === ITEM ? { ...names, items: [...names.items, name] } : { ...names, tasks: [...names.tasks, name] };
  const body = () => randomCondition(draw, inner);
  return draw.chance(50) ? some(name, over, body) : all(name, over, body);
}

export function randomTask(draw: Draw, names: Names): Expression {
  const options = [variable("lock"), constant(0, owner), ...names.tasks.map(bound)];
  const acting = names.acting ? [SELF, SELF, variable("peer")] : [];
  const items = names.items.map((name) => element("itemLock", bound(name)));
  return draw.pick([...options, ...acting, ...items]);
}

export function randomItem(draw: Draw, names: Names): Expression {
  const options = [variable("last"), constant(0, ITEM), ...names.items.map(bound)];
  return draw.pick(canRead(names) ? [...options, variable("item", ownersFor(draw, names))] : options);
}

export function randomPhase(draw: Draw, names: Names): Expression {
  const options = [variable("phase"), constant(draw.below(3), PHASE)];
  return draw.pick(canRead(names) ? [...options, variable("mode", ownersFor(draw, names))] : options);
}

export function randomNumber(draw: Draw, names: Names): Expression {
  const inner = { ...names, depth: names.depth - 1 };
  const leaves = [
    constant(draw.below(EDGE_ODDS) > 0 ? draw.below(4) - 1 : randomEdge(draw)),
    variable("level"),
    variable("total"),
    ...names.items.map((name) => element("uses", bound(name))),
    ...(canRead(names) ? [variable("depth", ownersFor(draw, names))] : []),
    ...(names.acting ? [element("slots", constant(draw.below(2) - 1))] : []),
  ];
  const branches = [
    () => add(randomNumber(draw, inner), randomNumber(draw, inner)),
    () => subtract(randomNumber(draw, inner), randomNumber(draw, inner)),
    () => cond(randomCondition(draw, inner), randomNumber(draw, inner), randomNumber(draw, inner)),
  ];
  return names.depth > 0 && draw.chance(25) ? draw.pick(branches)() : draw.pick(leaves);
}

/** Of so many constants, one is near an end of what 32 bits hold. */
const EDGE_ODDS = 15;

function randomEdge(draw: Draw): number {
  return draw.pick([-1, 1]) * (2 ** 31 - 2 + draw.below(4));
}

/** Domains that a choice may range over. */
export const CHOICES = [ITEM, bool, range(-1, 1), PHASE] as const;
