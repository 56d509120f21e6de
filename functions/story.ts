import type { Run } from "../checker/result.ts";
import type { Key, LockEvent, Translation } from "../model/c/index.ts";
import type { Transition } from "../model/ir/model.ts";
import { transitionsOf } from "./path.ts";

/** Where a run takes a lock and has not released it since, and where it releases it last: transitions by their numbers. */
export interface Story {
  readonly taken?: number;
  readonly released?: number;
}

/** The step of a run behind which its lock is not released any more, though it could have been until there. */
export interface Skip {
  readonly step: number;
  /** The steps that release it on the other ways. */
  readonly releases: readonly number[];
}

const TAKES: ReadonlySet<string> = new Set(["acquire", "enter", "map", "relock"]);
const RELEASES: ReadonlySet<string> = new Set(["release", "leave", "unmap"]);

/** What a run does to one lock or context. `until`: without its last step, which breaks a rule. */
export function storyOf(
  translation: Translation,
  run: Run,
  key: Key,
  until: "the end" | "the last step",
): Story {
  const steps = transitionsOf(translation, run);
  const told = until === "the end" ? steps : steps.slice(0, -1);
  let story: Story = {};
  for (const { index, transition } of told) {
    const { taken, released } = eventsOn(key, transition);
    if (taken) story = { taken: index };
    else if (released) story = { released: index };
  }
  return story;
}

/**
 * Where a run that keeps a lock leaves the ways on which it is released, or takes it again without. `taken`: the step
 * that takes it; `again`: the step that takes it once more, for releases behind that are none of this acquisition.
 */
export function skipOf(
  translation: Translation,
  run: Run,
  { key, taken, again }: { readonly key: Key; readonly taken: number; readonly again?: number },
): Skip | undefined {
  const steps = transitionsOf(translation, run);
  const passed = again === undefined ? steps : steps.slice(0, -1);
  const since = passed.slice(passed.findLastIndex(({ index }) => index === taken) + 1);
  const releasesFrom = releasesBehind(translation, key, again);
  for (const { index, transition } of since.toReversed()) {
    const releases = releasesFrom(transition.from);
    if (releases.length > 0)
      return releasesFrom(transition.to).length > 0 ? undefined : { step: index, releases };
  }
  return undefined;
}

/**
 * The steps that release a lock and can be reached from a location before any that takes it. Where it is taken `again`,
 * only those that lead to that step.
 */
export function releasesBehind({ model }: Translation, key: Key, again?: number) {
  const steps = model.programs[0]?.transitions ?? [];
  const leaving = new Map<string, number[]>();
  for (const [index, { from }] of steps.entries()) leaving.set(from, [...(leaving.get(from) ?? []), index]);
  const reach = (location: string, isPassed: (index: number) => boolean): ReadonlySet<number> => {
    const [places, passed] = [new Set([location]), new Set<number>()];
    for (const place of places) {
      for (const index of leaving.get(place) ?? []) {
        passed.add(index);
        if (isPassed(index)) places.add(steps[index]?.to ?? "");
      }
    }
    return passed;
  };
  const does = steps.map((each) => eventsOn(key, each));
  const isSilent = (index: number) => !does[index]?.taken && !does[index]?.released;
  const leadsOn = (release: number) =>
    again === undefined || reach(steps[release]?.to ?? "", (index) => index !== again).has(again);
  return (location: string): readonly number[] =>
    [...reach(location, isSilent)].filter((index) => does[index]?.released && leadsOn(index));
}

/** Whether a step takes the lock or releases it; what comes last where it does both. */
export function eventsOn(
  key: Key,
  { events = [] }: Transition,
): { readonly taken: boolean; readonly released: boolean } {
  const own = (events as readonly LockEvent[]).filter(
    (event) =>
      (event.key ?? event.coupled) === key.index && (TAKES.has(event.kind) || RELEASES.has(event.kind)),
  );
  const last = own.at(-1)?.kind;
  return { taken: TAKES.has(last ?? ""), released: RELEASES.has(last ?? "") };
}
