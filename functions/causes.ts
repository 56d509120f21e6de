import type { Run } from "../checker/result.ts";
import type { Key, Translation } from "../model/c/index.ts";
import type { Finding, LockStory } from "./finding.ts";
import { partition } from "./partition.ts";
import { ownCallee, type SourceStory, withinCalls } from "./source-story.ts";
import { releasesBehind, skipOf, storyOf } from "./story.ts";
import { suspectsOf } from "./suspects.ts";

/** A finding with what it was read off: its lock, its run, and the step that breaks the rule; none of an exit. */
export interface Shown {
  readonly finding: Finding;
  readonly key: Key | undefined;
  readonly run: Run;
  readonly step?: number;
  /** The step takes the lock itself, and does not give it back. */
  readonly takes?: boolean;
}

/**
 * The findings of a function, those that show the same mistake with one cause: they come of one acquisition whose
 * release is lost, of one release too many, or of what such a release leaves behind.
 */
export function withCauses(
  shown: readonly Shown[],
  translation: Translation,
  source: SourceStory,
): readonly Finding[] {
  const told = shown.map((each) => toldOf(each, translation));
  const isLost = lostBy(told, translation);
  const { join, groupOf } = partition(told.length);
  for (const [at, each] of told.entries()) {
    for (const [before, other] of told.slice(0, at).entries()) {
      if (isOneMistake(each, other, isLost) || isOneMistake(other, each, isLost)) join(at, before);
    }
  }
  return told.map((each, at) => {
    const { finding, through } = each;
    const suspects = suspectsOf(each, translation, source);
    const { id, line } = told[groupOf(at)]?.finding ?? finding;
    const isShared = told.some((_, other) => other !== at && groupOf(other) === groupOf(at));
    return {
      ...finding,
      ...(isShared && { cause: `${id} at ${line}` }),
      ...(through.length > 0 && { through }),
      ...tellingOf(each, translation, source),
      ...(suspects.length > 0 && { suspects }),
    };
  });
}

interface Told extends Shown {
  readonly rule: string;
  readonly taken?: number;
  readonly released?: number;
  readonly passed: ReadonlySet<number>;
  readonly through: readonly string[];
}

function toldOf(shown: Shown, translation: Translation): Told {
  const { finding, key, run, step } = shown;
  const moves = step === undefined ? run.moves : run.moves.slice(0, -1);
  const passed = new Set(moves.map(({ transition }) => transition));
  const story = key ? storyOf(translation, run, key, step === undefined ? "the end" : "the last step") : {};
  const calls = [step, story.taken, story.released].flatMap((each) => ownCallee(each, translation));
  return { ...shown, rule: finding.rule, ...story, passed, through: [...new Set(calls)] };
}

/** The lines of a finding's story. */
function tellingOf(told: Told, translation: Translation, source: SourceStory): Pick<Finding, "story"> {
  const lineOf: LineOf = (step) =>
    step === undefined ? undefined : translation.model.programs[0]?.transitions[step]?.source?.line;
  const [taken, released] = [lineOf(told.taken), lineOf(told.released)];
  const [callee] = ownCallee(told.step, translation);
  const within = told.key ? withinCalls(told.run, told.key, translation, source) : [];
  const story: LockStory = {
    ...(taken !== undefined && { taken }),
    ...(released !== undefined && { released }),
    ...skipTold(told, translation, lineOf),
    ...(callee !== undefined && { callee }),
    ...(within.length > 0 && { within }),
  };
  return Object.keys(story).length > 0 ? { story } : {};
}

type LineOf = (step: number | undefined) => number | undefined;

/** Of a lock that is kept on a way out or taken again: elsewhere its release is not missed. */
function skipTold(
  { key, run, taken, step, takes }: Told,
  translation: Translation,
  lineOf: LineOf,
): Pick<LockStory, "skipped" | "elsewhere"> {
  if (!key || taken === undefined || (step !== undefined && takes !== true)) return {};
  const skip = skipOf(translation, run, { key, taken, ...(step !== undefined && { again: step }) });
  const skipped = lineOf(skip?.step);
  if (!skip || skipped === undefined) return {};
  const lines = skip.releases.flatMap((each) => lineOf(each) ?? []);
  return { skipped, elsewhere: [...new Set(lines)].sort((one, other) => one - other) };
}

/** A release too many, or what leaves a context that was not entered. */
const OF_RELEASES: ReadonlySet<string> = new Set([
  ...["double-unlock", "release-not-held", "wrong-mode", "folio-lock-balanced"],
  ...["rcu-balanced", "preempt-balanced"],
]);

function isOneMistake(each: Told, other: Told, isLost: (of: Told) => boolean): boolean {
  const [isRelease, isOther] = [each, other].map(({ rule }) => OF_RELEASES.has(rule));
  if (isRelease && isOther && each.step !== undefined && each.step === other.step) return true;
  if (isRelease && isOther && isSameKey(each, other) && each.released !== undefined)
    return each.released === other.released || isBehind(each, other);
  if (isOther) return isBehind(each, other) && (isSameKey(each, other) || isUnderflow(each));
  if (isRelease) return other.takes === true && isBehind(each, other) && isSameKey(each, other);
  return (
    isSameKey(each, other) &&
    each.taken !== undefined &&
    each.taken === other.taken &&
    isLost(each) &&
    isLost(other)
  );
}

/** Its path comes through the step that breaks the other's rule. */
const isBehind = (each: Told, { step }: Told): boolean => step !== undefined && each.passed.has(step);

const isSameKey = ({ key }: Told, { key: other }: Told): boolean => key !== undefined && key === other;

/** Nothing is held there: a count is below what it was. */
const isUnderflow = ({ rule, key }: Told): boolean => rule === "no-sleep-in-atomic" && key === undefined;

/** Whether the lock is lost where it is found: taken again, kept on a way out, or not released on any way from there. */
function lostBy(told: readonly Told[], translation: Translation): (of: Told) => boolean {
  const { model, nodes } = translation;
  const byKey = new Map<Key, ReturnType<typeof releasesBehind>>();
  const isReleasedBehind = (step: number, key: Key): boolean => {
    const releasesFrom = byKey.get(key) ?? releasesBehind(translation, key);
    byKey.set(key, releasesFrom);
    return releasesFrom(model.programs[0]?.transitions[step]?.to ?? "").length > 0;
  };
  const leadsPast = ({ run }: Told, step: number): boolean =>
    run.moves.some(({ transition }) => nodes[transition] === nodes[step]);
  return (of) => {
    const { key, step, takes, taken } = of;
    if (!key || takes === true || step === undefined) return key !== undefined;
    const isLostBehind = (each: Told) =>
      (each.takes === true || each.step === undefined) &&
      isSameKey(each, of) &&
      each.taken === taken &&
      leadsPast(each, step);
    return told.some(isLostBehind) || !isReleasedBehind(step, key);
  };
}
