import type { Domain } from "../../ir/domain.ts";
import { ANY, type Mask, NEGATIVE } from "../flow/graph.ts";
import type { TrackedVariable } from "../plan/facts.ts";

const SIGNS: readonly string[] = ["", "<0", "0", "<=0", ">0", "!=0", ">=0", "?"];

/**
 * Masks first, then the constants, then for each constant that the value is another; then for each error and each
 * mask that it is within: a value of these signs, but another one; then for pairs of names that the value is neither.
 */
export function domainOf(each: TrackedVariable): Domain {
  return {
    kind: "enum",
    values: [
      ...each.masks.map((mask) => SIGNS[mask] ?? "?"),
      ...each.constants.map(({ name }) => name),
      ...each.constants.map(({ name }) => `not ${name}`),
      ...excluding(each).map(({ mask, name }) => `${SIGNS[mask]} not ${name}`),
      ...neither(each).map(([one, other]) => `not ${one}, not ${other}`),
    ],
  };
}

interface Excluding {
  readonly mask: Mask;
  /** The error that it is not. */
  readonly name: string;
}

function excluding({ masks, constants }: TrackedVariable): readonly Excluding[] {
  const errors = constants.filter(({ mask }) => mask === NEGATIVE);
  const within = masks.filter((mask) => mask !== ANY && (mask & NEGATIVE) !== 0);
  return errors.flatMap(({ name }) => within.map((mask) => ({ mask, name })));
}

/** Names that are told apart from each other: more make too many pairs. */
const MAX_NAMES = 4;

type Neither = readonly [string, string];

/** Pairs of the names that are no errors. */
function neither({ constants }: TrackedVariable): readonly Neither[] {
  const names = constants.flatMap(({ name, mask }) => (mask === NEGATIVE || /^\d/.test(name) ? [] : [name]));
  if (names.length > MAX_NAMES) return [];
  return names.flatMap((one, at) => names.slice(at + 1).map((other): Neither => [one, other]));
}

/** The position of a value that is neither of the two; undefined where there is none. */
function neitherAt(each: TrackedVariable, one: string, other: string): number | undefined {
  const at = neither(each).findIndex((pair) => one !== other && pair.includes(one) && pair.includes(other));
  return at < 0 ? undefined : firstNeither(each) + at;
}

const firstNeither = (each: TrackedVariable): number => firstExcluding(each) + excluding(each).length;

/** The position of the value of these signs that is not the error; undefined where there is none. */
export function excludingAt(each: TrackedVariable, mask: Mask, name: string): number | undefined {
  const at = excluding(each).findIndex((one) => one.mask === mask && one.name === name);
  return at < 0 ? undefined : firstExcluding(each) + at;
}

const firstExcluding = ({ masks, constants }: TrackedVariable): number => masks.length + 2 * constants.length;

/** The mask that a value of the variable stands for. */
export function maskAt(each: TrackedVariable, position: number): Mask {
  return (
    each.masks[position] ??
    each.constants[position - each.masks.length]?.mask ??
    excluding(each)[position - firstExcluding(each)]?.mask ??
    ANY
  );
}

export const positions = (each: TrackedVariable): readonly number[] =>
  [...each.masks, ...each.constants, ...each.constants, ...excluding(each), ...neither(each)].map(
    (_, position) => position,
  );

/** The names that a value is known not to be. */
export function excludedAt(variable: TrackedVariable, position: number): readonly string[] {
  const { masks, constants } = variable;
  const one =
    constants[position - masks.length - constants.length]?.name ??
    excluding(variable)[position - firstExcluding(variable)]?.name;
  return one === undefined ? (neither(variable)[position - firstNeither(variable)] ?? []) : [one];
}

export const isConstant = ({ masks, constants }: TrackedVariable, position: number): boolean =>
  position >= masks.length && position < masks.length + constants.length;

/** What is known of a value that is not one name, where it is not another one either. */
export function alsoNot(variable: TrackedVariable, position: number, name: string): number {
  const [one, ...more] = excludedAt(variable, position);
  const isOne = one !== undefined && more.length === 0;
  return (isOne ? neitherAt(variable, one, name) : undefined) ?? position;
}
