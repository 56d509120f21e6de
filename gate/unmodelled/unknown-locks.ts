import { sayMoved, type UnknownLockCall } from "../../functions/unknown-locks.ts";
import {
  isUnclear,
  type Knowledge,
  type PlacedOperation,
  tableKnowledge,
  withEffects,
} from "../../model/c/knowledge/index.ts";
import { type CallText, callsIn, readUnit, type UnitFunction } from "../../model/c/source/index.ts";
import { type Locals, localsOf, normalise } from "../compare/locals.ts";
import { type Renames, renamed } from "../compare/renames.ts";
import type { Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { placeOf } from "../judge/place.ts";
import { callOrder, exitsWithin, type OrderContext, type PlacedCall, type Worded } from "./call-order.ts";

/**
 * Calls with an unknown effect on locks that a change adds, removes, or surrounds with other locks, branches or exits.
 * A call that stays where it was, under as many locks, is none of the change's.
 */
export async function unknownLockChanges(
  judgement: PairJudgement,
  renames: Renames = new Map(),
): Promise<readonly string[]> {
  const bounds: string[] = [];
  const same = new Set([...renames].flat());
  const names = judgement.names.filter((name) => !same.has(name));
  for (const name of names) bounds.push(...(await changesIn(judgement, name, renames)));
  return bounds;
}

async function changesIn(
  judgement: PairJudgement,
  name: string,
  renames: Renames,
): Promise<readonly string[]> {
  const before = sectionsOf(judgement, "before", name, renames);
  const after = sectionsOf(judgement, "after", name, new Map());
  const [added, removed] = [without(after.calls, before.calls), without(before.calls, after.calls)];
  const isSame = added.length + removed.length === 0;
  const around = isSame ? await surrounded(before, after) : [];
  const say = (what: string) => (call: UnknownCall) =>
    `${call.place}: ${name}(): ${call.moved === undefined ? `${call.told} ${what}` : sayMoved(call.moved)}`;
  return [
    ...added.map(say("is new here or under other locks than before, and its effect on locks is unknown")),
    ...removed
      .filter((call) => call.moved === undefined && !added.some(({ look }) => look === call.look))
      .map(say("is no longer called, and its effect on locks is unknown")),
    ...around.map(say("has other exits or branches around it, and its effect on locks is unknown")),
  ];
}

interface UnknownCall {
  /** The callee; that it is handed on, where it is not called. */
  readonly told: string;
  /** The lock whose name has come to mean another one there. */
  readonly moved: string | undefined;
  readonly place: string;
  /** Whatever the function's variables are called. */
  readonly look: string;
  /** Tells it from others that look the same. */
  readonly label: string;
  /** How many locks are held there, as far as the order of the text tells. */
  readonly held: number;
  /** It is followed through the function's control flow. */
  readonly isFollowed: boolean;
}

interface Sections {
  readonly calls: readonly UnknownCall[];
  /** The exits from the first call that may take a lock up to the last that may release one, by the order of the text. */
  readonly exits: string;
  /** In which order paths come to the calls. */
  order(): Promise<readonly string[]>;
}

const NONE: Sections = { calls: [], exits: "", order: async () => [] };

/** The calls that are the same, and that paths come to or leave otherwise. */
async function surrounded(before: Sections, after: Sections): Promise<readonly UnknownCall[]> {
  if (after.calls.length === 0) return [];
  const [was, is] = [await before.order(), await after.order()];
  const changed = [...was.filter((line) => !is.includes(line)), ...is.filter((line) => !was.includes(line))];
  const isAbout = ({ label }: UnknownCall) =>
    changed.some((line) => line.startsWith(`${label} `) || line.endsWith(` ${label}`));
  const found = after.calls.filter(isAbout);
  if (found.length > 0 || changed.length > 0) return found.length > 0 ? found : after.calls;
  const isText = before.exits !== after.exits;
  return isText ? after.calls.filter(({ isFollowed }) => !isFollowed) : [];
}

/** Functions are called there by the names that they have after the change. */
function sectionsOf({ pair, reports }: PairJudgement, side: Side, name: string, renames: Renames): Sections {
  const [image, report] = [pair[side], reports[side]];
  const unknown = (report.unknownLocks ?? []).filter((each) => each.function === name);
  if (!image || unknown.length === 0) return NONE;
  const { functions, text, lines } = readUnit(image.text);
  const known = withEffects(tableKnowledge, report.effects ?? new Map());
  const definitions = functions.filter((each) => each.name === name);
  const found = definitions.map((each) => {
    const locals = localsOf(text.slice(each.start, each.bodyEnd));
    const looks = new Map<string, number>();
    const calls = placesIn(each, text, unknown, { known, locals }).map(({ match, call, ...place }) => {
      const look = renamed(normalise(`${match.callee}(${match.arguments})`, locals), renames);
      const count = (looks.get(look) ?? 0) + 1;
      looks.set(look, count);
      return {
        ...{ told: toldOf(match), moved: match.moved, look, label: `${look}#${count}` },
        ...{ place: placeOf(image, lines.lineAt(match.at)), at: match.at, word: match.word },
        ...{ ...place, call, isFollowed: call !== undefined },
      };
    });
    return { each, calls };
  });
  const all = found.flatMap(({ calls }) => calls);
  const end = Math.max(...definitions.map(({ bodyEnd }) => bodyEnd));
  return {
    calls: all,
    exits: exitsWithin(all, text, end),
    order: () => ordersOf(found, text, { file: image.file, known, renames }),
  };
}

interface FoundCalls {
  readonly each: UnitFunction;
  readonly calls: readonly (Worded & { readonly call: UnknownPlace["call"]; readonly label: string })[];
}

type NamedOrder = OrderContext & { readonly renames: Renames };

async function ordersOf(
  found: readonly FoundCalls[],
  text: string,
  context: NamedOrder,
): Promise<readonly string[]> {
  const orders: string[] = [];
  for (const each of found) orders.push(...(await orderOf(each, text, context)));
  return orders;
}

/** Of a function that is not modelled all of its text counts. */
async function orderOf(
  { each, calls }: FoundCalls,
  text: string,
  context: NamedOrder,
): Promise<readonly string[]> {
  const placed = calls.flatMap(({ call, word, label }) =>
    call ? [{ ...call, label, takes: word !== "releases", releases: word !== "acquires" }] : [],
  );
  const { start, bodyStart, bodyEnd } = each;
  const body = text.slice(bodyStart, bodyEnd);
  const locals = localsOf(text.slice(start, bodyEnd));
  const open = openCalls(body, context.known).map((call) => ({
    ...{ from: bodyStart + call.from, open: bodyStart + call.open, takes: true, releases: true },
    label: renamed(normalise(`${call.name}(${call.arguments})`, locals), context.renames),
  }));
  const others = open.filter(({ from }) => placed.every((one) => one.from !== from));
  const all = [...placed, ...others].sort((one, other) => one.from - other.from);
  return (await callOrder(text, each, all, context)) ?? [renamed(normalise(body, locals), context.renames)];
}

/** Calls of functions that leave a lock one way or another. */
const openCalls = (body: string, known: Knowledge): readonly CallText[] =>
  callsIn(body).filter(({ name, callee }) => name === callee && isUnclear(known.find(name, [])));

function toldOf({ callee, leaves, uncalled, handed }: UnknownLockCall): string {
  if (leaves) return `${callee}, which may leave,`;
  if (uncalled) return callee;
  return `${callee}()${handed ? ", handed on," : ""}`;
}

interface UnknownPlace {
  readonly match: UnknownLockCall;
  /** The callee's place, where it is called; that of what stands for a call. */
  readonly call?: Pick<PlacedCall, "from" | "open" | "isWhole"> | undefined;
  readonly held: number;
  /** Where the function took what it holds here. */
  readonly since: number;
}

/** The unknown calls of a function in the order of the text, with what is held at each. */
function placesIn(
  { bodyStart, bodyEnd }: { readonly bodyStart: number; readonly bodyEnd: number },
  text: string,
  unknown: readonly UnknownLockCall[],
  { known, locals }: { readonly known: Knowledge; readonly locals: Locals },
): readonly UnknownPlace[] {
  const held = new Set<string>();
  let since = bodyStart;
  const calls = callsIn(text.slice(bodyStart, bodyEnd)).map((call) => ({
    ...call,
    ...{ at: bodyStart + call.at, from: bodyStart + call.from, open: bodyStart + call.open },
  }));
  const places = new Map<number, CallText | undefined>([
    ...unknown.flatMap(({ at }) => (bodyStart <= at && at < bodyEnd ? [[at, undefined] as const] : [])),
    ...calls.map((call) => [call.at, call] as const),
  ]);
  return [...places]
    .sort(([one], [other]) => one - other)
    .flatMap(([at, call]) => {
      const match = unknown.find((each) => each.at === at);
      const isFree = held.size === 0;
      if (call && !match) applyEffect(held, call, known, locals);
      if (isFree && held.size > 0) since = at;
      if (!match) return [];
      const whole = match.uncalled && { from: at, open: match.uncalled.end, isWhole: true };
      return [{ match, call: whole ?? (match.handed ? undefined : call), held: held.size, since }];
    });
}

/** Follows known calls by the order of the text alone: two branches that release one lock release it once. */
function applyEffect(held: Set<string>, call: CallText, known: Knowledge, locals: Locals): void {
  if (call.callee !== call.name) return;
  const all = (known.find(call.name, [])?.outcomes ?? []).flatMap(({ does }) => does);
  const locks = all.filter(({ operation }) => !CONTEXTS.has(operation.object));
  for (const each of locks.length > 0 ? locks : all) {
    const lock = lockText(each, call, locals);
    const { kind } = each.operation;
    if (kind === "acquire" || kind === "enter" || kind === "map") held.add(lock);
    else if (kind === "release" || kind === "leave" || kind === "unmap") held.delete(lock);
  }
}

/** What a spinlock does to them says nothing that the lock does not, and summaries leave it out. */
const CONTEXTS: ReadonlySet<string> = new Set(["preempt", "irq", "bh"]);

function lockText({ operation, path = "" }: PlacedOperation, call: CallText, locals: Locals): string {
  const operand = "operand" in operation ? operation.operand : undefined;
  const given = typeof operand === "number" ? call.arguments.split(",")[operand] : undefined;
  if (given === undefined) return operation.object + path;
  return normalise(`${given.replace(/^&/, "")}${path}`, locals);
}

/** The calls of one side that the other lacks, one for one. */
function without(calls: readonly UnknownCall[], others: readonly UnknownCall[]): readonly UnknownCall[] {
  const key = ({ look, held }: UnknownCall) => `${look} ${held}`;
  const left = others.map(key);
  return calls.filter((each) => {
    const at = left.indexOf(key(each));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
