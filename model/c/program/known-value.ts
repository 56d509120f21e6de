import { ANY, type Mask, type Value } from "../flow/graph.ts";
import type { Tracked, TrackedVariable } from "../plan/facts.ts";
import { excludedAt, isConstant, maskAt } from "./fact-domain.ts";

/** What is known of a value: its signs, the constant that it is, and those that it is not. */
export interface KnownValue {
  readonly mask: Mask;
  readonly name?: string;
  readonly not: readonly string[];
}

const UNKNOWN: KnownValue = { mask: ANY, not: [] };

/** What a value comes to where the variables of the model are what `at` says. */
export function knownValue(
  value: Value | undefined,
  { variables }: Tracked,
  at: (variable: string) => number,
): KnownValue {
  switch (value?.kind) {
    case "mask":
      return { mask: value.mask, not: [] };
    case "named":
      return { mask: value.mask, name: value.name, not: [] };
    case "copy": {
      const variable = variables.get(value.variable);
      return variable ? valueAt(variable, at(variable.place.name)) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function valueAt(variable: TrackedVariable, position: number): KnownValue {
  const constant = isConstant(variable, position)
    ? variable.constants[position - variable.masks.length]
    : undefined;
  return {
    mask: maskAt(variable, position),
    ...(constant && { name: constant.name }),
    not: excludedAt(variable, position),
  };
}

/** No value is both. */
export const areApart = (one: KnownValue, other: KnownValue): boolean =>
  (one.mask & other.mask) === 0 || isAnother(one, other) || excludes(one, other) || excludes(other, one);

const isAnother = ({ name }: KnownValue, { name: other }: KnownValue): boolean =>
  name !== undefined && other !== undefined && name !== other;

const excludes = ({ not }: KnownValue, { name }: KnownValue): boolean =>
  name !== undefined && not.includes(name);
