import type { Status } from "./status.ts";

/** What an operation makes of each status; those that it leaves as they are are left out. */
export type Change = Readonly<Partial<Record<Status, Status>>>;

export const ACQUIRED: Change = {
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
export const ACQUIRED_SHARED: Change = {
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

export const ENTERED: Change = {
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

export const RELEASED: Change = {
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
export const TURNED_ON: Change = { ...ENTERED, held: "held", regained: "regained", below: "held" };

/** How deep the caller is in a context is unknown: to leave it twice may be right. */
export const LEAVING: Change = { ...RELEASED, dropped: "unknown", unknown: "unknown" };
/** The variable that the lock is known by means another one now. */
export const MOVED: Change = {
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
export const BELIEVED: Change = {
  untouched: "given",
  refused: "unknown",
  released: "unknown",
  dropped: "unknown",
  below: "unknown",
  "let go": "unknown",
};
export const BELIEVED_SHARED: Change = { ...BELIEVED, untouched: "given-shared" };
export const TRIED: Change = { untouched: "refused" };

export const LET_GO: Change = {
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
