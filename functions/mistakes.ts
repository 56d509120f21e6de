import type { Finding } from "./finding.ts";
import { lastNameOf } from "./lock-name.ts";
import { partition } from "./partition.ts";
import { findingOrder } from "./rule.ts";

/** Functions of one file that break a rule in calls of one other: so many are not all wrong. */
const MANY = 4;

/**
 * One finding for each mistake, with the others that it leads to: those of one cause in a function; the locks that one
 * return keeps; what a path comes to release behind a release that no acquisition follows; what callers do wrong by a
 * helper that is wrong itself, or by one that many of them call; and what comes to sleep by one call of a helper under one
 * lock. The surest with the shortest path stands for all.
 */
export function oneForEachMistake(findings: readonly Finding[]): readonly Finding[] {
  const heads: { readonly head: Finding; readonly others: Finding[] }[] = [];
  const grouped = groupsOf(findings);
  const done = new Set<number>();
  for (const at of findings.keys()) {
    const group = grouped[at];
    if (group === undefined || done.has(group)) continue;
    done.add(group);
    const members = findings.filter((_, index) => grouped[index] === group);
    const [head, ...others] = [...members].sort(bySureness);
    if (head) heads.push({ head, others });
  }
  return heads.map(({ head, others }) => told(head, others));
}

function told({ cause: _, through: __, asleep: ___, ...head }: Finding, others: readonly Finding[]): Finding {
  if (others.length === 0) return head;
  const rest = [...others].sort((one, other) => one.line - other.line);
  return { ...head, consequences: rest.map((each) => told(each, [])) };
}

function bySureness(one: Finding, other: Finding): number {
  const audit = ({ confidence }: Finding) => (confidence === "audit" ? 1 : 0);
  return (
    audit(one) - audit(other) ||
    (one.lock === "" ? 1 : 0) - (other.lock === "" ? 1 : 0) ||
    (one.through ?? []).length - (other.through ?? []).length ||
    one.path.length - other.path.length ||
    findingOrder(one.rule) - findingOrder(other.rule)
  );
}

/** For each finding the number of its group. */
function groupsOf(findings: readonly Finding[]): readonly number[] {
  const { join, groupOf } = partition(findings.length);
  const sources = findings.map((each) => sourceOf(each, findings));
  for (const [at, each] of findings.entries()) {
    for (const [before, other] of findings.slice(0, at).entries()) {
      if (isOneCause(each, other) || isBehind(each, other) || isBehind(other, each)) join(at, before);
      else if (isOneSleep(each, other) || isOneCall(each, other) || isOneReturn(each, other))
        join(at, before);
      else if (sources[at] !== undefined && sources[at] === sources[before]) join(at, before);
    }
    const helper = sources[at];
    const own = helper === undefined ? -1 : findings.findIndex((other) => isOwnOf(helper, other, each));
    if (own >= 0) join(at, own);
  }
  return findings.map((_, at) => groupOf(at));
}

const isOneCause = (one: Finding, other: Finding): boolean =>
  one.file === other.file &&
  one.function === other.function &&
  one.cause !== undefined &&
  one.cause === other.cause;

/** They sleep by the same call of a helper; where a lock is not named, it may be any. */
const isOneSleep = (one: Finding, other: Finding): boolean =>
  one.asleep !== undefined &&
  one.file === other.file &&
  one.asleep === other.asleep &&
  (one.lock === "" || other.lock === "" || lastNameOf(one.lock) === lastNameOf(other.lock));

/** One call sleeps under a lock, and where the kernel calls the function in atomic context. */
const isOneCall = (one: Finding, other: Finding): boolean =>
  one.file === other.file &&
  one.function === other.function &&
  one.line === other.line &&
  [one, other].some(({ rule }) => rule === "atomic-context") &&
  [one, other].some(({ rule }) => rule === "no-sleep-in-atomic");

/** One return goes past the releases of several locks. */
const isOneReturn = (one: Finding, other: Finding): boolean =>
  [one, other].every(({ rule }) => rule === "exit-imbalance") &&
  one.file === other.file &&
  one.function === other.function &&
  one.line === other.line &&
  withoutLock(one) === withoutLock(other);

const withoutLock = ({ message, lock }: Finding): string => message.replace(`: ${lock}`, "");

/** The helper that is to blame for a finding: wrong itself with this lock, or called by many that break the same rule. */
function sourceOf(each: Finding, findings: readonly Finding[]): string | undefined {
  return each.through?.find((helper) => {
    if (findings.some((other) => isOwnOf(helper, other, each))) return true;
    const others = findings.filter(
      (other) => other.file === each.file && other.rule === each.rule && other.through?.includes(helper),
    );
    return new Set(others.map((other) => other.function)).size >= MANY;
  });
}

const isOwnOf = (helper: string, other: Finding, each: Finding): boolean =>
  other.file === each.file && other.function === helper && lastNameOf(other.lock) === lastNameOf(each.lock);

/** Its path comes through a release that runs once more by itself. */
function isBehind(each: Finding, other: Finding): boolean {
  const passes = ({ path }: Finding, line: number) => path.slice(0, -1).some((step) => step.line === line);
  return (
    [each, other].every(({ rule }) => rule === "double-unlock") &&
    other.file === each.file &&
    other.function === each.function &&
    other.lock === each.lock &&
    other.line !== each.line &&
    passes(other, other.line) &&
    passes(each, other.line) &&
    !passes(other, each.line)
  );
}
