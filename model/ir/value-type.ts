import type { Domain } from "./domain.ts";

/** What kind of value an expression has: ids and enums do not mix with anything else. */
export type ValueType =
  | { readonly kind: "boolean" }
  | { readonly kind: "integer" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "id"; readonly set: string }
  /** A constant of no stated domain: fits wherever its value is one of the domain's. */
  | { readonly kind: "literal"; readonly value: number }
  /** What has been complained of already. */
  | { readonly kind: "unknown" };

export const BOOLEAN: ValueType = { kind: "boolean" };
export const INTEGER: ValueType = { kind: "integer" };
export const UNKNOWN: ValueType = { kind: "unknown" };

export function typeOf(domain: Domain): ValueType {
  switch (domain.kind) {
    case "bool":
      return BOOLEAN;
    case "range":
      return INTEGER;
    case "enum":
      return { kind: "enum", values: domain.values };
    case "id":
      return { kind: "id", set: domain.set };
  }
}

/** Whether the two can be compared, or one assigned to the other. */
export function fits(one: ValueType, other: ValueType): boolean {
  if (one.kind === "unknown" || other.kind === "unknown") return true;
  if (one.kind === "literal") return literalFits(one.value, other);
  if (other.kind === "literal") return literalFits(other.value, one);
  if (one.kind === "id") return other.kind === "id" && one.set === other.set;
  if (one.kind === "enum") return other.kind === "enum" && one.values.join() === other.values.join();
  return one.kind === other.kind;
}

/** An id of no stated set can only be none: any other would tell its members apart. */
function literalFits(value: number, type: ValueType): boolean {
  switch (type.kind) {
    case "boolean":
      return value === 0 || value === 1;
    case "enum":
      return value >= 0 && value < type.values.length;
    case "id":
      return value === 0;
    default:
      return true;
  }
}

export function showType(type: ValueType): string {
  switch (type.kind) {
    case "enum":
      return `one of ${type.values.join(", ")}`;
    case "id":
      return `id of ${type.set}`;
    case "literal":
      return `the number ${type.value}`;
    default:
      return type.kind;
  }
}
