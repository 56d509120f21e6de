import type { Key } from "../../model/c/calls/key.ts";
import type { Translation } from "../../model/c/program/translate.ts";
import { HELD_EXCLUSIVE, type Status } from "../../model/c/status/status.ts";
import type { Reached, Walk } from "./walk.ts";

/** Where a path takes a lock again that it holds. */
export const RELOCKED = "relocked";

/** The states in which a lock is about to be taken that `statusIn` says is held, by calls that can't fail. */
export function relockings(
  { model, plan, nodes }: Translation,
  key: Key,
  walked: Walk,
  statusIn: (reached: Reached) => Status,
): readonly Reached[] {
  const takes = (node: number) => {
    const [only, ...others] = plan.calls.outcomes.get(node) ?? [];
    return (
      others.length === 0 &&
      only?.does.some(({ operation, key: index }) => index === key.index && operation.kind === "acquire")
    );
  };
  const transitions = model.programs[0]?.transitions ?? [];
  const places = transitions.flatMap(({ from }, at) => (takes(nodes[at] ?? -1) ? [from] : []));
  return [...new Set(places)]
    .flatMap((place) => walked.at(place))
    .filter((each) => [...HELD_EXCLUSIVE, "regained"].includes(statusIn(each)));
}
