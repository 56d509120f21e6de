import { cond, constant, type Expression, not, or } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import { doReadersQueue } from "../../kernel/counted.ts";
import type { ResolvedOperation, ResolvedOutcome } from "../calls/calls.ts";
import { isList, isNamed, type Key } from "../calls/key.ts";
import { isTrylock } from "../knowledge/effect.ts";
import type { Move } from "../plan/moves.ts";
import type { Plan } from "../plan/plan.ts";
import type { Binding, LockEvent, Step } from "../program/binding.ts";
import { type Annotation, heldOnEntry } from "../source/annotation.ts";
import { handedOn, moved, movedOn, refused } from "./changes.ts";
import { effectsOf, tainted } from "./effects.ts";
import { copied, givenByLoop, passedOver, takenByLoop } from "./names.ts";
import { observeFor } from "./observe.ts";
import { saidVariables } from "./said.ts";
import {
  HELD,
  HELD_EXCLUSIVE,
  type Status,
  setStatus,
  statusConstant,
  statusIn,
  statusOf,
  statusVariable,
} from "./status.ts";

/** Binds a function that is judged alone: its program keeps what the function has done to each lock. */
export function statusBinding({ calls }: Plan, annotations: readonly Annotation[] = []): Binding {
  return {
    variables: [
      ...calls.keys.map((key) => statusVariable(key, statusOnEntry(key, calls, annotations))),
      ...saidVariables(calls),
    ],
    factPlace: (name) => ({ name, scope: "task" }),
    call: (name, outcome) => [callStep(name, outcome, calls)],
    forget: tainted,
    handOver: (keys) => keys.map(handedOn),
    repoint,
    countOn,
    loopStep: (keys, how) => keys.map(LOOP_STEPS[how]),
    returnEvents: () => calls.keys.filter(isList).map(expiry),
    observe: (event) => observeFor(calls, event),
  };
}

const LOOP_STEPS = { passed: passedOver, taken: takenByLoop, given: givenByLoop };

type Calls = Plan["calls"];

/** What the function's head says of a lock that it comes with. */
function statusOnEntry(key: Key, { mayAlias }: Calls, annotations: readonly Annotation[]): Status {
  const given = heldOnEntry(annotations).find(({ lock }) => isNamed(key, lock));
  if (!given || mayAlias.has(key.index)) return "untouched";
  return given.shared ? "assumed held-shared" : "assumed held";
}

function callStep(name: string, { does, refuses }: ResolvedOutcome, calls: Calls): Step {
  const { events, updates } = effectsOf(
    does.filter((each) => isCredible(each, calls)),
    calls,
  );
  const guard = triedGuard(name, does, calls);
  return {
    ...(guard && { guard }),
    updates: [...updates, ...refuses.flatMap((key) => calls.keys[key] ?? []).map(refused)],
    events: isTrylock(name) ? events : events.flatMap((each) => [...queued(each), each]),
  };
}

/** Before it has the lock, a reader that does not only try waits in the queue. */
const queued = ({ kind, object = "", mode, key, instance }: LockEvent): readonly LockEvent[] =>
  kind === "acquire" && mode === "shared" && key !== undefined && doReadersQueue(object)
    ? [{ kind: "queue", object, key, ...(instance && { instance }), updates: [] }]
    : [];

/** What is assumed or demanded of a lock that may be meant otherwise is dropped. */
const isCredible = ({ operation, key }: ResolvedOperation, { mayAlias }: Calls): boolean =>
  (operation.kind !== "assume" && operation.kind !== "require") || key === undefined || !mayAlias.has(key);

/**
 * A lock that the function holds itself can't be had by trying, and lockdep says nothing of it; nor by a
 * wound/wait mutex's acquire, which says that it has it already (kernel/locking/mutex.c: __mutex_lock_common).
 */
function triedGuard(
  name: string,
  does: readonly ResolvedOperation[],
  { keys }: Calls,
): Expression | undefined {
  const held = does.flatMap(({ operation, key }) => {
    const lock = key === undefined ? undefined : keys[key];
    if (!lock || operation.kind !== "acquire" || !(isTrylock(name) || lock.object === "ww-mutex")) return [];
    return [statusIn(lock, operation.mode === "shared" ? HELD_EXCLUSIVE : HELD)];
  });
  return held.length > 0 ? not(or(...held)) : undefined;
}

function repoint(key: Key, source: Key | undefined, leaving?: Move): readonly Update[] {
  if (!source) return [leaving?.keys.has(key.index) ? movedOn(key, leaving.isOneWay) : moved(key)];
  return [setStatus(key, orLeftBehind(key, leaving, statusOf(source))), copied(source)];
}

function countOn(key: Key, next: Key | undefined, left: Move | "named" | undefined): readonly Update[] {
  if (next) {
    const leaving = left === "named" ? undefined : left;
    return [setStatus(key, orLeftBehind(key, leaving, statusOf(next)))];
  }
  if (left !== "named") return repoint(key, undefined, left);
  return [setStatus(key, cond(statusIn(key, ["unknown"]), statusOf(key), statusConstant("untouched")))];
}

/** What it is now, but for a lock that was held by this name and is left. */
const orLeftBehind = (key: Key, leaving: Move | undefined, now: Expression): Expression =>
  leaving?.keys.has(key.index) ? cond(statusIn(key, HELD_HERE), statusConstant("left behind"), now) : now;

const HELD_HERE: readonly Status[] = ["held", "held-shared", "held twice", "held-shared twice"];

/** The end of one of the function's own lists, for a property to judge. */
const expiry = ({ index }: Key): LockEvent => ({
  kind: "expire",
  object: "list",
  key: index,
  instance: constant(index),
  updates: [],
});
