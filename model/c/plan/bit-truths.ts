import { rightSide } from "../calls/alias.ts";
import type { Action } from "../flow/graph.ts";
import { print, stripped } from "../flow/print.ts";
import type { Expr } from "../syntax/ast.ts";

/** What becomes of a condition's truth; it may stay true where it was, or false; undefined where nothing is known. */
export type Truth = boolean | "if true" | "if false" | undefined;

const BIT_TEST = /^(.+) & (\w+)$/;
/** A flag's name, or a number: what it is a mask of does not change. */
const CONSTANT = /^(?:[A-Z][A-Z0-9_]*|\d\w*)$/;

/**
 * What an assignment makes of `flags & FLAG`: that it is set by `flags |= FLAG` and cleared by `flags &= ~FLAG` and
 * `flags = 0`. Others may be masks of the same bits: setting them clears none, clearing them sets none.
 */
export function bitTruth(action: Action, condition: string): Truth {
  const [, variable, flag = ""] = BIT_TEST.exec(condition) ?? [];
  if (action.kind !== "assign" || action.target !== variable || !CONSTANT.test(flag) || !action.from)
    return undefined;
  const { from } = action;
  const right = from.kind === "assign" ? stripped(from.right) : from;
  switch (from.kind === "assign" ? from.operator : "=") {
    case "|=":
      return withBits(right, flag, [true, "if true"]);
    case "&=":
      return right.kind === "unary" && right.operator === "~"
        ? withBits(stripped(right.operand), flag, [false, "if false"])
        : undefined;
    default:
      return assignedBits(rightSide(from), flag);
  }
}

function assignedBits(right: Expr | undefined, flag: string): Truth {
  if (!right) return undefined;
  return right.kind === "literal" && /^0[xX]?0*[uUlL]*$/.test(right.text)
    ? false
    : withBits(right, flag, [true, undefined]);
}

/** The first truth where the flag is among the bits, the other one where all of them are constants. */
function withBits(bits: Expr, flag: string, [among, others]: readonly [Truth, Truth]): Truth {
  const all = alternatives(bits).map(print);
  if (all.includes(flag)) return among;
  return all.every((each) => CONSTANT.test(each)) ? others : undefined;
}

function alternatives(bits: Expr): readonly Expr[] {
  const each = stripped(bits);
  return each.kind === "binary" && each.operator === "|"
    ? [...alternatives(each.left), ...alternatives(each.right)]
    : [each];
}
