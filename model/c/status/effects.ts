import { sequence } from "../../ir/compose.ts";
import { constant } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import type { ResolvedCalls, ResolvedOperation } from "../calls/calls.ts";
import { isFlags, isList, type Key } from "../calls/key.ts";
import type { LockEvent } from "../program/binding.ts";
import {
  acquired,
  assumed,
  entered,
  irqsRestored,
  irqsSet,
  left,
  moved,
  passed,
  released,
  releasedByOther,
  relocked,
  saidToBeTaken,
} from "./changes.ts";
import { saidUpdates } from "./said.ts";
import { setStatus } from "./status.ts";

export interface Effects {
  readonly events: readonly LockEvent[];
  readonly updates: readonly Update[];
}

/** What the operations of one outcome do, one after another. Contexts are left before their lock goes. */
export function effectsOf(operations: readonly ResolvedOperation[], calls: ResolvedCalls): Effects {
  const leaves = operations.filter(
    ({ operation, coupled }) => operation.kind === "leave" && coupled !== undefined,
  );
  const ordered = [...leaves, ...operations.filter((each) => !leaves.includes(each))];
  const lost = enablesInterrupts(operations) ? calls.keys.filter(isFlags) : [];
  const events: readonly LockEvent[] = [
    ...ordered.flatMap((each) => [...mistakes(each), ...eventOf(each, calls)]),
    ...exposures(operations, calls),
    ...(lost.length > 0 ? [{ kind: "enable", object: "irq", updates: tainted(lost) }] : []),
  ];
  return { events, updates: sequence(events.map((each) => each.updates)) };
}

/** The locks that interrupt handlers may take and that are not released here: interrupts go on all the same. */
function exposures(operations: readonly ResolvedOperation[], calls: ResolvedCalls): readonly LockEvent[] {
  const enables = operations.some(({ operation, absolute }) => operation.kind === "leave" && absolute);
  if (!enables) return [];
  const touched = new Set(operations.map(({ key }) => key));
  const released = operations.flatMap(({ operation, key }) => (operation.kind === "release" ? [key] : []));
  const isByAnotherName = (exposed: number) =>
    released.some((key) => isSameElsewhere(keyAt(calls, key), keyAt(calls, exposed)));
  const exposed = [...calls.takenWithIrqsOff].filter((key) => !touched.has(key) && !isByAnotherName(key));
  return exposed.flatMap((key) => {
    const object = keyAt(calls, key)?.object;
    return object === undefined
      ? []
      : [{ kind: "expose", object, key, instance: constant(key), updates: [] }];
  });
}

/** The function never takes what it releases by this name, and takes one of its kind by another. */
const isSameElsewhere = (released: Key | undefined, taken: Key | undefined): boolean =>
  released?.acquired === false && lastOf(released) === lastOf(taken);

const lastOf = (key: Key | undefined): string | undefined => key?.text.match(/\w+$/)?.[0];

/** What is wrong whatever the lock's status. */
const mistakes = ({ isForeign, key }: ResolvedOperation): readonly LockEvent[] =>
  isForeign && key !== undefined
    ? [{ kind: "mistake", object: "srcu-index", key, instance: constant(key), updates: [] }]
    : [];

function eventOf(resolved: ResolvedOperation, calls: ResolvedCalls): readonly LockEvent[] {
  const { operation, key, coupled, releasedWith } = resolved;
  const { kind, object } = operation;
  if (kind === "drain") return [{ kind, object, updates: tainted(calls.keys.filter(isList)) }];
  const context = kind === "enter" || kind === "leave" ? calls.contexts.get(operation.object) : undefined;
  const own = coupled === undefined ? (context ?? keyAt(calls, key)) : undefined;
  if (kind === "leave" && isUnjudged(calls, context, coupled))
    return own ? [{ kind: "left", object, updates: updatesOf(resolved, own) }] : [];
  if (own === undefined && KEYED.has(kind)) return [];
  // Who never takes the lock by a call that is known may take it by one that is not.
  if (kind === "require" && own?.acquired === false) return [];
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
  const named = own && NAMED.has(kind) ? own.object : object;
  const before: readonly LockEvent[] =
    resolved.another && own ? [{ kind: "another", object, ...about, updates: [moved(own)] }] : [];
  return [
    ...before,
    {
      kind,
      object: named,
      ...mode,
      ...about,
      ...(coupled !== undefined && { coupled }),
      ...(releasedWith !== undefined && { releasedWith }),
      ...(resolved.chain && { chain: resolved.chain }),
      ...(resolved.listed && { listed: resolved.listed }),
      ...(resolved.confirmed && { confirmed: resolved.confirmed }),
      updates: own ? changesOf(resolved, own, calls) : [],
    },
  ];
}

const changesOf = (resolved: ResolvedOperation, own: Key, calls: ResolvedCalls): readonly Update[] => [
  ...updatesOf(resolved, own),
  ...copiesReleased(resolved, own, calls),
  ...saidUpdates(resolved, calls),
];

/** A lock that is known by another pointer by now may be that one's. */
function copiesReleased({ operation }: ResolvedOperation, key: Key, calls: ResolvedCalls): readonly Update[] {
  const copies = operation.kind === "release" ? (calls.copies.get(key.index) ?? []) : [];
  return copies.flatMap((index) => calls.keys[index] ?? []).map((copy) => releasedByOther(copy, key));
}

/** Judged by the class of their lock. */
const NAMED: ReadonlySet<string> = new Set(["acquire", "release", "acquire-release", "require"]);

/** Without a key they are about nothing that the function's model knows of. */
const KEYED: ReadonlySet<string> = new Set([
  "acquire",
  "release",
  "acquire-release",
  "map",
  "unmap",
  "access",
  "save",
  "restore",
  "assume",
  "require",
  "wait",
  "declare",
  "fill",
]);

/**
 * A context that the function only leaves was entered by someone it can't see; one that goes with a plain
 * lock is judged as that lock.
 */
function isUnjudged(calls: ResolvedCalls, context: Key | undefined, coupled: number | undefined): boolean {
  if (coupled === undefined) return context?.acquired === false;
  return !["ptl", "pte-table"].includes(keyAt(calls, coupled)?.object ?? "");
}

function keyAt(calls: ResolvedCalls, index: number | undefined): Key | undefined {
  return index === undefined ? undefined : calls.keys[index];
}

function updatesOf({ operation, absolute }: ResolvedOperation, key: Key): readonly Update[] {
  const { kind, ...rest } = operation;
  switch (kind) {
    case "acquire":
    case "map":
    case "save":
      return [acquired(key, "mode" in rest && rest.mode === "shared")];
    case "acquire-release":
      return [passed(key)];
    case "assume":
      return assumedUpdates(key, "mode" in rest ? rest.mode : undefined);
    case "fill":
      return [setStatus(key, "held")];
    case "declare":
      return [setStatus(key, "untouched")];
    case "enter":
      if (absolute) return [irqsSet(key, true)];
      return [entered(key, "mode" in rest && rest.mode === "nesting")];
    case "leave":
      if (absolute) return [irqsSet(key, false)];
      return [key.object === "irq" ? irqsRestored(key) : left(key)];
    case "release":
    case "unmap":
    case "restore":
      return [released(key)];
    default:
      return [];
  }
}

function assumedUpdates(key: Key, mode: unknown): readonly Update[] {
  if (mode === "taken") return [saidToBeTaken(key)];
  if (mode === "released") return [relocked(key, false)];
  return [assumed(key, mode === "held-shared")];
}

/** Nothing is known any more of these locks. */
export const tainted = (keys: readonly Key[]): readonly Update[] =>
  keys.map((key) => setStatus(key, "unknown"));

/** Interrupts go on without regard to what was saved: nobody waits for the flags any more. */
function enablesInterrupts(operations: readonly ResolvedOperation[]): boolean {
  const does = (kind: string, object: string) =>
    operations.some(({ operation }) => operation.kind === kind && operation.object === object);
  return does("leave", "irq") && !does("restore", "irq-flags");
}
