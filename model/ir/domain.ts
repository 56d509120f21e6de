/**
 * Finite domains. Every value is a small integer: bool is 0 or 1, an enum member is its position, a
 * range is itself, an id is 0 for none and 1..n for the members of its set.
 */
export type Domain =
  | { readonly kind: "bool" }
  | RangeDomain
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "id"; readonly set: string };

export interface RangeDomain {
  readonly kind: "range";
  readonly min: number;
  readonly max: number;
  /** What an update that leaves the range means: an error of the model (default), or a path that ends here. */
  readonly beyond?: "error" | "end-path";
}

/** How many members each named set has. The set `task` is always there: one member per task of the model. */
export type Sets = Readonly<Record<string, number>>;

export const TASK = "task";
export const NONE = 0;

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The least and greatest value of a domain. Throws where an id names a set that the model lacks. */
export function boundsOf(domain: Domain, sets: Sets): Bounds {
  switch (domain.kind) {
    case "bool":
      return { min: 0, max: 1 };
    case "range":
      return { min: domain.min, max: domain.max };
    case "enum":
      return { min: 0, max: domain.values.length - 1 };
    case "id":
      return { min: NONE, max: setSize(sets, domain.set) };
  }
}

export function setSize(sets: Sets, name: string): number {
  const size = sets[name];
  if (size === undefined) {
    throw new Error(`unknown set '${name}' (known: ${Object.keys(sets).join(", ")})`);
  }
  return size;
}

/** A value as people read it: true, held, folio 2, none. */
export function showValue(domain: Domain, value: number): string {
  switch (domain.kind) {
    case "bool":
      return value === 0 ? "false" : "true";
    case "range":
      return String(value);
    case "enum":
      return domain.values[value] ?? `?${value}`;
    case "id":
      return value === NONE ? "none" : `${domain.set} ${value}`;
  }
}

/** What a choice, a quantifier or an index ranges over: as `boundsOf`, but an id is never none. */
export function memberBounds(domain: Domain, sets: Sets): Bounds {
  const { min, max } = boundsOf(domain, sets);
  return domain.kind === "id" ? { min: NONE + 1, max } : { min, max };
}

/** The least bounds that hold both. */
export function hull(one: Bounds, other: Bounds): Bounds {
  return { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) };
}
