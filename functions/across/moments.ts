import {
  CONTEXT,
  isFlags,
  isList,
  isMapping,
  type Key,
  type Plan,
  readFunction,
  type Surroundings,
} from "../../model/c/index.ts";
import { isByName, isTrylock } from "../../model/c/knowledge/index.ts";
import { type CallText, callsIn, type UnitFunction } from "../../model/c/source/index.ts";
import { lockWordOf } from "../../model/kernel/lock-name.ts";
import { NotModelled } from "../../model/not-modelled.ts";
import { keysOfOthers } from "../other-sources.ts";
import { isWithin, lockToken, type State, statesOf } from "./flow-state.ts";

/** A lock that a function holds or takes, as it names it. */
export interface LockHere {
  readonly key: Key;
  readonly shared: boolean;
  /** A function of another file takes or releases it: it may be another lock by the same name. */
  readonly isOthers: boolean;
}

/** A call in a function's text, and what is known where it is made. */
export interface Moment {
  readonly call: CallText;
  readonly function: UnitFunction;
  /** Held on every path that leads here, by the function itself. */
  readonly held: readonly LockHere[];
  /** Taken by the call, or within it, waiting for it. */
  readonly takes: readonly LockHere[];
  /** On some path the function itself has gone where it may not sleep. */
  readonly mayBeAtomic: boolean;
  /** On some path they are off where the call does what it does: the call may turn them off itself. */
  readonly mayBeIrqsOff: boolean;
  readonly mayBeBhOff: boolean;
  /** On some path it has slept before: who calls it is seldom where that is forbidden. */
  readonly slept: boolean;
  /** The call itself sleeps, whatever comes of it. */
  readonly sleeps: boolean;
}

/** The calls of a function that a path leads to, in the order of the text. */
export interface Moments {
  readonly moments: readonly Moment[];
  /** It comes with a lock, or within a section, of its caller's. */
  readonly comesHeld: boolean;
}

const NONE: Moments = { moments: [], comesHeld: true };

/** What each call of a function is made under; nothing of a function that can't be read. */
export async function momentsOf(each: UnitFunction, surroundings: Surroundings): Promise<Moments> {
  try {
    const { readings } = await readFunction(each, surroundings);
    const read = readings.map(({ text, program }) =>
      momentsIn(text, program("of calls").plan, each, surroundings),
    );
    return { moments: merged(read), comesHeld: read.some(({ comesHeld }) => comesHeld) };
  } catch (error) {
    if (error instanceof NotModelled) return NONE;
    throw error;
  }
}

/** Of a call that several readings of the function have, what holds in all of them. */
function merged(read: readonly Moments[]): readonly Moment[] {
  const byPlace = new Map<number, Moment>();
  for (const each of read.flatMap(({ moments }) => moments)) {
    const known = byPlace.get(each.call.at);
    byPlace.set(each.call.at, known ? both(known, each) : each);
  }
  return [...byPlace.values()].sort((one, other) => one.call.at - other.call.at);
}

const both = (one: Moment, other: Moment): Moment => ({
  ...one,
  held: one.held.filter(({ key }) => other.held.some((each) => each.key.text === key.text)),
  mayBeAtomic: one.mayBeAtomic || other.mayBeAtomic,
  mayBeIrqsOff: one.mayBeIrqsOff || other.mayBeIrqsOff,
  mayBeBhOff: one.mayBeBhOff || other.mayBeBhOff,
  slept: one.slept && other.slept,
  sleeps: one.sleeps && other.sleeps,
});

/** `text` is that of the body, as the reading has it. */
function momentsIn(text: string, plan: Plan, each: UnitFunction, { unit, known }: Surroundings): Moments {
  // Behind a call that by its name takes a lock, and of which nothing is known, all may be off.
  const isOpen = ({ name }: CallText) =>
    lockWordOf(name) === "acquires" &&
    (known.find(name, [])?.outcomes ?? []).every(({ does }) =>
      does.every(({ operation }) => isByName(operation.object)),
    ) &&
    !unit.functions.some((one) => one.name === name);
  const { before, comesHeld } = statesOf(plan, each);
  const nodes = plan.flow.nodes
    .flatMap(({ at, callee }, node) => (callee === undefined && before.has(node) ? [{ at, node }] : []))
    .sort((one, other) => one.at - other.at || one.node - other.node);
  const calls = new Map(
    nodes.flatMap(({ at, node }) => (plan.flow.nodes[node]?.action.kind === "call" ? [[at, node]] : [])),
  );
  const nodeAt = (at: number) => {
    const own = calls.get(at);
    if (own !== undefined) return own;
    const last = nodes.findLast((one) => one.at <= at);
    return last && nodes.find((one) => one.at === last.at)?.node;
  };
  // What a pointer or a member leads to is none of the functions that are called so.
  const direct = callsIn(text).filter(({ name, callee }) => name === callee);
  const others = keysOfOthers(plan);
  const opens = direct.find(isOpen)?.at ?? Number.POSITIVE_INFINITY;
  const moments = direct.flatMap((written) => {
    const isBehind = written.at > opens;
    const call = { ...written, at: each.bodyStart + written.at };
    const node = nodeAt(call.at);
    const state = node === undefined ? undefined : before.get(node);
    return node !== undefined && state
      ? [behind(momentAt(call, node, state, { plan, each, others }), isBehind)]
      : [];
  });
  return { moments, comesHeld };
}

const behind = (moment: Moment, isOpen: boolean): Moment =>
  isOpen ? { ...moment, mayBeAtomic: true, mayBeIrqsOff: true, mayBeBhOff: true } : moment;

interface Around {
  readonly plan: Plan;
  readonly each: UnitFunction;
  /** The keys of locks that functions of other files take or release. */
  readonly others: ReadonlySet<number>;
}

function momentAt(
  call: CallText,
  node: number,
  { must, may, slept }: State,
  { plan: { calls, flow }, each, others }: Around,
): Moment {
  const locks = calls.keys.filter(
    (key) => key.text !== CONTEXT && !isFlags(key) && !isList(key) && !isMapping(key),
  );
  const held = locks
    .filter(({ index }) => must.has(lockToken(index, "any")))
    .map((key) => ({
      ...{ key, isOthers: others.has(key.index) },
      shared: must.has(lockToken(key.index, "shared")),
    }));
  const action = flow.nodes[node]?.action;
  const isOwn = action?.kind === "call" && action.name === call.name;
  const outcomes = isOwn ? (calls.outcomes.get(node) ?? []) : [];
  const isAtomic = locks.some(({ index, spinning }) => spinning && may.has(lockToken(index, "any")));
  const enters = (context: string) =>
    outcomes.some(({ does }) =>
      does.some(({ operation: { kind, object } }) => kind === "enter" && object === context),
    );
  return {
    call,
    function: each,
    held,
    takes: isTrylock(call.name)
      ? []
      : outcomes.flatMap(({ does }) => does.flatMap((one) => takenBy(one, calls.keys))),
    mayBeAtomic: isAtomic || isWithin(may, "rcu", "preempt", "bh", "irq"),
    mayBeIrqsOff: isWithin(may, "irq") || enters("irq"),
    mayBeBhOff: isWithin(may, "irq", "bh") || enters("irq") || enters("bh"),
    slept,
    sleeps:
      outcomes.length > 0 &&
      outcomes.every(({ does }) =>
        does.some(
          ({ operation: { kind }, listed, chain }) =>
            (kind === "may-sleep" || kind === "schedule") && listed !== "doubtful" && !chain,
        ),
      ),
  };
}

type Operation = NonNullable<ReturnType<Plan["calls"]["outcomes"]["get"]>>[number]["does"][number];

function takenBy({ operation, key: index, from }: Operation, keys: readonly Key[]): readonly LockHere[] {
  const key = keys.find((each) => each.index === index);
  if (!key || (operation.kind !== "acquire" && operation.kind !== "acquire-release")) return [];
  return [{ key, shared: operation.mode === "shared", isOthers: from !== undefined }];
}
