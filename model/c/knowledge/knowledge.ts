import type { Primitive } from "../../kernel/primitive.ts";
import { callbackArgument } from "../../kernel/table/callback.ts";
import { allowsSleep, gfpArgument } from "../../kernel/table/gfp.ts";
import { findPrimitive } from "../../kernel/table/index.ts";
import { maySleep } from "../../kernel/table/operations.ts";
import { isSomeTime, sleepTimeArgument } from "../../kernel/table/sleep-time.ts";
import {
  asksFirst,
  flagsOfSleepingCall,
  SLEEPING_CALLS_SOURCE,
  sleepingCalls,
} from "../../kernel/table/sleeping-call.ts";
import type { KernelVersion } from "../../kernel/version/version.ts";
import { ANY, POSITIVE, ZERO } from "../flow/graph.ts";
import { print } from "../flow/print.ts";
import type { Expr } from "../syntax/ast.ts";
import {
  type CallEffect,
  type CallOutcome,
  effectOf,
  type Knowledge,
  type Listed,
  RETURNS_NOTHING,
} from "./effect.ts";

/** What the table of primitives says of one kernel, each row read once; of any, where none is named. */
export function knowledgeOf(version?: KernelVersion): Knowledge {
  const known = byVersion.get(version) ?? knowledgeIn(version);
  byVersion.set(version, known);
  return known;
}

const byVersion = new Map<KernelVersion | undefined, Knowledge>();

function knowledgeIn(version: KernelVersion | undefined): Knowledge {
  const byRow = new Map<Primitive, CallEffect>();
  const fromTable = (name: string): CallEffect | undefined => {
    const row = findPrimitive(name, version);
    if (!row) return undefined;
    const known = byRow.get(row) ?? effectOf(row);
    byRow.set(row, known);
    return known;
  };
  const matters = (name: string) => byArgument.has(name) || findPrimitive(name, version) !== undefined;
  return {
    matters,
    leavesLocks: (name) =>
      !matters(name) && (sleepingCalls.has(name) || flagsOfSleepingCall(name) !== undefined),
    find: (name, args) => fromTable(name) ?? allocation(name, args) ?? polling(name, args) ?? listed(name),
    flagsArgument,
  };
}

/** Calls that one of their arguments decides on. */
const byArgument: ReadonlySet<string> = new Set(
  [gfpArgument, callbackArgument, sleepTimeArgument].flatMap((each) => Object.keys(each)),
);

const flagsArgument = (name: string): number | undefined =>
  Object.hasOwn(gfpArgument, name) ? gfpArgument[name] : flagsOfSleepingCall(name);

/** What is known where nothing says which kernel it is. */
export const tableKnowledge: Knowledge = knowledgeOf();

/** An allocation sleeps where its flags, as they are written in the call, allow it. */
function allocation(name: string, args: readonly Expr[]): CallEffect | undefined {
  const position = flagsArgument(name);
  const flags = position === undefined ? undefined : args[position];
  if (!flags || !allowsSleep(print(flags))) return undefined;
  const isListed = !Object.hasOwn(gfpArgument, name);
  return sleeping(name, "include/linux/gfp.h: gfpflags_allow_blocking", isListed ? "doubtful" : undefined);
}

/** A call that polls sleeps where the time between, as it is written in the call, is not zero. */
function polling(name: string, args: readonly Expr[]): CallEffect | undefined {
  const time = Object.hasOwn(sleepTimeArgument, name) ? args[sleepTimeArgument[name] ?? 0] : undefined;
  return time && isSomeTime(print(time))
    ? sleeping(name, "include/linux/iopoll.h: read_poll_timeout", undefined)
    : undefined;
}

/** A call of the list beside the table. */
function listed(name: string): CallEffect | undefined {
  listedEffects ??= new Map(Array.from(sleepingCalls, (each) => [each, effectOfListed(each)]));
  return listedEffects.get(name);
}

let listedEffects: ReadonlyMap<string, CallEffect> | undefined;

const effectOfListed = (name: string): CallEffect =>
  sleeping(name, SLEEPING_CALLS_SOURCE, asksFirst(name) ? "doubtful" : "certain");

function sleeping(name: string, source: string, listed: Listed | undefined): CallEffect {
  const sleep = { operation: maySleep, ...(listed && { listed }) };
  const outcome = { name: "done", weight: 0, does: [sleep], returns: 7 } as const;
  return { name, source, outcomes: [outcome] };
}

/** Knowledge of further callees; what it says of a name comes before what `base` says. */
export function withEffects(
  base: Knowledge,
  effects: ReadonlyMap<string, CallEffect | undefined>,
): Knowledge {
  return {
    matters: (name) => (effects.has(name) ? isLocking(effects.get(name)) : base.matters(name)),
    leavesLocks: (name) => effects.get(name)?.leavesLocks ?? base.leavesLocks?.(name) ?? false,
    find: (name, args) => {
      if (effects.has(name)) return asAllowed(effects.get(name), args);
      const effect = base.find(name, args);
      const callback = callbackOf(name, args);
      return callback === undefined ? effect : withCallback(name, effect, effects.get(callback));
    },
    bodyOf: (name) => base.bodyOf?.(name),
    isDefined: (name) => base.isDefined?.(name) ?? false,
    flagsArgument: (name) => (effects.has(name) ? effects.get(name)?.flagsAt : base.flagsArgument?.(name)),
  };
}

/** What a function does with these arguments, where its flags decide. */
function asAllowed(effect: CallEffect | undefined, args: readonly Expr[]): CallEffect | undefined {
  if (effect?.flagsAt === undefined) return effect;
  const flags = args[effect.flagsAt];
  return flags && allowsSleep(print(flags)) ? effect : undefined;
}

const isLocking = (effect: CallEffect | undefined): boolean =>
  effect !== undefined && effect.leavesLocks !== true;

function callbackOf(name: string, args: readonly Expr[]): string | undefined {
  const given = Object.hasOwn(callbackArgument, name) ? args[callbackArgument[name] ?? 0] : undefined;
  return given && print(given).replace(/^&/, "");
}

/** Where the call says that it ran the function, nothing is known of the locks that the function releases. */
function withCallback(
  name: string,
  effect: CallEffect | undefined,
  callback: CallEffect | undefined,
): CallEffect | undefined {
  const taints = callback && releasedBy(callback);
  if (taints === undefined || taints.length === 0) return effect;
  const { outcomes } = effect ?? NOT_RUN;
  const ran = (each: CallOutcome): CallOutcome => (each.returns === ZERO ? each : { ...each, taints });
  return { name, source: "summary", outcomes: outcomes.map(ran) };
}

/** A counter that goes down, and what it says of its end. */
const NOT_RUN = {
  outcomes: [
    { name: "runs it", weight: 0, does: [], returns: POSITIVE },
    { name: "leaves it", weight: 0, does: [], returns: ZERO },
  ],
} as const;

/** The classes of the locks that a function releases, or may release. */
function releasedBy({ outcomes }: CallEffect): CallOutcome["taints"] {
  if (outcomes.some(({ taints }) => taints === "all")) return "all";
  return outcomes.flatMap(({ does, forgets = [], taints = [] }) => [
    ...taints,
    ...does.flatMap(({ operation }) => (operation.kind === "release" ? [operation.object] : [])),
    ...forgets.map(({ operation }) => operation.object),
  ]);
}

/** Whether a call of this name acquires, releases, enters or leaves something, whatever its arguments. */
export function takesLocks(known: Knowledge, name: string): boolean {
  if (GUARDS.has(name)) return true;
  const effect = known.find(name, []);
  if (!effect) return false;
  const found = taking.get(effect) ?? effect.outcomes.some(changesLocks);
  taking.set(effect, found);
  return found;
}

/** It is asked of every call of a source. */
const taking = new WeakMap<CallEffect, boolean>();

const changesLocks = ({ does, taints, forgets = [] }: CallOutcome): boolean =>
  taints !== undefined || [...does, ...forgets].some(({ operation }) => LOCKING.has(operation.kind));

/** Whether a call of this name releases a lock, whatever comes of it, and has no value. */
export function isReleaseStatement(known: Knowledge, name: string): boolean {
  const effect = known.find(name, []);
  const [only, ...others] = effect?.outcomes ?? [];
  if (!effect || !only || others.length > 0 || only.returns !== ANY) return false;
  const isVoid = effect.source !== "summary" || only.name === RETURNS_NOTHING;
  return isVoid && only.does.some(({ operation }) => operation.kind === "release");
}

/** Whether a call of this name makes a list of the function's own, which is judged where nothing is locked, too. */
export function declaresList(known: Knowledge, name: string): boolean {
  const outcomes = known.find(name, [])?.outcomes ?? [];
  return outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "declare"));
}

/** include/linux/cleanup.h: what they take is told by their first argument. */
const GUARDS: ReadonlySet<string> = new Set(["guard", "scoped_guard"]);

const LOCKING: ReadonlySet<string> = new Set([
  "acquire",
  "release",
  "acquire-release",
  "enter",
  "leave",
  "map",
  "unmap",
]);
