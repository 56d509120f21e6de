import { ANY, type Flow, type Value } from "../flow/graph.ts";
import { elementAt, hasEffects, placeOf, print, stripped } from "../flow/print.ts";
import type { PlacedOperation } from "../knowledge/effect.ts";
import type { Expr } from "../syntax/ast.ts";
import { type Aliases, rightSide, substitute } from "./alias.ts";

/** One lock, or one mapping of a page table, as a function's text names it. */
export interface Key {
  readonly index: number;
  /** The lock class: ptl, spinlock, mutex, pte-table, ... */
  readonly object: string;
  /** E.g. `zone->lock`, `ptl`. */
  readonly text: string;
  /** Holding it forbids to sleep. */
  readonly spinning: boolean;
  /** Variables whose assignment makes the text mean another lock. */
  readonly roots: readonly string[];
  readonly acquired: boolean;
  readonly released: boolean;
}

/** What stands for the path of a lock in the key of a context. */
export const CONTEXT = "context";

/** Known by the pointer that leads there, which may move along. */
export const isMapping = ({ object }: Pick<Key, "object">): boolean =>
  object === "pte-table" || object === "kmap";

/** Interrupt flags are saved and restored: no lock, and nothing that a return must give back. */
export const isFlags = ({ object }: Pick<Key, "object">): boolean => object === "irq-flags";

/** A list of the function's own, which is held while something is on it. */
export const isList = ({ object }: Pick<Key, "object">): boolean => object === "list";

/** Nothing that a function gives to its caller, or takes from it. */
export const isPrivate = (key: Pick<Key, "object">): boolean => isFlags(key) || isList(key);

/** A lock by its kind and its last name, by which functions that reach it otherwise may mean the same. */
export const lockName = ({ object, text }: Pick<Key, "object" | "text">): string =>
  `${object} ${/(?:->|\.)(\w+)[^>.]*$/.exec(text)?.[1] ?? text}`;

/** What is not known of locks behind a function that changes one which its caller cannot name: those called the same. */
export const taintOf = (key: Pick<Key, "object" | "text">): string =>
  isPrivate(key) || isMapping(key) || isPointer(key) ? key.object : lockName(withoutArguments(key));

/** Whether nothing is known of a lock where those of these kinds and names are tainted. */
export function isTainted(key: Pick<Key, "object" | "text">, taints: readonly string[] | "all"): boolean {
  if (taints === "all" || taints.includes(key.object)) return true;
  // A pointer may lead to any of its kind.
  return isPointer(key)
    ? taints.some((each) => each.startsWith(`${key.object} `))
    : taints.includes(lockName(withoutArguments(key)));
}

const isPointer = ({ text }: Pick<Key, "text">): boolean => /^[#\w]+$/.test(text);

/** What a function returns is one lock by its name. */
const withoutArguments = ({ object, text }: Pick<Key, "object" | "text">) => ({
  object,
  text: text.replace(/^(\w+)\(.*\)$/s, "$1()"),
});

/** Whether the path is that of the lock; of an mmap lock the calls name the mm alone. */
export function isNamed(key: Pick<Key, "object" | "text">, path: string): boolean {
  if (isMapping(key) || isPrivate(key)) return false;
  return key.text === path || (key.object === "mmap_lock" && path === `${key.text}->mmap_lock`);
}

/** A path to a lock without the operators that lead to it: `&zone->lock` and `zone->lock` are one lock. */
export function keyText(operand: Expr, aliases: Aliases, path = ""): string {
  const whole = normal(substitute(operand, aliases));
  const behind = path.startsWith(BEHIND) ? path.slice(BEHIND.length) : undefined;
  return bareText(print(bare(whole))) + (behind ?? (isAddress(whole) ? path.replace(/^->/, ".") : path));
}

/** What `x + i` points to is reached as by `&x[i]`. */
function normal(operand: Expr): Expr {
  const each = stripped(operand);
  const element = elementAt(each);
  return element ? { kind: "unary", operator: "&", operand: element } : each;
}

/** Begins a path that leads on from the pointer which the operand points to: `->lock` of `*box`, given `&box`. */
const BEHIND = "*";

/** The path behind the pointer that an argument points to. */
export const behindPointer = (path: string): string => BEHIND + path;

/** What leads on from the address of an object is a member of the object. */
const isAddress = (each: Expr): boolean =>
  each.kind === "unary" && each.operator === "&" && stripped(each.operand).kind !== "unary";

/** The path of a callee's lock as the call's arguments choose it: `->lock[1]` for `->lock[index]`. */
export function pathAt(
  { path, indices = [] }: PlacedOperation,
  args: readonly Expr[],
  aliases: Aliases,
): string | undefined {
  const chosen = new Map(indices.flatMap(({ name, position }) => indexAt(name, args[position], aliases)));
  return path?.replace(/\[[^\]]*\]/g, (index) =>
    index.replace(/[A-Za-z_]\w*/g, (name) => chosen.get(name) ?? name),
  );
}

const indexAt = (
  name: string,
  arg: Expr | undefined,
  aliases: Aliases,
): readonly (readonly [string, string])[] =>
  arg && !hasEffects(arg) ? [[name, print(substitute(arg, aliases))]] : [];

function bare(expression: Expr): Expr {
  const each = stripped(expression);
  if (each.kind === "unary" && (each.operator === "&" || each.operator === "*"))
    return bare(elementAt(each.operand) ?? each.operand);
  const wrapped = each.kind === "call" && each.callee.kind === "name" && each.callee.name === "page_folio";
  return wrapped && each.args[0] ? bare(each.args[0]) : each;
}

/** The text without the operators that lead to the lock. */
export const bareText = (text: string): string => text.replace(/^[&*]+/, "");

/** Locks of one family under one text are one lock, however the calls name their class. */
export function familyOf(object: string): string {
  return object === "ptl" ? "spinlock" : object;
}

/** Which variables receive a call's result: the first is what the source names it by. */
export function resultTargets(flow: Flow): ReadonlyMap<string, readonly string[]> {
  const copies = new Map<string, string[]>();
  for (const { action } of flow.nodes) {
    if (action.kind !== "assign" || !("variable" in action.value) || !isTemporary(action.value.variable))
      continue;
    const source = action.value.variable;
    copies.set(source, [...(copies.get(source) ?? []), action.target]);
  }
  const follow = (name: string): readonly string[] =>
    (copies.get(name) ?? []).flatMap((target) => (isTemporary(target) ? follow(target) : [target]));
  return new Map([...copies.keys()].map((name) => [name, follow(name)]));
}

/** A name that no source can contain: what the flow calls a value between two steps. */
const isTemporary = (name: string): boolean => name.startsWith("#");

/** Variables that point into the same mapping: each stands for its group. */
export function pointerGroups(flow: Flow): (name: string) => string {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    const up = parent.get(name);
    return up === undefined ? name : find(up);
  };
  const union = (one: string, other: string): void => {
    const [low, high] = [find(one), find(other)].sort(namedFirst);
    if (low !== undefined && high !== undefined && low !== high) parent.set(high, low);
  };
  for (const { action } of flow.nodes) {
    if (action.kind !== "assign" || isKnown(action.value)) continue;
    const source =
      action.value.kind === "copy"
        ? action.value.variable
        : pointerBase(action.from && rightSide(action.from));
    if (source !== undefined && !isTemporary(source)) union(action.target, source);
  }
  return find;
}

/** A constant points nowhere: `p = q = NULL` makes no pair of p and q. */
const isKnown = (value: Value): boolean =>
  value.kind === "named" || (value.kind === "mask" && value.mask !== ANY);

/** A group is called by a variable of the source rather than by a temporary. */
function namedFirst(one: string, other: string): number {
  const [first, second] = [isTemporary(one), isTemporary(other)];
  return first === second ? one.localeCompare(other) : first ? 1 : -1;
}

/** The pointer that an expression moves along: `pte` of `pte + nr`, `pte++`, `&pte[i]`. */
export function pointerBase(expression: Expr | undefined): string | undefined {
  if (!expression) return undefined;
  const each = stripped(expression);
  if (each.kind === "binary" && (each.operator === "+" || each.operator === "-"))
    return pointerBase(each.left);
  if (each.kind === "step") return pointerBase(each.operand);
  if (each.kind === "assign") return pointerBase(each.left);
  if (each.kind === "unary" && each.operator === "&" && each.operand.kind === "index")
    return pointerBase(each.operand.base);
  if (each.kind === "index") return pointerBase(each.base);
  return placeOf(each);
}

/** The pointer that must not be NULL where the lock is taken, by all its names. */
export function pointerTo({ object, text }: Key, aliases: Aliases): readonly string[] {
  const end = object === "ptl" || /^\w+$/.test(text) ? text.length : text.lastIndexOf("->");
  if (end <= 0) return [];
  const pointer = text.slice(0, end);
  const others = [...aliases].flatMap(([name, each]) => (keyText(each, aliases) === pointer ? [name] : []));
  return [pointer, ...others];
}

const PATH = /[A-Za-z_]\w*(?:(?:->|\.)\w+)+/g;

/** The names in a key's text that are variables, with the paths that lead to it. */
export function rootsOf(text: string): readonly string[] {
  const roots: string[] = [];
  for (
    let end = text.length;
    end > 0;
    end = Math.max(text.lastIndexOf("->", end - 1), text.lastIndexOf(".", end - 1))
  ) {
    roots.push(text.slice(0, end));
  }
  const inside = [...text.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name);
  const indices = [...text.matchAll(/\[[^\]]*\]/g)].flatMap(([index]) => index.match(PATH) ?? []);
  return [...new Set([...roots, ...indices, ...(/[([]|[^-]>|[-+*/] /.test(text) ? inside : [])])];
}
