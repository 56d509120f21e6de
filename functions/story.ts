import type { Run } from "../checker/result.ts";
import type { Key, LockEvent, Translation } from "../model/c/index.ts";
import type { Transition } from "../model/ir/model.ts";
import { transitionsOf } from "./path.ts";

/** Where a run takes a lock and has not released it since, and where it releases it last: transitions by their numbers. */
export interface Story {
  readonly taken?: number;
  readonly released?: number;
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
