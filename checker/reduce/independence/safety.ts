import { boundsOf, type Domain, type Sets } from "../../../model/ir/domain.ts";
import {
  and,
  constant,
  type Expression,
  equal,
  FALSE,
  less,
  not,
  or,
  SELF,
  TRUE,
} from "../../../model/ir/expression.ts";
import { type Program, setsOf } from "../../../model/ir/model.ts";
import { type Access, expressionOf, isChange, keyOf, type Place, samePlace } from "./access.ts";
import { mayBeSame } from "./facts.ts";
import { type Ownership, takes } from "./ownership.ts";
import { type Step, stepsOfOthers } from "./steps.ts";

/** What safety is computed from. */
export interface Independence {
  readonly ownership: Ownership;
  readonly counters: ReadonlySet<string>;
  isVisible(step: Step): boolean;
}

/**
 * When a task at a location may be moved before all others: when no step that conflicts with one of its
 * own can be taken by another task before it moves. FALSE where that is never known.
 */
export function safeWhen(program: Program, location: string, independence: Independence): Expression {
  const { ownership } = independence;
  const own = ownership.steps.all.filter(
    (each) => each.program === program && each.transition.from === location,
  );
  if (own.length === 0 || own.some((step) => independence.isVisible(step))) return FALSE;
  const here: Here = { program, location, independence, others: stepsOfOthers(ownership.steps, program) };
  const conditions: Expression[] = [];
  for (const { accesses } of own) {
    for (const access of accesses) conditions.push(...conditionsOf(access, here));
    if (conditions.includes(FALSE)) return FALSE;
  }
  return allOf(conditions);
}

interface Here {
  readonly program: Program;
  readonly location: string;
  readonly independence: Independence;
  readonly others: readonly Step[];
}

/** Under which each step of the others that conflicts with the access is excluded. */
function conditionsOf(access: Access, here: Here): readonly Expression[] {
  const { independence, others } = here;
  if (independence.ownership.steps.isPrivate(access.place.name)) return [];
  return others.flatMap((other) =>
    other.accesses
      .filter((each) => mayMeet(each.place, access.place) && !commute(access, each, independence))
      .map(({ place }) => excluded(other, access.place, place, here)),
  );
}

/**
 * Whether two tasks' accesses to one place may change their order. None but a task itself makes itself the
 * owner of what is owned, or ends that: to ask for it commutes with whatever the others do.
 */
function commute(one: Access, other: Access, { ownership, counters }: Independence): boolean {
  if (!isChange(one) && !isChange(other)) return true;
  const { name } = one.place;
  if (one.mode === "adds" && other.mode === "adds") return counters.has(name);
  return (one.mode === "asks" || other.mode === "asks") && ownership.owned.has(name);
}

/** Two tasks' own elements of an array are never the same. */
function mayMeet(one: Place, other: Place): boolean {
  const bothOwn = one.index?.kind === "self" && other.index?.kind === "self";
  return !bothOwn && mayBeSame(one, other);
}

/**
 * When no other task can take the step before this one moves:
 * it needs what this task owns, be it a lock of the whole model or that of the element both mean; or it
 * needs to own an element that is free, and which none of the others can take.
 */
function excluded(other: Step, own: Place, theirs: Place, here: Here): Expression {
  const { ownership } = here.independence;
  const needed = ownership.neededBy(other);
  const fixed = needed.filter(isFixed).map((each) => isMine(each, here));
  const alike = needed.filter((each) => means(each, theirs)).map((each) => isMine(meantBy(own, each), here));
  const free = ownership
    .ownedBy(other)
    .filter((each) => samePlace(each, theirs))
    .map(() => and(isFree(own, here), noneTakes(theirs.name, here)));
  return anyOf([...fixed, ...alike, ...free]);
}

function noneTakes(name: string, here: Here): Expression {
  const { ownership } = here.independence;
  const takers = here.others.filter((each) => takes(each, name));
  return allOf(
    takers.map((each) =>
      anyOf(
        ownership
          .neededBy(each)
          .filter(isFixed)
          .map((place) => isMine(place, here)),
      ),
    ),
  );
}

/** Names the same place whichever task says it. */
function isFixed({ index }: Place): boolean {
  return index === undefined || index.kind === "constant";
}

/** An element that is chosen by the same expression: where the one is the same for two tasks, so is the other. */
function means(place: Place, theirs: Place): boolean {
  return (
    place.index !== undefined &&
    theirs.index !== undefined &&
    JSON.stringify(place.index) === JSON.stringify(theirs.index)
  );
}

function meantBy({ index }: Place, { name }: Place): Place {
  return index ? { name, index } : { name };
}

function isMine(place: Place, here: Here): Expression {
  const { mine, notMine } = here.independence.ownership.facts.atLocation(here.program, here.location);
  if (mine.has(keyOf(place))) return TRUE;
  if (notMine.has(keyOf(place))) return FALSE;
  return guarded(place, equal(expressionOf(place), SELF), here);
}

function isFree(place: Place, here: Here): Expression {
  return guarded(place, equal(expressionOf(place), constant(0)), here);
}

/** FALSE where the place cannot be read: only a task's own variables and constants may choose an element. */
function guarded(place: Place, condition: Expression, { independence }: Here): Expression {
  const { index } = place;
  if (index === undefined || index.kind === "constant" || index.kind === "self") return condition;
  const { steps } = independence.ownership;
  if (index.kind !== "variable" || index.of || !steps.isPrivate(index.name)) return FALSE;
  const domain = steps.variables.get(place.name)?.index;
  return domain ? and(isWithin(index, domain, setsOf(steps.problem.model)), condition) : FALSE;
}

function isWithin(index: Expression, domain: Domain, sets: Sets): Expression {
  if (domain.kind === "id") return not(equal(index, constant(0)));
  if (domain.kind !== "range") return TRUE;
  const { min, max } = boundsOf(domain, sets);
  return and(not(less(index, constant(min))), not(less(constant(max), index)));
}

function allOf(conditions: readonly Expression[]): Expression {
  return and(...distinct(conditions));
}

function anyOf(conditions: readonly Expression[]): Expression {
  return or(...distinct(conditions));
}

function distinct(conditions: readonly Expression[]): readonly Expression[] {
  return [...new Map(conditions.map((each) => [JSON.stringify(each), each])).values()];
}
