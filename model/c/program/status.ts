import { cond, constant, type Expression, equal, or } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import { oneOf } from "../../ir/place.ts";
import type { Key } from "./key.ts";

/**
 * What a function has done to a lock or context, as far as its own text tells; a caller may have taken
 * it before. `dropped` gave up what it came with, `regained` took that back, `below` released more than
 * there was, `let go` released what may have been held, `taken` took what may have been; `given` is held
 * by the caller, on the word of an annotation or assertion; `refused` was tried for and not had.
 */
export const STATUS = oneOf(
  "untouched",
  "held",
  "held-shared",
  "held twice",
  "released",
  "dropped",
  "regained",
  "regained-shared",
  "below",
  "unknown",
  "let go",
  "taken",
  "taken-shared",
  "given",
  "given-shared",
  "refused",
);
export type Status = (typeof STATUS.values)[number];

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
const NESTING: ReadonlySet<string> = new Set([
  "rcu",
  "srcu",
  "preempt",
  "bh",
  "irq",
  "migrate",
  "lazy-mmu-pause",
]);

/** Whether it can be entered while it is entered. */
export const isNesting = (key: Key | undefined): boolean => key !== undefined && NESTING.has(key.object);

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
const BELIEVED: Change = {
  untouched: "given",
  refused: "unknown",
  released: "unknown",
  dropped: "unknown",
  below: "unknown",
  "let go": "unknown",
};

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

export const HELD: readonly Status[] = [
  "held",
  "taken",
  "held-shared",
  "held twice",
  "regained",
  "regained-shared",
  "taken-shared",
  "given",
  "given-shared",
];
export const HELD_SHARED: readonly Status[] = [
  "held-shared",
  "regained-shared",
  "taken-shared",
  "given-shared",
];
/** What is given may be so in either mode. */
export const HELD_EXCLUSIVE: readonly Status[] = ["held", "held twice", "regained", "taken"];
export const REFUSED: readonly Status[] = ["refused"];
/** A nesting context that was entered here as often as it was left. */
export const LEFT: readonly Status[] = ["released", "below", "let go"];
export const NOT_HELD: readonly Status[] = ["released", "dropped", "below", "let go"];

/** `initial` is what the function's head says of the lock. */
export const statusVariable = (key: Key, initial: Status = "untouched"): Variable => ({
  name: statusName(key),
  domain: STATUS,
  scope: "task",
  initial: [STATUS.values.indexOf(initial)],
});

const statusName = (key: Key): string => `${key.object} ${key.text}`;

export const statusOf = (key: Key): Expression => ({ kind: "variable", name: statusName(key) });

export const statusIn = (key: Key, statuses: readonly Status[]): Expression =>
  or(...statuses.map((each) => equal(statusOf(key), statusConstant(each))));

const statusConstant = (status: Status): Expression => constant(STATUS.values.indexOf(status), STATUS);

export const setStatus = (key: Key, value: Status | Expression): Update => ({
  variable: statusName(key),
  value: typeof value === "string" ? statusConstant(value) : value,
});

/** A number per status; 0 where the table has none. */
export function statusNumber(key: Key, numbers: Readonly<Partial<Record<Status, number>>>): Expression {
  return STATUS.values.reduceRight<Expression>((rest, status) => {
    const number = numbers[status];
    return number === undefined
      ? rest
      : cond(equal(statusOf(key), statusConstant(status)), constant(number), rest);
  }, constant(0));
}

export const acquired = (key: Key, shared: boolean): Update =>
  change(key, shared ? ACQUIRED_SHARED : ACQUIRED);
/** `counted`: where it is a mode that this kernel counts how often it is entered. */
export const entered = (key: Key, counted: boolean): Update =>
  change(key, counted || NESTING.has(key.object) ? ENTERED : TURNED_ON);
export const released = (key: Key): Update => change(key, RELEASED);
export const left = (key: Key): Update => change(key, isNesting(key) ? LEAVING : RELEASED);
/** Whoever it is handed to may release it, where it is held. */
export const handedOn = (key: Key): Update =>
  setStatus(key, cond(statusIn(key, HELD), statusConstant("unknown"), statusOf(key)));
export const moved = (key: Key): Update => change(key, MOVED);
/** An attempt to take it failed; who has it already still does. */
export const refused = (key: Key): Update => change(key, { untouched: "refused" });
/** Somebody says that it is held. */
export const believed = (key: Key, shared: boolean): Update =>
  change(key, shared ? { ...BELIEVED, untouched: "given-shared" } : BELIEVED);

/** Held, or let go where it was held, whatever was before. */
export function relocked(key: Key, taken: boolean): Update {
  return taken ? setStatus(key, "held") : change(key, LET_GO);
}

/** Whichever statuses lead to the same one are tested together, the commonest last. */
function change(key: Key, table: Change): Update {
  const byTarget = new Map<Status, Status[]>();
  for (const status of STATUS.values) {
    const to = table[status];
    if (to !== undefined) byTarget.set(to, [...(byTarget.get(to) ?? []), status]);
  }
  const value = [...byTarget].reduceRight<Expression>(
    (rest, [to, from]) => cond(statusIn(key, from), statusConstant(to), rest),
    statusOf(key),
  );
  return setStatus(key, value);
}
