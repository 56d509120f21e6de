import type { Translation } from "../model/c/index.ts";
import { constant, equal, not, or } from "../model/ir/expression.ts";
import type { Model, Transition } from "../model/ir/model.ts";
import { range, shared } from "../model/ir/place.ts";
import { type ExploreOptions, exploreFunction } from "./explore.ts";
import type { Origin } from "./finding.ts";
import { pathOf, stepTexts, transitionsOf } from "./path.ts";
import type { Site, Watched } from "./watched.ts";

/** Where the lock was changed last: 0 where the function has not changed it yet. */
const ORIGIN = "last change of the lock";

/**
 * The classes of paths that lead to a finding about the lock `key`; undefined where they have more states than
 * the options allow.
 */
export function originsOf(
  translation: Translation,
  { model }: Watched,
  { property, site, key }: { readonly property: string; readonly site: Site; readonly key: number },
  options: ExploreOptions,
): readonly Origin[] | undefined {
  const changes = changesOf(translation.model, key);
  const program = model.programs[0];
  if (!program) return [];
  const transitions = program.transitions.map((each, index) => {
    const own = index === site.transition ? each.assertions?.filter((one) => one.property === property) : [];
    return withOrigin(each, changes.indexOf(index) + 1, own ?? [], changes.length);
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
    return [{ look: look.join("; "), path: pathOf(translation, run, "event") }];
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
