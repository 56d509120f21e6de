import type { Run } from "../checker/result.ts";
import { isPrivate, type Key, lockName, type Translation } from "../model/c/index.ts";
import type { Declared } from "./escape.ts";
import type { Exit } from "./exit.ts";
import { exitFinding, nameOf } from "./exit-finding.ts";
import type { Finding } from "./finding.ts";
import { isAssigned } from "./passage.ts";
import { transitionsOf } from "./path.ts";

/**
 * A parameter tells whether a function is to release its caller's lock where it fails, and some failure returns with
 * the lock without asking. Whether callers look at the lock themselves is not known: hints.
 */
export function parameterExits(
  translation: Translation,
  exits: readonly Exit[],
  { parameters }: Pick<Declared, "parameters">,
): readonly Finding[] {
  const { calls, flow } = translation.plan;
  const asked = parameters.filter((name) => !isAssigned(name, flow));
  const isTakenByAnotherName = (key: Key) =>
    calls.keys.some((each) => each !== key && each.acquired && lockName(each) === lockName(key));
  const locks = calls.keys.filter(
    (key) => key.released && !key.acquired && !isPrivate(key) && !isTakenByAnotherName(key),
  );
  return locks.flatMap((key) => asked.flatMap((name) => findingFor(translation, exits, key, name) ?? []));
}

function findingFor(
  translation: Translation,
  exits: readonly Exit[],
  key: Key,
  parameter: string,
): Finding | undefined {
  const failures = exits.filter(({ returns }) => returns === "error" || returns === "nonzero");
  const as = (status: string) =>
    failures.flatMap(({ statuses, end }) => (statuses[key.index] === status ? [end.run()] : []));
  const decided = (run: Run) => decisionOn(parameter, run, translation);
  const values = new Set(as("dropped").map(decided));
  const [value] = values;
  if (values.size !== 1 || value === undefined) return undefined;
  const kept = as("untouched");
  const forgotten = kept.find((run) => decided(run) === undefined);
  if (!forgotten || kept.some((run) => decided(run) === value)) return undefined;
  const lock = nameOf(key);
  const how = `returns here with a lock that other failures release where ${parameter} is ${value}`;
  return exitFinding(translation, forgotten, lock, `${how}: ${lock}`);
}

/** How a run decides a parameter; undefined where it does not ask. */
const decisionOn = (parameter: string, run: Run, translation: Translation): string | undefined =>
  transitionsOf(translation, run).find(({ transition: { decision } }) => decision?.subject === parameter)
    ?.transition.decision?.alternative;
