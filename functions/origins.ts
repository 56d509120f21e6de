import type { Translation } from "../model/c/index.ts";
import { isOneOf, type Status } from "../model/c/status/index.ts";
import { constant, equal, not, or, TRUE } from "../model/ir/expression.ts";
import type { Assertion, Model, Transition } from "../model/ir/model.ts";
import { range, shared } from "../model/ir/place.ts";
import type { Exit } from "./exit.ts";
import { type ExploreOptions, exploreFunction } from "./explore.ts";
import type { Origin } from "./finding.ts";
import { pathOf, stepTexts, transitionsOf } from "./path.ts";
import type { Site, Watched } from "./watched.ts";

const KEPT: readonly Status[] = ["held", "held-shared", "held twice", "held-shared twice"];

/** Where the lock was changed last: 0 where the function has not changed it yet. */
const ORIGIN = "last change of the lock";

/** A finding about the lock `key`: where which demand fails. */
export interface Doubted {
  readonly key: number;
  /** What is demanded of a transition, of all that the model demands of it. */
  demands(each: Transition, index: number): readonly Assertion[];
  readonly end: "event" | "exit";
}

/** The demand of a rule at one transition. */
export const demandOf = ({
  property,
  site,
  key,
}: {
  readonly property: string;
  readonly site: Site;
  readonly key: number;
}): Doubted => ({
  key,
  demands: ({ assertions = [] }, index) =>
    index === site.transition ? assertions.filter((one) => one.property === property) : [],
  end: "event",
});

/** That the lock is not kept where the function returns from this location. */
export const notKeptAt = ({ model, plan }: Translation, exit: Exit, key: number): Doubted => {
  const from = model.programs[0]?.locations[exit.site]?.name;
  const lock = plan.calls.keys[key];
  const condition = lock ? not(isOneOf(lock, KEPT)) : TRUE;
  const demand = { property: "not kept", condition, message: "" };
  return { key, demands: (each) => (each.from === from && each.to === "end" ? [demand] : []), end: "exit" };
};

/**
 * The classes of paths that lead to a finding; undefined where they have more states than the options allow.
 */
export function originsOf(
  translation: Translation,
  { model }: Pick<Watched, "model">,
  { key, demands, end }: Doubted,
  options: ExploreOptions,
): readonly Origin[] | undefined {
  const changes = changesOf(translation.model, key);
  const program = model.programs[0];
  if (!program) return [];
  const transitions = program.transitions.map((each, index) => {
    return withOrigin(each, changes.indexOf(index) + 1, demands(each, index), changes.length);
  });
  const origin = shared(ORIGIN, range(0, changes.length), 0).variable;
  const explored = exploreFunction(
    { ...model, variables: [...model.variables, origin], programs: [{ ...program, transitions }] },
    options,
  );
  if (explored.capped) return undefined;
  const found = explored.properties.flatMap(({ run }) => {
    if (!run) return [];
    const passed = transitionsOf(translation, run).slice(0, -1);
    const last = passed.findLastIndex(({ index }) => changes.includes(index));
    const since = passed.slice(Math.max(0, last));
    const look = since.flatMap(({ transition }, at) => stepTexts(transition, at === 0 && last >= 0));
    return [{ look: look.join("; "), path: pathOf(translation, run, end) }];
  });
  return [...new Map(found.map((each) => [each.look, each])).values()];
}

/** The transitions that change what the function has done to the lock. */
function changesOf({ programs }: Model, key: number): readonly number[] {
  const all = programs[0]?.transitions ?? [];
  const changes = ({ events = [] }: Transition) =>
    events.some((event) => "key" in event && event.key === key && event.updates.length > 0);
  return all.flatMap((each, index) => (changes(each) ? [index] : []));
}

/** The transition remembers that it is the change of this number; its demands are asked of each origin apart. */
function withOrigin(
  { assertions: _, ...transition }: Transition,
  change: number,
  demands: NonNullable<Transition["assertions"]>,
  count: number,
): Transition {
  const origin = shared(ORIGIN, range(0, count), 0);
  const updates = change === 0 ? transition.updates : [...transition.updates, origin.set(constant(change))];
  const assertions = demands.flatMap(({ condition, message }) =>
    Array.from({ length: count + 1 }, (_, from) => ({
      property: `from ${from}`,
      condition: or(not(equal(origin.value, constant(from))), condition),
      message,
    })),
  );
  return { ...transition, updates, ...(assertions.length > 0 && { assertions }) };
}
