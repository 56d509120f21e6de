import { compare } from "./compare.ts";
import { type IdentifiedFinding, identify } from "./identity.ts";
import { type Locals, normalise } from "./locals.ts";

type Origin = NonNullable<IdentifiedFinding["finding"]["origins"]>[number];
type LocalsOf = (name: string) => Locals;

interface SideFindings {
  readonly found: readonly IdentifiedFinding[];
  readonly locals: LocalsOf;
}

export interface SecondPaths {
  readonly found: readonly IdentifiedFinding[];
  /** Old findings whose paths could not be told. */
  readonly bounds: readonly string[];
}

/**
 * Findings that stood there before the change and that more classes of paths lead to now: one for each class
 * that is there in addition. A class that takes another's place is no addition.
 */
export function secondPaths(before: SideFindings, after: SideFindings): SecondPaths {
  const { pairs } = compare(before.found, after.found);
  const untold = pairs.filter((pair) => pair.some(isUntold));
  const bounds = untold.map(
    ([, { finding }]) =>
      `the paths of ${finding.function}() to an old finding were not compared: ${finding.message}`,
  );
  return { found: pairs.flatMap((pair) => addedTo(pair, before.locals, after.locals)), bounds };
}

const isUntold = ({ finding: { confidence, lock, origins } }: IdentifiedFinding): boolean =>
  confidence === "hard" && lock !== "" && origins === undefined;

function addedTo(
  [old, now]: readonly [IdentifiedFinding, IdentifiedFinding],
  localsBefore: LocalsOf,
  localsAfter: LocalsOf,
): readonly IdentifiedFinding[] {
  if (old.finding.origins === undefined) return [];
  const was = looksOf(old, localsBefore);
  const is = looksOf(now, localsAfter);
  const added = [...is].filter(([look]) => !was.has(look));
  const gone = [...was].filter(([look]) => !is.has(look)).length;
  return added.slice(gone).map(([look, origin]) => onPath(now, look, origin, localsAfter));
}

function looksOf({ finding }: IdentifiedFinding, locals: LocalsOf): ReadonlyMap<string, Origin> {
  const own = locals(finding.function);
  return new Map((finding.origins ?? []).map((origin) => [normalise(origin.look, own), origin]));
}

function onPath(
  { finding }: IdentifiedFinding,
  look: string,
  { path }: Origin,
  locals: LocalsOf,
): IdentifiedFinding {
  const { path: known, site = known.at(-1)?.text ?? "" } = finding;
  const message = `${finding.message}, on another path than before`;
  return identify({ ...finding, message, path, site: `${site} after ${look}` }, locals(finding.function));
}
