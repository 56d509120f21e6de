import { cond, constant, type Expression, equal, or } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import { oneOf } from "../../ir/place.ts";
import { isCounted } from "../../kernel/counted.ts";
import type { Key } from "../calls/key.ts";

/**
 * What a function's own text has done to a lock or context; its caller may have taken it before.
 *
 * - `dropped`: released what the caller held; `regained`: took that again
 * - `over-released`: released more often than held; `maybe released`: released what may not have been held
 * - `taken`: held now, and what it was before is not known
 * - `assumed held`: held by the caller, according to an annotation or assertion
 * - `refused`: a trylock failed
 * - `left behind`: its name means another lock by now, and the one that it meant before is held
 * - `held-shared twice`: read by it twice, or more often
 * - `copied`: held when its pointer was copied: the copy's name is the one to know it by
 * - `left to copy`: the same, and its name means another lock by now
 * - `some held`: a loop takes one after the other by this name, and some of them are held
 * - `all held`: the loop is over, and has left all that it went over held
 */
export const STATUS = oneOf(
  "untouched",
  "held",
  "held-shared",
  "held twice",
  "held-shared twice",
  "released",
  "dropped",
  "regained",
  "regained-shared",
  "over-released",
  "unknown",
  "maybe released",
  "taken",
  "taken-shared",
  "assumed held",
  "assumed held-shared",
  "refused",
  "left behind",
  "some held",
  "all held",
  "copied",
  "left to copy",
);
export type Status = (typeof STATUS.values)[number];

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
export const isNesting = (key: Key | undefined): boolean =>
  key !== undefined && (NESTING.has(key.object) || isCounted(key.object));

export const HELD: readonly Status[] = [
  "held",
  "taken",
  "held-shared",
  "held twice",
  "held-shared twice",
  "regained",
  "regained-shared",
  "taken-shared",
  "assumed held",
  "assumed held-shared",
];
export const HELD_SHARED: readonly Status[] = [
  "held-shared",
  "held-shared twice",
  "regained-shared",
  "taken-shared",
  "assumed held-shared",
];
/** What is given may be so in either mode. */
export const HELD_EXCLUSIVE: readonly Status[] = ["held", "held twice", "regained", "taken"];
export const REFUSED: readonly Status[] = ["refused"];
/** A nesting context that was entered here as often as it was left. */
export const LEFT: readonly Status[] = ["released", "over-released", "maybe released"];
export const NOT_HELD: readonly Status[] = ["released", "dropped", "over-released", "maybe released"];

/** `initial` is what the function's head says of the lock. */
export const statusVariable = (key: Key, initial: Status = "untouched"): Variable => ({
  name: statusName(key),
  domain: STATUS,
  scope: "task",
  initial: [STATUS.values.indexOf(initial)],
});

const statusName = (key: Key): string => `${key.object} ${key.text}`;

/** The status that a lock has where `value` tells what a variable of the model is. */
export function statusAt(key: Key, value: (variable: string) => number): Status {
  return STATUS.values[value(statusName(key))] ?? "unknown";
}

export const statusOf = (key: Key): Expression => ({ kind: "variable", name: statusName(key) });

export const isOneOf = (key: Key, statuses: readonly Status[]): Expression =>
  or(...statuses.map((each) => equal(statusOf(key), statusConstant(each))));

/** Makes once what several transitions say of a key, so that it is checked and compiled once. */
export function oncePerKey<Of extends object, T>(make: (key: Key, of: Of) => T): (key: Key, of: Of) => T {
  const known = new WeakMap<Key, Map<Of, T>>();
  return (key, of) => {
    const own = known.get(key) ?? new Map<Of, T>();
    known.set(key, own);
    const found = own.get(of) ?? make(key, of);
    own.set(of, found);
    return found;
  };
}

export const statusIn = oncePerKey(isOneOf);

const CONSTANTS: ReadonlyMap<Status, Expression> = new Map(
  STATUS.values.map((each, position) => [each, constant(position, STATUS)]),
);

export function statusConstant(status: Status): Expression {
  return CONSTANTS.get(status) ?? constant(0, STATUS);
}

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
