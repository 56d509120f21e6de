import { sequence } from "../../ir/compose.ts";
import { constant } from "../../ir/expression.ts";
import type { Event, Update } from "../../ir/model.ts";
import type { Context } from "../../kernel/operation.ts";
import type { ResolvedOperation, ResolvedOutcome } from "../calls/calls.ts";
import { isFlags, isList, type Key } from "../calls/key.ts";
import { enablesInterrupts } from "../program/flags.ts";
import { acquired, believed, entered, left, released, relocked } from "./changes.ts";
import { setStatus } from "./status.ts";

/** An event with the lock it is about, and the lock that its context comes and goes with. */
export interface LockEvent extends Event {
  readonly key?: number;
  readonly coupled?: number;
  /** The lock that is released with an unmapping. */
  readonly releasedWith?: number;
}

/** What the calls of a function act on: its locks and mappings, and the contexts it enters by themselves. */
export interface Bindings {
  readonly keys: readonly Key[];
  contextKey(context: Context): Key | undefined;
}

/** Adds a key for each context that some call enters or leaves without a lock. */
export function bindings(keys: readonly Key[], outcomes: Iterable<readonly ResolvedOutcome[]>): Bindings {
  const contexts = new Map<string, Key>();
  for (const { operation, coupled } of operationsOf(outcomes)) {
    const { kind, object } = operation;
    if (coupled !== undefined || (kind !== "enter" && kind !== "leave")) continue;
    const known = contexts.get(object);
    const index = known?.index ?? keys.length + contexts.size;
    contexts.set(object, {
      index,
      object,
      text: CONTEXT,
      spinning: false,
      roots: [],
      acquired: known?.acquired || kind === "enter",
      released: known?.released || kind === "leave",
    });
  }
  return { keys: [...keys, ...contexts.values()], contextKey: (context) => contexts.get(context) };
}

function* operationsOf(outcomes: Iterable<readonly ResolvedOutcome[]>): Iterable<ResolvedOperation> {
  for (const each of outcomes) for (const { does } of each) yield* does;
}

/** What stands for the path of a lock in the key of a context. */
export const CONTEXT = "context";

export interface Happening {
  readonly events: readonly LockEvent[];
  readonly updates: readonly Update[];
}

/** What the operations of one outcome do, one after another. Contexts are left before their lock goes. */
export function happen(operations: readonly ResolvedOperation[], bound: Bindings): Happening {
  const leaves = operations.filter(
    ({ operation, coupled }) => operation.kind === "leave" && coupled !== undefined,
  );
  const ordered = [...leaves, ...operations.filter((each) => !leaves.includes(each))];
  const lost = enablesInterrupts(operations) ? bound.keys.filter(isFlags) : [];
  const events: readonly LockEvent[] = [
    ...ordered.flatMap((each) => eventOf(each, bound)),
    ...(lost.length > 0 ? [{ kind: "enable", object: "irq", updates: tainted(lost) }] : []),
  ];
  return { events, updates: sequence(events.map((each) => each.updates)) };
}

function eventOf(
  { operation, key, coupled, releasedWith }: ResolvedOperation,
  bound: Bindings,
): readonly LockEvent[] {
  const { kind, object } = operation;
  if (kind === "drain") return [{ kind, object, updates: tainted(bound.keys.filter(isList)) }];
  const context = kind === "enter" || kind === "leave" ? bound.contextKey(operation.object) : undefined;
  const own = coupled === undefined ? (context ?? keyAt(bound, key)) : undefined;
  if (kind === "leave" && isUnjudged(bound, context, coupled))
    return own ? [{ kind: "left", object, updates: updatesOf(operation, own) }] : [];
  if (own === undefined && KEYED.has(kind)) return [];
  const mode = "mode" in operation && operation.mode !== undefined ? { mode: operation.mode } : {};
  const about = own ? { key: own.index, instance: constant(own.index) } : {};
  if (own && "regardless" in operation && operation.regardless) {
    return [
      {
        kind: "relock",
        object: own.object,
        ...about,
        updates: [relocked(own, kind === "acquire" || kind === "save")],
      },
    ];
  }
  const named = own && (kind === "acquire" || kind === "release") ? own.object : object;
  return [
    {
      kind,
      object: named,
      ...mode,
      ...about,
      ...(coupled !== undefined && { coupled }),
      ...(releasedWith !== undefined && { releasedWith }),
      updates: own ? updatesOf(operation, own) : [],
    },
  ];
}

/** Without a key they are about nothing that the function's model knows of. */
const KEYED: ReadonlySet<string> = new Set([
  "acquire",
  "release",
  "map",
  "unmap",
  "access",
  "save",
  "restore",
  "believe",
  "declare",
  "fill",
]);

/**
 * A context that the function only leaves was entered by someone it can't see; one that goes with a plain
 * lock is judged as that lock.
 */
function isUnjudged(bound: Bindings, context: Key | undefined, coupled: number | undefined): boolean {
  if (coupled === undefined) return context?.acquired === false;
  return !["ptl", "pte-table"].includes(keyAt(bound, coupled)?.object ?? "");
}

function keyAt(bound: Bindings, index: number | undefined): Key | undefined {
  return index === undefined ? undefined : bound.keys[index];
}

function updatesOf({ kind, ...rest }: ResolvedOperation["operation"], key: Key): readonly Update[] {
  switch (kind) {
    case "acquire":
    case "map":
    case "save":
      return [acquired(key, "mode" in rest && rest.mode === "shared")];
    case "believe":
      return believedUpdates(key, "mode" in rest ? rest.mode : undefined);
    case "fill":
      return [setStatus(key, "held")];
    case "declare":
      return [setStatus(key, "untouched")];
    case "enter":
      return [entered(key, "mode" in rest && rest.mode === "nesting")];
    case "leave":
      return [left(key)];
    case "release":
    case "unmap":
    case "restore":
      return [released(key)];
    default:
      return [];
  }
}

function believedUpdates(key: Key, mode: unknown): readonly Update[] {
  if (mode === "taken" || mode === "released") return [relocked(key, mode === "taken")];
  return [believed(key, mode === "held-shared")];
}

/** Nothing is known any more of these locks. */
export const tainted = (keys: readonly Key[]): readonly Update[] =>
  keys.map((key) => setStatus(key, "unknown"));
