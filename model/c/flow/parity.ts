import type { Expr } from "../syntax/ast.ts";
import type { FlowBuilder } from "./builder.ts";
import { POSITIVE, ZERO } from "./graph.ts";
import { placeOf } from "./print.ts";

/** Whether a sequence count is odd is a fact of its own: odd means that a lock is held. */
export function parityOf({ operator, left, right }: Expr & { kind: "binary" }): string | undefined {
  const place =
    operator === "&" && right.kind === "literal" && right.text === "1" ? placeOf(left) : undefined;
  return place === undefined ? undefined : parityName(place);
}

const parityName = (place: string): string => `${place} & 1`;

/** A literal tells whether it is odd. */
export function assignParity(target: string, right: Expr, flow: FlowBuilder): void {
  const innermost = right.kind === "assign" ? right.right : right;
  const digits = innermost.kind === "literal" ? /^\d+$/.exec(innermost.text)?.[0] : undefined;
  if (digits === undefined) return;
  const mask = Number(digits) % 2 === 0 ? ZERO : POSITIVE;
  flow.add({ kind: "assign", target: parityName(target), value: { kind: "mask", mask } });
}
