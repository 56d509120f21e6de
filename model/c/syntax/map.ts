import type { Expr } from "./ast.ts";

/** The expression with each part replaced; statements within statement expressions stay as they are. */
export function mapParts(each: Expr, go: (part: Expr) => Expr): Expr {
  switch (each.kind) {
    case "member":
      return { ...each, base: go(each.base) };
    case "call":
      return { ...each, callee: go(each.callee), args: each.args.map(go) };
    case "unary":
    case "step":
      return { ...each, operand: go(each.operand) };
    case "index":
      return { ...each, base: go(each.base), index: go(each.index) };
    case "binary":
    case "comma":
    case "assign":
      return { ...each, left: go(each.left), right: go(each.right) };
    case "conditional":
      return { ...each, test: go(each.test), ...(each.yes && { yes: go(each.yes) }), no: go(each.no) };
    case "list":
      return { ...each, items: each.items.map(go) };
    default:
      return each;
  }
}
