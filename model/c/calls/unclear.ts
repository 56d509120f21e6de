import { type Action, type Flow, ZERO } from "../flow/graph.ts";
import {
  type CallOutcome,
  type Knowledge,
  type PlacedOperation,
  RETURNS_NOTHING,
} from "../knowledge/effect.ts";
import type { Expr } from "../syntax/ast.ts";
import type { ResolvedCalls, Unclear } from "./calls.ts";
import { CONTEXT, familyOf, type Key, keyText, pathAt } from "./key.ts";

type Named = Pick<ResolvedCalls, "keys" | "aliases">;

/** The key of the lock that a callee's operation is about, where the function has one. */
export function keyOf(
  placed: PlacedOperation,
  args: readonly Expr[],
  { keys, aliases }: Named,
): Key | undefined {
  const { operation } = placed;
  if (operation.kind === "enter" || operation.kind === "leave")
    return keys.find(({ object, text }) => object === operation.object && text === CONTEXT);
  const { operand = undefined } = "operand" in operation ? operation : {};
  if (operand === "result") return undefined;
  const path = pathAt(placed, args, aliases);
  const arg = operand === undefined ? undefined : args[operand];
  const text = arg ? keyText(arg, aliases, path) : path;
  return keys.find((key) => key.text === text && familyOf(key.object) === familyOf(operation.object));
}

/**
 * By the node behind the body of a callee: the locks that it leaves one way or another, by its conditions; and
 * bottom halves and interrupts where it switches them.
 */
export function unclearBehind({ nodes }: Flow, known: Knowledge, named: Named): ReadonlyMap<number, Unclear> {
  const unclear = new Map<number, Unclear>();
  for (const [node, { action, next }] of nodes.entries()) {
    if (action.kind !== "behind") continue;
    const { outcomes = [], switches = [] } = known.find(action.name, action.args) ?? {};
    const keysOf = (placed: readonly PlacedOperation[]) =>
      placed.flatMap((each) => keyOf(each, action.args, named) ?? []);
    const left = keysOf(outcomes.flatMap(({ forgets = [] }) => forgets));
    const passed = keysOf(outcomes.flatMap(({ mayPass = [] }) => mayPass));
    const isTold = outcomes.some(tellsCaller) && !(outcomes.length === 1 && outcomes.every(isOneValue));
    const contexts = switches.length > 0 ? named.keys.filter(isSwitch) : [];
    const isKnown = action.tellsAll === true && !isRenamed(left, nodes[next]?.action);
    const open = isKnown ? passed : [...left, ...passed, ...contexts];
    const keys = open.map(({ index }) => index);
    unclear.set(node, { keys: [...new Set(keys)], isLeft: left.length > 0, isTold, isKnown });
  }
  return unclear;
}

/** What always returns the same tells nothing. */
const tellsCaller = ({ name }: CallOutcome): boolean => name !== RETURNS_NOTHING;
const isOneValue = ({ returns, exactly }: CallOutcome): boolean => returns === ZERO || exactly !== undefined;

/** `box = box_take(box)`: by the same name the caller finds what it got. */
const isRenamed = (keys: readonly Key[], behind: Action | undefined): boolean =>
  behind?.kind === "assign" && keys.some(({ roots }) => roots.includes(behind.target));

const isSwitch = ({ object, text }: Key): boolean =>
  text === CONTEXT && (object === "bh" || object === "irq");
