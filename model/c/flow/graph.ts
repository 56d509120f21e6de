import type { CallExpr, Expr } from "../syntax/ast.ts";

/** What signs a value may have, as a set: NEGATIVE | ZERO | POSITIVE; a pointer that is not NULL is positive. */
export type Mask = number;
export const NEGATIVE = 1;
export const ZERO = 2;
export const POSITIVE = 4;
export const ANY = 7;

/** Of a number, if it is known. */
export function signOf(number: number | undefined): Mask {
  if (number === undefined) return ANY;
  if (number === 0) return ZERO;
  return number < 0 ? NEGATIVE : POSITIVE;
}

/** What is known of a value where it is assigned or returned. */
export type Value =
  | {
      readonly kind: "mask";
      readonly mask: Mask;
      /** It is 1: one less is 0. */
      readonly one?: true;
    }
  /** A named constant, of a sign that may be known. */
  | { readonly kind: "named"; readonly name: string; readonly mask: Mask }
  | { readonly kind: "copy"; readonly variable: string }
  /** One less than the variable's value. */
  | { readonly kind: "lowered"; readonly variable: string }
  /** The variable's value and something more: a pointer moves on, a count goes up; from zero to `fromZero`. */
  | { readonly kind: "raised"; readonly variable: string; readonly fromZero: Mask };

export const UNKNOWN: Value = { kind: "mask", mask: ANY };

/** What a branch asks, without negation: its `no` side is where it does not hold. */
export type Condition =
  /** The variable's sign is in the mask. */
  | {
      readonly kind: "sign";
      readonly variable: string;
      readonly mask: Mask;
      /** It holds only where that is known. */
      readonly known?: true;
    }
  | { readonly kind: "named"; readonly variable: string; readonly name: string; readonly mask: Mask }
  /** Something else, known by its text; the same text has the same truth until what it reads changes. */
  | {
      readonly kind: "truth";
      readonly text: string;
      readonly reads: readonly string[];
      readonly pure: boolean;
    }
  | { readonly kind: "unknown" };

export type Action =
  | {
      readonly kind: "call";
      readonly name: string;
      readonly call: CallExpr;
      readonly args: readonly Expr[];
      /** The variable that receives the result's class; a temporary starts with #. */
      readonly result: string;
      /** Tells it from other calls; absent for a call that the source does not write as one. */
      readonly site?: string;
      /** A warning says what comes of it: the lock that is not got is one that is held. */
      readonly granted?: true;
      /** Its body stands in its place: what is left is what it demands of its caller, and that it may sleep. */
      readonly onlyDemands?: true;
    }
  | { readonly kind: "assign"; readonly target: string; readonly value: Value; readonly from?: Expr }
  /** Nothing is known any more of these variables and conditions; `listed` objects are on somebody's list now, and `handed` ones are a callee's business. */
  | {
      readonly kind: "forget";
      readonly variables: readonly string[];
      readonly conditions: readonly string[];
      /** What conditions read is not among what is forgotten. */
      readonly conditionsStay?: boolean;
      readonly listed?: readonly string[];
      readonly handed?: readonly string[];
      /** The callee's name; none where a pointer is called. */
      readonly handedTo?: string;
      /** A test decided against what would have been done with these: with nothing on a list, say. */
      readonly passedBy?: readonly string[];
      /** Objects that a function pointer is called with: with a folio its lock is given away. */
      readonly given?: readonly string[];
    }
  | {
      readonly kind: "branch";
      readonly condition: Condition;
      readonly text: string;
      readonly holds: string;
      readonly fails: string;
    }
  /** The end of such a body. */
  | {
      readonly kind: "behind";
      readonly name: string;
      readonly args: readonly Expr[];
      /** Not within the body of another callee. */
      readonly isOutermost: boolean;
      /** Its result, or what it puts behind pointers, says what it has done to locks. */
      readonly tellsAll?: true;
    }
  | { readonly kind: "return"; readonly value: Value | undefined; readonly text: string }
  /** continue, break, goto: shown in a path, without effect. */
  | { readonly kind: "jump"; readonly text: string }
  | { readonly kind: "join" }
  | {
      readonly kind: "unreadable";
      readonly text: string;
      /** Of a macro, which is told as a call with an unknown effect: where the calls stand that it is given. */
      readonly given?: readonly number[];
    }
  | { readonly kind: "gap" }
  /** A path that ends here: BUG(), or the way out of a fragment's edge. */
  | { readonly kind: "stop" };

export interface FlowNode {
  readonly action: Action;
  readonly at: number;
  /** The node behind; where a branch's condition holds. -1 where there is none. */
  readonly next: number;
  /** Where a branch's condition does not hold. -1 elsewhere. */
  readonly otherwise: number;
  /** The function whose body, laid in the place of its call, it is part of. */
  readonly callee?: string;
}

/** A call of which nothing is known, and which is no step therefore. */
export interface UnknownCall {
  /** The callee as written. */
  readonly name: string;
  readonly args: readonly Expr[];
  /** It calls what a parameter of the function leads to. */
  readonly isCallback?: true;
  /** The node behind it. */
  readonly next: number;
}

export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly entry: number;
  readonly unknown: readonly UnknownCall[];
  /** The number that a name in capitals stands for, where the source says it. */
  readonly numberOf?: (constant: string) => number | undefined;
}
