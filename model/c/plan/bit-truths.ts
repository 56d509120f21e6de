import { rightSide } from "../calls/alias.ts";
import type { Action } from "../flow/graph.ts";
import { print, stripped } from "../flow/print.ts";
import type { Expr } from "../syntax/ast.ts";

/** What becomes of a condition's truth: it stays as it is, or true where it was, or false; undefined where nothing is known. */
export type Truth = boolean | "as it is" | "if true" | "if false" | undefined;

const BIT_TEST = /^(.+) & (\w+)$/;
/** A flag's name, or a number: what it is a mask of does not change. */
const CONSTANT = /^(?:[A-Z][A-Z0-9_]*|\d\w*)$/;

/**
 * What an assignment makes of `flags & FLAG`: that it is set by `flags |= FLAG` and cleared by `flags &= ~FLAG` and
 * `flags = 0`. Others may be masks of the same bits, unless their numbers are known: setting them clears none, clearing
 * them sets none.
 */
export function bitTruth(action: Action, condition: string, numberOf: NumberOf = () => undefined): Truth {
  const [, variable, flag = ""] = BIT_TEST.exec(condition) ?? [];
  if (action.kind !== "assign" || action.target !== variable || !CONSTANT.test(flag) || !action.from)
    return undefined;
  const { from } = action;
  const right = from.kind === "assign" ? stripped(from.right) : from;
  const bits = (of: Expr) => sharedBits(of, flag, numberOf);
  switch (from.kind === "assign" ? from.operator : "=") {
    case "|=":
      return ({ all: true, some: true, none: "as it is", perhaps: "if true", unknown: undefined } as const)[
        bits(right)
      ];
    case "&=": {
      const cleared = right.kind === "unary" && right.operator === "~" ? bits(right.operand) : "unknown";
      return (
        { all: false, some: "if false", none: "as it is", perhaps: "if false", unknown: undefined } as const
      )[cleared];
    }
    default:
      return assignedBits(rightSide(from), bits);
  }
}

type NumberOf = (constant: string) => number | undefined;

/** Whether bits have all of a flag's among them, some or none. */
type Shared = "all" | "some" | "none" | "perhaps" | "unknown";

function assignedBits(right: Expr | undefined, bits: (of: Expr) => Shared): Truth {
  if (!right) return undefined;
  if (right.kind === "literal" && /^0[xX]?0*[uUlL]*$/.test(right.text)) return false;
  return ({ all: true, some: true, none: false, perhaps: undefined, unknown: undefined } as const)[
    bits(right)
  ];
}

function sharedBits(bits: Expr, flag: string, numberOf: NumberOf): Shared {
  const all = alternatives(bits).map(print);
  if (all.includes(flag)) return "all";
  if (!all.every((each) => CONSTANT.test(each))) return "unknown";
  const asked = numberIn(flag, numberOf);
  const numbers = all.map((each) => numberIn(each, numberOf));
  if (asked === undefined || numbers.includes(undefined)) return "perhaps";
  const shared = numbers.reduce<number>((one, other = 0) => one | other, 0) & asked;
  return shared === 0 ? "none" : shared === asked ? "all" : "some";
}

const numberIn = (constant: string, numberOf: NumberOf): number | undefined =>
  /^\d/.test(constant) ? Number(constant.replace(/[uUlL]+$/, "")) : numberOf(constant);

function alternatives(bits: Expr): readonly Expr[] {
  const each = stripped(bits);
  return each.kind === "binary" && each.operator === "|"
    ? [...alternatives(each.left), ...alternatives(each.right)]
    : [each];
}
