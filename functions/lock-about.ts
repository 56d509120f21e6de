import type { Run } from "../checker/result.ts";
import type { Key, LockEvent, Translation } from "../model/c/index.ts";
import { transitionsOf } from "./path.ts";
import type { Site } from "./watched.ts";

/** A step that breaks a rule, and the run to it. */
interface AtSite {
  readonly site: Site;
  readonly run: Run;
}

/** The lock that a finding is about: the event's own, the one behind it, or what forbids sleeping. */
export function lockAbout({ site, run }: AtSite, translation: Translation): Key | undefined {
  const { calls } = translation.plan;
  const event = site.event;
  if (event?.kind === "may-sleep" || event?.kind === "schedule" || event?.kind === "split") {
    return lastHeld({ site, run }, translation);
  }
  const index = event?.key ?? event?.coupled;
  if (index === undefined) return undefined;
  return calls.keys[site.rule.property.name === "ptl-held" ? (calls.protectors.get(index) ?? index) : index];
}

/** What a callee releases after it has come to sleep was held there. */
function lastHeld({ site, run }: AtSite, translation: Translation): Key | undefined {
  const held: number[] = [];
  const passed = transitionsOf(translation, run);
  for (const [at, { transition }] of passed.entries()) {
    for (const event of (transition.events ?? []) as readonly LockEvent[]) {
      if (event === site.event && at === passed.length - 1) break;
      const { kind, key } = event;
      if (key === undefined) continue;
      if (kind === "acquire" || kind === "enter" || kind === "map") held.push(key);
      if (kind === "release" || kind === "leave" || kind === "unmap") held.splice(held.lastIndexOf(key), 1);
    }
  }
  const keys = held.flatMap((index) => translation.plan.calls.keys[index] ?? []);
  return keys.findLast(({ spinning, text }) => spinning || text === "context") ?? keys.at(-1);
}
