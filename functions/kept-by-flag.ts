import {
  ANY,
  acquisitionsOf,
  type Flow,
  type Key,
  reachedFrom,
  releasesOf,
  type Translation,
} from "../model/c/index.ts";
import type { Status } from "../model/c/status/index.ts";
import type { Exit } from "./exit.ts";

/**
 * A way out with a lock that another one to the same return, which returns the same, releases without having taken it:
 * where a flag of the function's own decides on the release, it is asked the wrong way round. Undefined where none does,
 * and where others give back there what they took: then the search has lost what the flag was.
 */
export function keptByFlag({ plan }: Translation, key: Key, exits: readonly Exit[]): Exit | undefined {
  const statusOf = ({ statuses }: Exit) => statuses[key.index];
  const withStatus = (status: Status) =>
    new Set(exits.filter((each) => statusOf(each) === status).map(wayOf));
  const [dropped, released] = [withStatus("dropped"), withStatus("released")];
  const isFlipped = (way: string) => dropped.has(way) && !released.has(way);
  const kept = exits.find((each) => statusOf(each) === "held" && isFlipped(wayOf(each)));
  if (!kept) return undefined;
  const releases = releasesOf(key, plan);
  const taken = acquisitionsOf(key, plan);
  const { nodes } = plan.flow;
  const decides = ({ action, next, otherwise }: Flow["nodes"][number], node: number): boolean => {
    if (action.kind !== "branch" || !("variable" in action.condition)) return false;
    if (
      !plan.tracked.variables.has(action.condition.variable) ||
      !isOwnFlag(plan.flow, action.condition.variable)
    )
      return false;
    const [one, other] = [next, otherwise].map((side) => new Set([side, ...reachedFrom(nodes, [side])]));
    const isOnOne = (each: number) => one?.has(each) !== other?.has(each);
    return releases.every(isOnOne) && taken.every((each) => reachedFrom(nodes, [each]).has(node));
  };
  return nodes.some(decides) ? kept : undefined;
}

/** Ways out by one return that returns the same are one to the caller. */
const wayOf = ({ site, returns }: Exit): string => `${site} ${returns}`;

/** It only ever gets constants, or one value, and nobody else has its address: what it is is known on each path. */
function isOwnFlag({ nodes }: Flow, name: string): boolean {
  if (!/^\w+(?: & \w+)?$/.test(name)) return false;
  const given = nodes.flatMap(({ action }) =>
    action.kind === "assign" && action.target === name ? [action.value] : [],
  );
  const isConstant = given.every(
    (value) => value.kind === "named" || (value.kind === "mask" && value.mask !== ANY),
  );
  const isForgotten = nodes.some(({ action }) => action.kind === "forget" && action.variables.includes(name));
  return (given.length === 1 || (given.length > 1 && isConstant)) && !isForgotten;
}
