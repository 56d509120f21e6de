import {
  acquisitionsOf,
  CONTEXT,
  type FlowNode,
  type Key,
  keyText,
  lockName,
  placeOf,
  reachedFrom,
  readsOf,
  type Translation,
  type UnknownCall,
} from "../model/c/index.ts";
import type { Status } from "../model/c/status/index.ts";
import { lockHalf, lockWordOf } from "../model/kernel/lock-name.ts";
import { FAULT_LOCK, givingFaultLock } from "../model/kernel/table/implicit-lock.ts";
import { isNoLock } from "../model/kernel/table/no-lock.ts";
import { type Exit, isByLoop } from "./exit.ts";
import { returnNode } from "./return-node.ts";

/**
 * Whether the lock that an exit seems to keep may have been released: by another name, or, on a way from where it
 * is taken, by a callee that nothing is known of: the lock itself is handed to it, or its name says that it releases
 * something of the same object. Or somebody else is to release it, as the call that takes it says.
 */
export const isPerhapsReleased = (translation: Translation, key: Key, exit: Exit): boolean =>
  isTakenForAnother(translation, key) ||
  // Who gives back what a loop has taken is known, by whatever name.
  (!isByLoop(exit.statuses[key.index]) &&
    (isReleasedOnlyByAnotherName(translation, key) || isReleasedByAnotherName(translation, key, exit))) ||
  releasingCallees(translation, key, exit).length > 0;

/** kernel/locking/rwsem.c: down_read_non_owner() takes what another task releases. */
const isTakenForAnother = ({ plan }: Translation, key: Key): boolean =>
  acquisitionsOf(key, plan).some((node) => {
    const action = plan.flow.nodes[node]?.action;
    return action?.kind === "call" && action.name.endsWith("_non_owner");
  });

/** Less than it was, or perhaps. */
export const GIVEN: ReadonlySet<Status> = new Set([
  "dropped",
  "over-released",
  "maybe released",
  "unknown",
  "left behind",
]);

/** Another lock of the same name is less than it was: both names may mean one. */
export function isReleasedByAnotherName({ plan }: Translation, key: Key, { statuses }: Exit): boolean {
  const others = plan.calls.keys.filter((each) => each !== key && lockName(each) === lockName(key));
  return others.some(({ index }) => GIVEN.has(statuses[index] ?? "untouched"));
}

/** A name of which the function takes nothing, as an entry of a table that a loop goes over. */
const isReleasedOnlyByAnotherName = ({ plan }: Translation, key: Key): boolean =>
  plan.calls.keys.some(
    (each) => each !== key && each.released && !each.acquired && lockName(each) === lockName(key),
  );

/** The calls of which nothing is known that may have released the lock before an exit. */
export function releasingCallees(translation: Translation, key: Key, exit: Exit): readonly UnknownCall[] {
  const { plan } = translation;
  const suspects = plan.flow.unknown.filter((each) => isSuspect(each, key, plan));
  if (suspects.length === 0) return [];
  // It comes with the lock, gives it up by such a callee, and takes it again for its caller.
  if (!key.released && key.text !== CONTEXT && suspects.every(({ args }) => isGiven(args, key)))
    return suspects;
  return passed(translation, key, exit, (each) => suspects.includes(each));
}

/** Whether on a way to an exit, from where the lock is taken, a pointer is called that is given what the lock is in. */
export const isPerhapsReleasedByPointer = (translation: Translation, key: Key, exit: Exit): boolean =>
  passed(
    translation,
    key,
    exit,
    ({ name, args }) => /\W/.test(name) && args.flatMap(readsOf).some((each) => key.roots.includes(each)),
  ).length > 0;

/** The calls that lie on a way from where the lock is taken to an exit. */
function passed(
  { plan, model }: Translation,
  key: Key,
  { site }: Exit,
  isMeant: (call: UnknownCall) => boolean,
): readonly UnknownCall[] {
  const { nodes, unknown } = plan.flow;
  const suspects = unknown.filter(isMeant);
  if (suspects.length === 0) return [];
  const exit = returnNode(model, site);
  const taken = reachedFrom(nodes, acquisitionsOf(key, plan));
  return suspects.filter(({ next }) => taken.has(next) && leadsTo(nodes, next, exit));
}

/**
 * Whether other ways to an exit take, by a call of another file, what is released behind both: such calls are given
 * what the lock is in, the one not behind where the lock is taken here, the other behind there and beside it.
 */
export function isReleasedElsewhere({ plan, model }: Translation, key: Key, { site }: Exit): boolean {
  if (key.released) return false;
  const { nodes, unknown, entry } = plan.flow;
  const acquisitions = acquisitionsOf(key, plan);
  const taken = reachedFrom(nodes, acquisitions);
  const beside = reachedFrom(nodes, [entry], new Set(acquisitions));
  const found = unknown.filter(
    ({ name, args, next }) =>
      beside.has(next) &&
      !QUESTION.test(name) &&
      (key.text === CONTEXT ? lockHalf(name) : isGiven(args, key)),
  );
  const exit = returnNode(model, site);
  const releases = found.filter(({ next }) => taken.has(next) && leadsTo(nodes, next, exit));
  return releases.length > 0 && found.some(({ next }) => !taken.has(next) && leadsTo(nodes, next, exit));
}

/**
 * It came with the lock, which a callee gave up for a while, given more than the mm alone: on some ways it takes one
 * that it never releases.
 */
export function isRetaken({ plan }: Translation, key: Key, exits: readonly Exit[]): boolean {
  const isUntaken = exits.some(({ statuses }) => statuses[key.index] === "untouched");
  if (key.object !== FAULT_LOCK || key.released || !isUntaken) return false;
  if (plan.calls.keys.some((each) => each !== key && each.object === key.object)) return true;
  const { nodes, unknown } = plan.flow;
  const suspects = unknown.filter(
    ({ args }) => args.length > 1 && args.flatMap(readsOf).some((each) => key.roots.includes(each)),
  );
  const behind = reachedFrom(
    nodes,
    suspects.map(({ next }) => next),
  );
  return acquisitionsOf(key, plan).some(
    (each) => behind.has(each) || suspects.some(({ next }) => next === each),
  );
}

const leadsTo = (nodes: readonly FlowNode[], from: number, to: number): boolean =>
  from === to || reachedFrom(nodes, [from]).has(to);

type Plan = Translation["plan"];

const isGiven = (args: UnknownCall["args"], key: Key): boolean =>
  args.some((each) => key.roots.includes(placeOf(each) ?? ""));

/** Whether a call that nothing is known of may release a lock. */
export function isSuspect({ name, args, isCallback }: UnknownCall, key: Key, { calls, flow }: Plan): boolean {
  if (ASKS.test(name) || isNoLock(name)) return false;
  // Whoever gives the function its callback knows what that does: it may end what the function began.
  if (isCallback && !key.released && (key.text === CONTEXT || isGiven(args, key))) return true;
  const isLock = key.text !== CONTEXT && args.some((each) => keyText(each, calls.aliases) === key.text);
  const releases = lockWordOf(name) === "releases";
  // Of an mmap lock the calls name the mm, which is given to many for other reasons.
  if (isLock && (releases || key.object !== FAULT_LOCK)) return true;
  if (key.object === FAULT_LOCK && givingFaultLock.has(name)) return true;
  if (!releases || lacksFlags(args, key, calls) || isOfPair(name, flow)) return false;
  const isReached = (place: string) => key.roots.includes(place) || calls.aliases.has(place);
  return key.text === CONTEXT || key.roots.length <= 1 || args.flatMap(readsOf).some(isReached);
}

/** It releases what its other half takes here. */
function isOfPair(name: string, { nodes, unknown }: Plan["flow"]): boolean {
  const stem = lockHalf(name)?.stem;
  const known = nodes.flatMap(({ action }) => (action.kind === "call" ? [action] : []));
  const halves = [...known, ...unknown].flatMap((each) => lockHalf(each.name) ?? []);
  return halves.some(({ half, stem: other }) => half === "acquires" && other === stem);
}

/** The lock was taken with interrupt flags that who releases it is to restore: it is not given them. */
function lacksFlags(args: UnknownCall["args"], { index }: Key, { keys, outcomes }: Plan["calls"]): boolean {
  const all = [...outcomes.values()].flat().map(({ does }) => does);
  const taken = all.filter((does) =>
    does.some(({ operation, key }) => operation.kind === "acquire" && key === index),
  );
  const flags = taken.map((does) => keys[does.find(({ operation }) => operation.kind === "save")?.key ?? -1]);
  const given = new Set(args.flatMap(readsOf));
  return flags.length > 0 && flags.every((each) => each !== undefined && !given.has(each.text));
}

const QUESTION = /(?:^|_)(?:is|has|can|test|needs?|should)(?:_|$)/;
/** They ask about a lock, or set one up. */
const ASKS = /assert|lockdep|_held\b|is_(?:held|locked)|(?:^|_)init(?:_|$)|contended|destroy/;
