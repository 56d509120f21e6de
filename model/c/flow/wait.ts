import type { CallExpr, Expr } from "../syntax/ast.ts";
import type { Exits } from "./builder.ts";
import { branchOn } from "./condition.ts";
import type { Building } from "./expression.ts";
import { type Mask, NEGATIVE, POSITIVE, type Value, ZERO } from "./graph.ts";
import { loopForgets } from "./loop.ts";

/**
 * Lays wait_event() whose condition does something to locks (include/linux/wait.h: ___wait_event): it sleeps, and
 * goes on with what a condition that holds leaves behind. One that may give up goes on with what it leaves where
 * it does not hold.
 */
export function layWait(name: string, each: CallExpr, condition: Expr, on: Building): Value {
  const { flow } = on;
  const result = flow.temporary();
  const head = flow.add({ kind: "join" }, each.at);
  flow.add({ kind: "call", name, call: each, args: each.args, result: flow.temporary() }, each.at);
  const { yes, no } = branchOn(condition, on);
  flow.exits = no;
  const forgets = loopForgets(flow.actionsFrom(head), []);
  if (forgets.length > 0) flow.add({ kind: "forget", variables: [], conditions: forgets });
  const { done, failed } = resultsOf(name);
  const ends = failed === 0 ? [] : endWith(result, gaveUp(on), failed, on);
  flow.lead(flow.exits, head);
  flow.exits = [...ends, ...endWith(result, yes, done, on)];
  return { kind: "copy", variable: result };
}

/** The exits of a wait that gives up; building goes on where it does not. */
function gaveUp({ flow }: Building): Exits {
  const text = "the wait";
  const condition = { kind: "unknown" } as const;
  const { yes, no } = flow.branch({ kind: "branch", condition, text, holds: "gives up", fails: "goes on" });
  flow.exits = no;
  return yes;
}

/** Assigns the result at these exits; building goes on where it did. */
function endWith(result: string, exits: Exits, mask: Mask, { flow }: Building): Exits {
  const here = flow.exits;
  flow.exits = exits;
  flow.add({ kind: "assign", target: result, value: { kind: "mask", mask } });
  const ends = flow.exits;
  flow.exits = here;
  return ends;
}

/** What it returns where the condition holds, and where it gave up: after a time 0, for a signal an error. */
function resultsOf(name: string): { readonly done: Mask; readonly failed: Mask } {
  const isTimed = /timeout/.test(name);
  const isInterruptible = /interruptible|killable|freezable/.test(name);
  return {
    done: isTimed ? POSITIVE : ZERO,
    failed: (isTimed ? ZERO : 0) | (isInterruptible ? NEGATIVE : 0),
  };
}
