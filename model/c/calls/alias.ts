import type { Action, Flow } from "../flow/graph.ts";
import { elementAt, hasEffects, placeOf, print, readsOf, stripped } from "../flow/print.ts";
import { calleeName, type Expr } from "../syntax/ast.ts";

/** What single-assignment variables stand for: `mm` for `vma->vm_mm`. */
export type Aliases = ReadonlyMap<string, Expr>;

/** Results of calls that give back one of their arguments, with that argument. */
export type GivenBack = ReadonlyMap<string, Expr>;

/** Variables assigned once, from a place that nothing assigns; or more often, but always the address of one variable; before any call is given what they lead to. */
export function aliasesOf(flow: Flow, givenBack: GivenBack = new Map()): Aliases {
  const assigned = assignments(flow);
  const sideOf = sidesBy(assigned, givenBack);
  const early = readBefore(flow);
  const reread = rereadIn(flow);
  const isGiven = givenTexts(flow);
  const isFixed = (read: string, name: string, right: Expr) =>
    isAddress(right) && /^\w+$/.test(read) && !early(name, read);
  const aliases = new Map<string, Expr>();
  for (const [name, actions] of assigned) {
    const right = sameSide(actions, sideOf);
    if (!right || !/^\w+$/.test(name) || !isPlaceOrAddress(right) || reread.has(print(right))) continue;
    const element = elementOf(right);
    if (element && !isGiven(print(element))) continue;
    const stable = readsToPoint(right).every(
      (read) =>
        read !== name &&
        (assigned.get(read)?.length ?? 0) <= (isLocal(read, aliases) || isFixed(read, name, right) ? 1 : 0),
    );
    if (stable && !early(name)) aliases.set(name, right);
  }
  return aliases;
}

/** Whether a call is given what has this text in it. */
function givenTexts({ nodes }: Flow): (text: string) => boolean {
  let texts: readonly string[] | undefined;
  return (text) => {
    texts ??= nodes.flatMap(({ action }) => (action.kind === "call" ? action.args.map(print) : []));
    return texts.some((each) => each.includes(text));
  };
}

/** The element of an array that it is the address of. */
function elementOf(right: Expr): Expr | undefined {
  const each = stripped(right);
  if (each.kind === "unary" && each.operator === "&" && each.operand.kind === "index") return each.operand;
  return elementAt(each);
}

/** The places that READ_ONCE() reads more than once: somebody changes them meanwhile. */
function rereadIn({ nodes }: Flow): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { action } of nodes) {
    const right = action.kind === "assign" && action.from ? assignedValue(action.from) : undefined;
    if (right?.kind !== "call" || calleeName(right) !== "READ_ONCE" || !right.args[0]) continue;
    const place = print(right.args[0]);
    (seen.has(place) ? again : seen).add(place);
  }
  return again;
}

const assignedValue = (from: Expr): Expr => (from.kind === "assign" ? from.right : from);

/** What all assignments have on their right side; of several, only an address that stays the same. */
function sameSide(actions: readonly Assignment[], sideOf: SideOf): Expr | undefined {
  const [right, ...others] = actions.map(sideOf);
  if (!right || others.length === 0) return right;
  const isSame = others.every((each) => each && print(each) === print(right));
  return isSame && /^&\w+$/.test(print(right)) ? right : undefined;
}

type SideOf = (each: Assignment) => Expr | undefined;

/** What an assignment's right side is, where it is a result: the argument that the call or a body in its place gives back. */
function sidesBy(assigned: Assigned, givenBack: GivenBack): SideOf {
  return function sideOf({ from, value }) {
    const result = value.kind === "copy" ? value.variable : "";
    const argument = givenBack.get(result);
    if (argument) return stripped(argument);
    const right = from && rightSide(from);
    const inside = right?.kind === "call" ? assigned.get(result) : undefined;
    return inside ? sameSide(inside, sideOf) : right;
  };
}

type Assigned = ReadonlyMap<string, readonly Assignment[]>;

/**
 * Whether a call can be given what a variable leads to on a path that has not assigned it; from where another one is
 * assigned, if it is given.
 */
export function readBefore({ nodes, entry }: Flow): (name: string, after?: string) => boolean {
  const reads = nodes.map(({ action }) =>
    action.kind === "call" ? new Set(action.args.flatMap(readsOf)) : undefined,
  );
  const behind = (target: string) =>
    nodes.flatMap(({ action, next }) => (action.kind === "assign" && action.target === target ? [next] : []));
  return (name, after) => {
    const seen = new Set<number>();
    const todo = after === undefined ? [entry] : behind(after);
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const from = nodes[node];
      if (!from || seen.has(node)) continue;
      seen.add(node);
      if (from.action.kind === "assign" && from.action.target === name) continue;
      if (reads[node]?.has(name)) return true;
      todo.push(from.next, from.otherwise);
    }
    return false;
  };
}

type Assignment = Action & { kind: "assign" };

function assignments(flow: Flow): Assigned {
  const found = new Map<string, Assignment[]>();
  const add = (target: string, ...more: readonly Assignment[]): void => {
    const known = found.get(target);
    if (known) known.push(...more);
    else found.set(target, [...more]);
  };
  for (const { action } of flow.nodes) {
    if (action.kind === "assign") add(action.target, action);
    for (const place of givenAddresses(action)) {
      const write: Assignment = { kind: "assign", target: place, value: { kind: "mask", mask: 7 } };
      add(place, write, write);
    }
  }
  return found;
}

/** Variables that a callee can assign by their address. */
function givenAddresses(action: Action): readonly string[] {
  if (action.kind === "forget") return action.variables.filter((each) => /^\w+$/.test(each));
  if (action.kind !== "call") return [];
  return action.args.flatMap((arg) =>
    arg.kind === "unary" && arg.operator === "&" ? (placeOf(arg.operand) ?? []) : [],
  );
}

/** What an expression reads; where a place is, does not depend on what it holds. */
function readsToPoint(right: Expr): readonly string[] {
  const address = right.kind === "unary" && right.operator === "&" ? placeOf(right.operand) : undefined;
  return readsOf(right).filter((read) => read !== address);
}

const isLocal = (name: string, aliases: Aliases): boolean => aliases.has(name);

const isAddress = (each: Expr): boolean => each.kind === "unary" && each.operator === "&";

function isPlaceOrAddress(expression: Expr): boolean {
  const each = stripped(expression);
  if (each.kind === "unary" && each.operator === "&")
    return placeOf(each.operand) !== undefined || isElement(each.operand);
  const element = elementAt(each);
  if (element) return isElement(element);
  if (each.kind === "call")
    return each.callee.kind === "name" && /^(?:page_folio|folio_page|\w+_lockptr)$/.test(each.callee.name);
  return placeOf(each) !== undefined;
}

/** What a step gives, by what its variable is once it is done. */
function stepped({ operator, operand, prefix }: Expr & { kind: "step" }): Expr {
  const back = operator === "++" ? "-" : "+";
  return prefix
    ? operand
    : { kind: "binary", operator: back, left: operand, right: { kind: "literal", text: "1" } };
}

/** One that a constant or a variable chooses. */
function isElement(place: Expr): boolean {
  const { base, index } = place.kind === "index" ? place : {};
  return base !== undefined && index !== undefined && placeOf(base) !== undefined && !hasEffects(index);
}

/** What an assignment's variable gets: the declared value, or the right side of `=`. */
export function rightSide(from: Expr): Expr | undefined {
  if (from.kind === "assign") return from.operator === "=" ? stripped(from.right) : undefined;
  return from.kind === "step" ? undefined : stripped(from);
}

/** Writes aliases out, a few levels deep. */
export function substitute(expression: Expr, aliases: Aliases, depth = 4): Expr {
  const each = stripped(expression);
  const go = (inner: Expr) => substitute(inner, aliases, depth);
  switch (each.kind) {
    case "name": {
      const alias = aliases.get(each.name);
      return alias && depth > 0 ? substitute(alias, aliases, depth - 1) : each;
    }
    case "member":
      return { ...each, base: go(each.base) };
    case "unary":
      return { ...each, operand: go(each.operand) };
    case "index":
      return { ...each, base: go(each.base), index: go(each.index) };
    case "step":
      return go(stepped(each));
    case "binary":
      return { ...each, left: go(each.left), right: go(each.right) };
    case "call":
      return { ...each, args: each.args.map(go) };
    default:
      return each;
  }
}
