import { cond, type Expression } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
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

/** What an operation makes of each status; those that it leaves as they are are left out. */
type Change = Readonly<Partial<Record<Status, Status>>>;

const ACQUIRED: Change = {
  untouched: "held",
  refused: "held",
  given: "held",
  "given-shared": "held",
  "held-shared": "held",
  released: "held",
  dropped: "regained",
  "regained-shared": "regained",
  below: "held",
  unknown: "taken",
  "let go": "taken",
  "taken-shared": "taken",
};

/** A second reader is not counted: from there on nothing is known. */
const ACQUIRED_SHARED: Change = {
  untouched: "held-shared",
  refused: "held-shared",
  given: "unknown",
  "given-shared": "unknown",
  held: "held-shared",
  "held-shared": "unknown",
  released: "held-shared",
  dropped: "regained-shared",
  regained: "regained-shared",
  "regained-shared": "unknown",
  below: "held-shared",
  unknown: "taken-shared",
  "let go": "taken-shared",
  taken: "unknown",
  "taken-shared": "unknown",
};

const ENTERED: Change = {
  untouched: "held",
  held: "held twice",
  "held twice": "unknown",
  released: "held",
  dropped: "regained",
  regained: "held",
  below: "released",
  unknown: "taken",
  "let go": "taken",
};

const RELEASED: Change = {
  untouched: "dropped",
  given: "dropped",
  "given-shared": "dropped",
  refused: "below",
  held: "released",
  "held-shared": "released",
  "held twice": "held",
  released: "below",
  dropped: "below",
  regained: "dropped",
  "regained-shared": "dropped",
  unknown: "let go",
  taken: "let go",
  "taken-shared": "let go",
  "let go": "below",
};

/** A mode that is on or off: to turn it on once more changes nothing. */
const TURNED_ON: Change = { ...ENTERED, held: "held", regained: "regained", below: "held" };

/** How deep the caller is in a context is unknown: to leave it twice may be right. */
const LEAVING: Change = { ...RELEASED, dropped: "unknown", unknown: "unknown" };
/** The variable that the lock is known by means another one now. */
const MOVED: Change = {
  held: "unknown",
  "held-shared": "unknown",
  "held twice": "unknown",
  regained: "unknown",
  "regained-shared": "unknown",
  released: "untouched",
  dropped: "untouched",
  below: "untouched",
  "let go": "unknown",
  taken: "unknown",
  "taken-shared": "unknown",
  given: "untouched",
  "given-shared": "untouched",
  refused: "untouched",
};

/** Of a lock that was given up and is said to be held again nobody tells who took it. */
const ASSUMED: Change = {
  untouched: "given",
  refused: "unknown",
  released: "unknown",
  dropped: "unknown",
  below: "unknown",
  "let go": "unknown",
};
const ASSUMED_SHARED: Change = { ...ASSUMED, untouched: "given-shared" };
const TRIED: Change = { untouched: "refused" };

const LET_GO: Change = {
  held: "released",
  taken: "let go",
  "taken-shared": "let go",
  given: "dropped",
  "given-shared": "dropped",
  "held-shared": "released",
  "held twice": "released",
  regained: "dropped",
  "regained-shared": "dropped",
};

export const acquired = (key: Key, shared: boolean): Update =>
  change(key, shared ? ACQUIRED_SHARED : ACQUIRED);
/** `counted`: where it is a mode that this kernel counts how often it is entered. */
export const entered = (key: Key, counted: boolean): Update =>
  change(key, counted || isNesting(key) ? ENTERED : TURNED_ON);
export const released = (key: Key): Update => change(key, RELEASED);
export const left = (key: Key): Update => change(key, isNesting(key) ? LEAVING : RELEASED);
/** Whoever it is handed to may release it, where it is held. */
export const handedOn = (key: Key): Update =>
  setStatus(key, cond(statusIn(key, HELD), statusConstant("unknown"), statusOf(key)));
export const moved = (key: Key): Update => change(key, MOVED);
/** An attempt to take it failed; who has it already still does. */
export const refused = (key: Key): Update => change(key, TRIED);
/** Somebody says that it is held. */
export const assumed = (key: Key, shared: boolean): Update => change(key, shared ? ASSUMED_SHARED : ASSUMED);

/** Held, or let go where it was held, whatever was before. */
export function relocked(key: Key, taken: boolean): Update {
  return taken ? setStatus(key, "held") : change(key, LET_GO);
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
