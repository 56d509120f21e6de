import { type Flow, isFlags, type Key, type LockEvent, type Translation } from "../model/c/index.ts";
import type { Declared } from "./escape.ts";
import type { Exit } from "./exit.ts";
import { exitFinding } from "./exit-finding.ts";
import type { Finding } from "./finding.ts";
import { transitionsOf } from "./path.ts";

/**
 * Exits behind a lock that was taken by one of the calls that save interrupt flags or disable interrupts, and
 * released by the other: they leave interrupts enabled that the function may have found disabled, or as flags say
 * that it has never saved. Who may sleep has found them enabled.
 */
export function savedFlagMismatches(
  translation: Translation,
  exits: readonly Exit[],
  declared: Declared,
): readonly Finding[] {
  const { calls, flow } = translation.plan;
  if (!calls.keys.some(isFlags)) return [];
  const sleeps = maySleep(translation);
  const isUnset = (key: Key) => !key.acquired && isOwn(key, declared) && !isWritten(key, flow);
  const found = new Map<string, Finding>();
  for (const exit of exits) {
    for (const pair of pairsBehind(translation, exit)) {
      if (pair.kind === "enabled" ? sleeps : !isUnset(pair.flags)) continue;
      const look = `${pair.taken.at} ${pair.given.at}`;
      if (!found.has(look)) found.set(look, findingOf(translation, exit, pair));
    }
  }
  return [...found.values()];
}

interface Call {
  readonly label: string;
  /** The transition. */
  readonly at: number;
}

type Pair = { readonly lock: Key; readonly taken: Call; readonly given: Call } & (
  | { readonly kind: "enabled" }
  | { readonly kind: "restored"; readonly flags: Key }
);

/** The mixed pairs of an exit's path; a later restore of the flags mends one that enabled interrupts. */
function pairsBehind(translation: Translation, exit: Exit): readonly Pair[] {
  const { keys } = translation.plan.calls;
  const taken = new Map<number, Call & { readonly saved: boolean; readonly disabled: boolean }>();
  let pairs: Pair[] = [];
  for (const { index: at, transition } of transitionsOf(translation, exit.end.run())) {
    const events = (transition.events ?? []) as readonly LockEvent[];
    const label = transition.label.replace(/ -> .*/, "");
    const has = (kind: string) => events.find((each) => each.kind === kind);
    const [saved, restored] = [has("save") !== undefined, has("restore")];
    const disabled = events.some(({ kind, object }) => kind === "enter" && object === "irq");
    if (restored || saved) pairs = pairs.filter(({ kind }) => kind !== "enabled");
    for (const { kind, key } of events) {
      const lock = key === undefined ? undefined : keys[key];
      if (key === undefined || !lock) continue;
      if (kind === "acquire") taken.set(key, { label, at, saved, disabled });
      const by = kind === "release" ? taken.get(key) : undefined;
      if (!by) continue;
      const about = { lock, taken: by, given: { label, at } };
      const flags = restored?.key === undefined ? undefined : keys[restored.key];
      if (by.saved && has("enable")) pairs.push({ kind: "enabled", ...about });
      else if (!by.saved && by.disabled && flags) pairs.push({ kind: "restored", flags, ...about });
    }
  }
  return pairs;
}

function findingOf(translation: Translation, exit: Exit, { kind, lock, taken, given }: Pair): Finding {
  const how =
    kind === "enabled"
      ? "returns with interrupts enabled, whatever they were"
      : "returns with interrupts as flags say that it never saved";
  const message = `${how}: taken by ${taken.label}, released by ${given.label}: ${lock.text}`;
  return { ...exitFinding(translation, exit.end.run(), lock.text, message), confidence: "hard" };
}

const maySleep = ({ model }: Translation): boolean =>
  (model.programs[0]?.transitions ?? []).some(({ events }) =>
    events?.some(({ kind }) => kind === "may-sleep" || kind === "schedule"),
  );

const isOwn = ({ text }: Key, { parameters }: Declared): boolean =>
  /^\w+$/.test(text) && !parameters.includes(text);

function isWritten({ text }: Key, { nodes }: Flow): boolean {
  return nodes.some(
    ({ action }) =>
      (action.kind === "assign" && action.target === text) ||
      (action.kind === "forget" && action.variables.includes(text)),
  );
}
