import { and, cond, type Expression } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import { isCounted } from "../../kernel/counted.ts";
import type { Key } from "../calls/key.ts";
import {
  HELD,
  isNesting,
  isOneOf,
  oncePerKey,
  STATUS,
  type Status,
  setStatus,
  statusConstant,
  statusIn,
  statusOf,
} from "./status.ts";

/** What an operation makes of each status; a status that stays as it is is left out. */
type Change = Readonly<Partial<Record<Status, Status>>>;

/** What has been copied is known by the copy's name alone. */
const likeUnknown = (change: Change): Change => {
  const { unknown } = change;
  return unknown === undefined ? change : { ...change, copied: unknown, "left to copy": unknown };
};

const ACQUIRED: Change = likeUnknown({
  untouched: "held",
  refused: "held",
  "assumed held": "held",
  "assumed held-shared": "held",
  "held-shared": "held",
  "held-shared twice": "held",
  released: "held",
  dropped: "regained",
  "regained-shared": "regained",
  "over-released": "held",
  unknown: "taken",
  "maybe released": "taken",
  "taken-shared": "taken",
  "left behind": "taken",
});

/** What the caller has taken, and is read once more, is not counted: from there on nothing is known. */
const ACQUIRED_SHARED: Change = likeUnknown({
  untouched: "held-shared",
  refused: "held-shared",
  "assumed held": "unknown",
  "assumed held-shared": "unknown",
  held: "held-shared",
  "held-shared": "held-shared twice",
  released: "held-shared",
  dropped: "regained-shared",
  regained: "regained-shared",
  "regained-shared": "unknown",
  "over-released": "held-shared",
  unknown: "taken-shared",
  "maybe released": "taken-shared",
  taken: "unknown",
  "taken-shared": "unknown",
  "left behind": "taken-shared",
});

const ENTERED: Change = {
  untouched: "held",
  held: "held twice",
  "held twice": "unknown",
  released: "held",
  dropped: "regained",
  regained: "held",
  "over-released": "released",
  unknown: "taken",
  "maybe released": "taken",
};

const RELEASED: Change = likeUnknown({
  untouched: "dropped",
  "assumed held": "dropped",
  "assumed held-shared": "dropped",
  refused: "over-released",
  held: "released",
  "held-shared": "released",
  "held twice": "held",
  // How often it is read is not counted.
  "held-shared twice": "taken-shared",
  released: "over-released",
  dropped: "over-released",
  regained: "dropped",
  "regained-shared": "dropped",
  unknown: "maybe released",
  taken: "maybe released",
  "taken-shared": "maybe released",
  "maybe released": "over-released",
  "left behind": "maybe released",
});

/** A semaphore counts as well, and may be refused. */
const COUNTED_UP: Change = { ...ENTERED, refused: "held" };

/** How often it has been entered since nothing was known, is not counted. */
const NESTED: Change = { ...ENTERED, taken: "unknown" };

/** A mode that is on or off: to turn it on once more changes nothing. */
const TURNED_ON: Change = {
  ...ENTERED,
  held: "held",
  regained: "regained",
  "over-released": "held",
};

/** How deep the caller is in a context is unknown, and so it is where nothing is known: to leave it twice may be right. */
const LEAVING: Change = { ...RELEASED, dropped: "unknown", unknown: "unknown", taken: "unknown" };

/** Interrupts are a state, not a depth; only what flags are saved and restored around nests. */
const IRQS_OFF: Change = { ...TURNED_ON, "held twice": "held twice" };
const IRQS_ON: Change = {
  ...LEAVING,
  taken: "maybe released",
  "held twice": "released",
  released: "released",
  dropped: "dropped",
};
const IRQS_RESTORED: Change = { ...LEAVING, taken: "maybe released", released: "released" };

/** The variable that the lock is known by means another one now. */
const MOVED: Change = {
  held: "unknown",
  "held-shared": "unknown",
  "held twice": "unknown",
  "held-shared twice": "unknown",
  regained: "unknown",
  "regained-shared": "unknown",
  released: "untouched",
  dropped: "untouched",
  "over-released": "untouched",
  "maybe released": "unknown",
  taken: "unknown",
  "taken-shared": "unknown",
  "assumed held": "untouched",
  "assumed held-shared": "untouched",
  refused: "untouched",
  "left behind": "unknown",
  copied: "left to copy",
};

/** It means another one that is none of those before, and what it meant is still held. */
const LEFT_BEHIND: Change = {
  ...MOVED,
  held: "left behind",
  "held-shared": "left behind",
  "held twice": "left behind",
  "held-shared twice": "left behind",
};
const LEFT_FURTHER_BEHIND: Change = { ...LEFT_BEHIND, "left behind": "left behind" };

/** A lock that the function released is assumed to be held again: who took it is not known. */
const ASSUMED: Change = {
  untouched: "assumed held",
  refused: "unknown",
  released: "unknown",
  dropped: "unknown",
  "over-released": "unknown",
  "maybe released": "unknown",
};
const ASSUMED_SHARED: Change = { ...ASSUMED, untouched: "assumed held-shared" };
const TRIED: Change = { untouched: "refused" };

const PASSED: Change = { untouched: "released", refused: "released" };

const RELEASED_IF_HELD: Change = {
  held: "released",
  taken: "maybe released",
  "taken-shared": "maybe released",
  "assumed held": "dropped",
  "assumed held-shared": "dropped",
  "held-shared": "released",
  "held twice": "released",
  "held-shared twice": "released",
  regained: "dropped",
  "regained-shared": "dropped",
};

const HELD_OR_SOME: readonly Status[] = [...HELD, "some held", "all held"];

export const acquired = (key: Key, shared: boolean): Update =>
  change(key, isCounted(key.object) ? COUNTED_UP : shared ? ACQUIRED_SHARED : ACQUIRED);
/** `counted`: where it is a mode that this kernel counts how often it is entered. */
export const entered = (key: Key, counted: boolean): Update =>
  change(key, counted || isNesting(key) ? NESTED : TURNED_ON);
/** A callee has taken it and released it again. */
export const passed = (key: Key): Update => change(key, PASSED);
export const released = (key: Key): Update => change(key, isCounted(key.object) ? LEAVING : RELEASED);
export const left = (key: Key): Update => change(key, isNesting(key) ? LEAVING : RELEASED);
/** Interrupts go off, or on, whatever they were. */
export const irqsSet = (key: Key, off: boolean): Update => change(key, off ? IRQS_OFF : IRQS_ON);
/** Interrupts become what they were where the flags were saved. */
export const irqsRestored = (key: Key): Update => change(key, IRQS_RESTORED);
/** A callee that it is handed to may release it, where it is held. */
export const handedOn = (key: Key): Update =>
  setStatus(key, cond(statusIn(key, HELD_OR_SOME), statusConstant("unknown"), statusOf(key)));
/** Released through another pointer, of which nothing is known since the lock was copied from there. */
export const releasedByOther = (key: Key, other: Key): Update =>
  setStatus(
    key,
    cond(
      and(statusIn(other, ["unknown", "copied", "taken", "taken-shared"]), statusIn(key, HELD)),
      statusConstant("unknown"),
      statusOf(key),
    ),
  );
export const moved = (key: Key): Update => change(key, MOVED);
/** `further`: where it has left one behind already, it does not come back to that. */
export const movedOn = (key: Key, further: boolean): Update =>
  change(key, further ? LEFT_FURTHER_BEHIND : LEFT_BEHIND);
/** A trylock failed; a lock that the function holds already stays held. */
export const refused = (key: Key): Update => change(key, TRIED);
/** An assertion or an annotation says that it is held. */
export const assumed = (key: Key, shared: boolean): Update => change(key, shared ? ASSUMED_SHARED : ASSUMED);

/** Sparse is told that it is held: by a call that took it unseen, or for the sake of an annotation, where the function has released it. */
const SAID_TO_BE_TAKEN: Change = likeUnknown({
  untouched: "held",
  refused: "held",
  unknown: "taken",
  released: "unknown",
  dropped: "unknown",
  "over-released": "unknown",
  "maybe released": "unknown",
});
export const saidToBeTaken = (key: Key): Update => change(key, SAID_TO_BE_TAKEN);

/** Held, or released where it was held, whatever was before. */
export function relocked(key: Key, taken: boolean): Update {
  return taken ? setStatus(key, "held") : change(key, RELEASED_IF_HELD);
}

/** Whichever statuses lead to the same one are tested together, the commonest last. */
const change = oncePerKey((key: Key, table: Change): Update => {
  const byTarget = new Map<Status, Status[]>();
  for (const status of STATUS.values) {
    const to = table[status];
    if (to !== undefined) byTarget.set(to, [...(byTarget.get(to) ?? []), status]);
  }
  const value = [...byTarget].reduceRight<Expression>(
    (rest, [to, from]) => cond(isOneOf(key, from), statusConstant(to), rest),
    statusOf(key),
  );
  return setStatus(key, value);
});
