import {
  allowsSleep,
  asksForSleep,
  clearsSleep,
  FLAG_OF_SLEEP,
  FLAGS_ASLEEP,
  FLAGS_AWAKE,
  isFlagOfSleep,
} from "../../kernel/table/gfp.ts";
import { type CallExpr, calleeName, type Expr } from "../syntax/ast.ts";
import { branchOn } from "./condition.ts";
import type { Building } from "./expression.ts";
import { POSITIVE, UNKNOWN, type Value, ZERO } from "./graph.ts";
import { placeOf, print, stripped } from "./print.ts";

/** Lays a call that sleeps where its flags allow it: one for each choice of flags that is known where it stands. */
export function layAllocation(
  call: CallExpr,
  name: string,
  on: Building,
  lay: (args: readonly Expr[]) => void,
): void {
  const position = on.calls.flagsArgument?.(name);
  const flags = position === undefined ? undefined : call.args[position];
  if (!flags) lay(call.args);
  else
    layFlags(stripped(flags), on, (chosen) =>
      lay(call.args.map((arg, at) => (at === position ? chosen : arg))),
    );
}

function layFlags(flags: Expr, on: Building, lay: (flags: Expr) => void): void {
  if (flags.kind === "conditional" && flags.yes) {
    const { yes, no } = flags;
    const sides = branchOn(flags.test, on);
    layBoth(sides, on, [() => layFlags(stripped(yes), on, lay), () => layFlags(stripped(no), on, lay)]);
    return;
  }
  const value = flagsValue(flags, valueOfName(flags), on);
  if (value?.kind !== "copy") {
    lay(flags);
    return;
  }
  const sides = on.flow.branch({
    kind: "branch",
    condition: { kind: "sign", variable: value.variable, mask: POSITIVE, known: true },
    text: `${print(flags)} & ${FLAG_OF_SLEEP}`,
    holds: "true",
    fails: "false",
  });
  const named = (name: string): Expr => ({ kind: "name", name });
  layBoth(sides, on, [() => lay(named(FLAGS_ASLEEP)), () => lay(named(FLAGS_AWAKE))]);
}

function layBoth(
  { yes, no }: ReturnType<typeof branchOn>,
  { flow }: Building,
  [first, second]: readonly [() => void, () => void],
): void {
  flow.exits = yes;
  first();
  const ends = flow.exits;
  flow.exits = no;
  second();
  flow.exits = [...ends, ...flow.exits];
}

/** The flags of which an expression asks whether they allow a sleep. */
export function flagsAskedFor(each: CallExpr | (Expr & { kind: "binary" })): Expr | undefined {
  if (each.kind === "call") return asksForSleep(calleeName(each) ?? "") ? each.args[0] : undefined;
  return each.operator === "&" && isFlagOfSleep(print(stripped(each.right))) ? each.left : undefined;
}

/** Whether flags allow a sleep: positive, zero, or as a fact; undefined where it is not known. */
export const sleepOfFlags = (flags: Expr, on: Building): Value | undefined =>
  flagsValue(stripped(flags), valueOfName(stripped(flags)), on);

/** The fact that flags in a variable allow a sleep. */
const factOf = (place: string): string => `${place} & ${FLAG_OF_SLEEP}`;

interface FlagsAssignment {
  readonly target: string;
  readonly right: Expr;
  /** `=` where absent. */
  readonly operator?: string;
}

/** Notes whether the flags that a variable gets allow a sleep; `value` is what else is known of them. */
export function assignFlags(
  { target, right, operator = "=" }: FlagsAssignment,
  value: Value,
  on: Building,
): void {
  const { flow } = on;
  const known =
    operator === "=" ? flagsValue(stripped(right), value, on) : combined(operator, target, right, on);
  if (!known && !flow.flags.has(target)) return;
  flow.flags.add(target);
  if (known?.kind === "copy" && known.variable === factOf(target)) return;
  flow.add({ kind: "assign", target: factOf(target), value: known ?? UNKNOWN });
}

function combined(operator: string, target: string, right: Expr, on: Building): Value | undefined {
  const own: Expr = { kind: "name", name: target };
  if (!on.flow.flags.has(target) || (operator !== "|=" && operator !== "&=")) return undefined;
  return flagsValue({ kind: "binary", operator: operator.slice(0, 1), left: own, right }, UNKNOWN, on);
}

/** Whether flags allow a sleep: positive, zero, or as another variable's; undefined where it is not known. */
function flagsValue(flags: Expr, value: Value, on: Building): Value | undefined {
  if (value.kind === "copy" && on.flow.flags.has(value.variable))
    return { kind: "copy", variable: factOf(value.variable) };
  const text = print(flags);
  if (!/GFP/.test(text) && flags.kind !== "binary") return undefined;
  if (!/\b[a-z]/.test(text)) return /GFP/.test(text) ? mask(allowsSleep(text)) : undefined;
  if (flags.kind !== "binary") return undefined;
  const left = flagsValue(stripped(flags.left), valueOfName(flags.left), on);
  if (flags.operator === "&")
    return clearsSleep(print(flags.right)) ? mask(false) : isCleared(flags.right) ? left : undefined;
  const right = flagsValue(stripped(flags.right), valueOfName(flags.right), on);
  return flags.operator === "|" && left && right ? eitherOf(left, right) : undefined;
}

const isCleared = (each: Expr): boolean => each.kind === "unary" && each.operator === "~";

const mask = (allows: boolean): Value => ({ kind: "mask", mask: allows ? POSITIVE : ZERO });

function eitherOf(left: Value, right: Value): Value | undefined {
  const sides = [left, right];
  if (sides.some((each) => each.kind === "mask" && each.mask === POSITIVE)) return mask(true);
  const open = sides.filter((each) => each.kind === "copy");
  return open.length > 1 ? undefined : (open[0] ?? mask(false));
}

function valueOfName(each: Expr): Value {
  const place = placeOf(each);
  return place === undefined ? UNKNOWN : { kind: "copy", variable: place };
}
