import {
  isFlags,
  isOfCallee,
  type Key,
  type LockEvent,
  type LockVariants,
  type Translation,
} from "../model/c/index.ts";
import type { Context } from "../model/kernel/operation.ts";
import type { Declared } from "./escape.ts";
import { type Exit, netOf } from "./exit.ts";
import { exitFinding } from "./exit-finding.ts";
import type { Finding } from "./finding.ts";
import { transitionsOf } from "./path.ts";
import { savedFlagMismatches } from "./saved-flags.ts";
import { isMispaired } from "./variant-pair.ts";

const SUBJECT: Readonly<Partial<Record<Context, string>>> = { bh: "bottom halves", irq: "interrupts" };

/** It asks for the context that it comes with, or is told of it. */
const ASKS = /irqs?_disabled|softirq|in_interrupt|in_hardirq|in_irq|in_atomic|irqs_enabled/;

export interface VariantMismatch {
  /** The context that the exit leaves otherwise, where it has a key of its own. */
  readonly state: Key | undefined;
  readonly finding: Finding;
}

/**
 * Exits that leave bottom halves or interrupts otherwise than the function found them, as it took a lock by one
 * variant of its calls and released it by another: spin_lock_bh() and spin_unlock(). No finding where the caller
 * may have a part in it: another lock stays taken or is given up, the flags come from elsewhere.
 */
export function variantMismatches(
  translation: Translation,
  exits: readonly Exit[],
  declared: Declared,
): readonly VariantMismatch[] {
  if (declared.annotations.length > 0 || [...declared.calls].some((name) => ASKS.test(name))) return [];
  const found = new Map<string, VariantMismatch>();
  for (const exit of exits) {
    if (!isSettled(exit, translation, declared)) continue;
    for (const variants of translation.plan.calls.variants) {
      const mismatch = mismatchAt(translation, exit, variants);
      if (mismatch && !found.has(mismatch.look)) found.set(mismatch.look, mismatch);
    }
  }
  const saved = savedFlagMismatches(translation, exits, declared);
  return [...found.values(), ...saved.map((finding) => ({ state: undefined, finding }))];
}

function mismatchAt(
  translation: Translation,
  exit: Exit,
  variants: LockVariants,
): (VariantMismatch & { readonly look: string }) | undefined {
  const { calls, flow } = translation.plan;
  const { context, lock } = variants;
  const [key, state] = [calls.keys[lock], calls.contexts.get(context)];
  if (!key || !state || exit.statuses[lock] !== "released") return undefined;
  const net = netOf(exit.statuses[state.index]);
  const pair = net === 1 || net === -1 ? pairOf(translation, exit, { state, lock, net }) : undefined;
  if (!pair) return undefined;
  const { taken, given } = pair;
  const [from, to] = [taken, given].map(({ at }) => translation.nodes[at] ?? -1);
  if (!isMispaired(flow, variants, from ?? -1, to ?? -1)) return undefined;
  const how =
    net === 1
      ? `returns with ${SUBJECT[context]} disabled`
      : `returns with ${SUBJECT[context]} enabled that it did not disable`;
  const message = `${how}: taken by ${taken.label}, released by ${given.label}: ${key.text}`;
  const finding = exitFinding(translation, exit.end.run(), key.text, message);
  return {
    state,
    look: `${context} ${lock} ${taken.at} ${given.at}`,
    finding: { ...finding, confidence: "hard" },
  };
}

/** Every spinning lock is as it was, and the flags are the function's own and went nowhere. */
function isSettled({ statuses }: Exit, { plan }: Translation, { parameters }: Declared): boolean {
  return plan.calls.keys.every((key) => {
    const status = statuses[key.index];
    if (isFlags(key) && isOfCallee(key.text)) return true;
    if (isFlags(key)) return status !== "unknown" && /^\w+$/.test(key.text) && !parameters.includes(key.text);
    return !key.spinning || netOf(status) === 0;
  });
}

interface Call {
  readonly label: string;
  /** The transition. */
  readonly at: number;
}

interface Sought {
  readonly state: Key;
  readonly lock: number;
  readonly net: 1 | -1;
}

/**
 * The acquisition and the release behind an exit that leaves the context otherwise: the one that entered it is
 * not the one that left it. Undefined where the context came or went without the lock.
 */
function pairOf(translation: Translation, exit: Exit, { state, lock, net }: Sought) {
  let taken: Call | undefined;
  const entered: (Call & { readonly ofLock: boolean; given?: Call })[] = [];
  for (const { index: at, transition } of transitionsOf(translation, exit.end.run())) {
    const events = (transition.events ?? []) as readonly LockEvent[];
    const call = { label: transition.label.replace(/ -> .*/, ""), at };
    const isAbout = (kind: string, key: number) =>
      events.some((each) => each.kind === kind && each.key === key);
    const takes = isAbout("acquire", lock);
    const gives = isAbout("release", lock);
    const enters = isAbout("enter", state.index);
    const leaves = isAbout("leave", state.index) || events.some((each) => isLeft(each, state));
    if (leaves && !entered.pop() && net === -1) return gives && taken ? { taken, given: call } : undefined;
    if (enters) entered.push({ ...call, ofLock: takes });
    if (takes) taken = call;
    const open = gives ? entered.findLast((each) => each.ofLock && !each.given) : undefined;
    if (open) open.given = call;
  }
  const last = entered.at(-1);
  return last?.ofLock && last.given ? { taken: last, given: last.given } : undefined;
}

/** A context that is entered nowhere is left without its key. */
const isLeft = ({ kind, object, coupled }: LockEvent, { object: context }: Key): boolean =>
  kind === "left" && object === context && coupled === undefined;
