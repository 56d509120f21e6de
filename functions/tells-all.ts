import {
  ANY,
  areApart,
  type Flow,
  type FunctionReading,
  type KnownValue,
  knownValue,
  type Translation,
} from "../model/c/index.ts";
import { statusAt } from "../model/c/status/index.ts";
import { netOf } from "./exit.ts";
import { type End, exploreFunction } from "./explore.ts";
import { isAssigned } from "./passage.ts";
import { returnNode } from "./return-node.ts";

/** More places are no flags that say something of a lock. */
const MAX_PLACES = 3;
/** A helper that only takes or releases a lock has few states, and few ways to end. */
const MAX_STATES = 4_000;
const MAX_ENDS = 100;

/**
 * Whether a function that leaves locks one way or another says by its result, or by what it puts behind its parameters,
 * which way it did: `*locked = true`, `return LOCK_HELD`. Its caller can ask then.
 */
export function tellsAll(
  reading: FunctionReading,
  { plan }: Translation,
  parameters: readonly string[],
): boolean {
  // By the same name the caller may find another lock then.
  const moves = parameters.some((name) => isAssigned(name, plan.flow));
  if (moves) return false;
  const places = placesPut(plan.flow, parameters);
  const results = plan.flow.nodes.flatMap(({ action }) =>
    action.kind === "return" && action.value?.kind === "copy" ? [action.value.variable] : [],
  );
  const translation = reading.program({ atEnd: new Set([...places, ...results]) });
  const { ends, capped } = exploreFunction(translation.model, { maxStates: MAX_STATES });
  if (capped || ends.length > MAX_ENDS) return false;
  const told = ends.map((end) => toldAt(end, translation, places));
  return told.every((one, at) =>
    told.slice(0, at).every((other) => isSame(one, other) || isApart(one, other)),
  );
}

/** Places of the caller that the function gives values which are known; none where there are many. */
export function placesPut({ nodes }: Flow, parameters: readonly string[]): readonly string[] {
  const assigned = nodes.flatMap(({ action }) => (action.kind === "assign" ? [action] : []));
  const changed = new Set(assigned.map(({ target }) => target));
  const places = assigned.flatMap(({ target, value }) => {
    const root = /^\*?(\w+)(?:->\w+)*$/.exec(target)?.[1] ?? "";
    const isPut = target !== root && parameters.includes(root) && !changed.has(root);
    const isKnown = value.kind !== "mask" || value.mask !== ANY;
    return isPut && isKnown ? [target] : [];
  });
  const all = [...new Set(places)];
  return all.length > MAX_PLACES ? [] : all;
}

interface Told {
  /** What the function has done to each lock; undefined where that is not known. */
  readonly nets: readonly (number | undefined)[];
  readonly values: readonly KnownValue[];
}

function toldAt(end: End, { plan, model }: Translation, places: readonly string[]): Told {
  const action = plan.flow.nodes[returnNode(model, end.from)]?.action;
  const result = action?.kind === "return" ? action.value : undefined;
  const given = [result, ...places.map((variable) => ({ kind: "copy" as const, variable }))];
  return {
    nets: plan.calls.keys.map((key) => netOf(statusAt(key, end.value))),
    values: given.map((each) => knownValue(each, plan.tracked, end.value)),
  };
}

const isSame = ({ nets }: Told, { nets: others }: Told): boolean =>
  nets.every((net, at) => net !== undefined && net === others[at]);

const isApart = ({ values }: Told, { values: others }: Told): boolean =>
  values.some((each, at) => {
    const other = others[at];
    return other !== undefined && areApart(each, other);
  });
