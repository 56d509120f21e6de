import type { UnknownLockCall } from "../../functions/unknown-locks.ts";
import {
  type Knowledge,
  type PlacedOperation,
  tableKnowledge,
  withEffects,
} from "../../model/c/knowledge/index.ts";
import { type CallText, callsIn, readUnit } from "../../model/c/source/index.ts";
import { type Locals, localsOf, normalise } from "../compare/locals.ts";
import type { Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { placeOf } from "../judge/place.ts";

/**
 * Calls with an unknown effect on locks that a change adds, removes, or surrounds with other locks or exits.
 * A call that stays where it was, under the same locks, is none of the change's.
 */
export function unknownLockChanges(judgement: PairJudgement): readonly string[] {
  return judgement.names.flatMap((name) => {
    const [before, after] = [sectionsOf(judgement, "before", name), sectionsOf(judgement, "after", name)];
    const [added, removed] = [without(after.calls, before.calls), without(before.calls, after.calls)];
    const sameExits = before.exits === after.exits;
    const around = sameExits || added.length + removed.length > 0 ? [] : after.calls;
    const say = (what: string) => (call: UnknownCall) => `${call.place}: ${name}(): ${call.told} ${what}`;
    return [
      ...added.map(say("is new here or under other locks than before, and its effect on locks is unknown")),
      ...removed
        .filter((call) => !added.some(({ look }) => look === call.look))
        .map(say("is no longer called, and its effect on locks is unknown")),
      ...around.map(say("has other exits behind it, and its effect on locks is unknown")),
    ];
  });
}

interface UnknownCall {
  /** The callee; that it is handed on, where it is not called. */
  readonly told: string;
  readonly place: string;
  /** Whatever the function's variables are called. */
  readonly look: string;
  /** The locks that are held there, as far as the order of the text tells. */
  readonly held: string;
}

interface Sections {
  readonly calls: readonly UnknownCall[];
  /** The exits from the first call that may take a lock up to the last that may release one. */
  readonly exits: string;
}

const NONE: Sections = { calls: [], exits: "" };

function sectionsOf({ pair, reports }: PairJudgement, side: Side, name: string): Sections {
  const [image, report] = [pair[side], reports[side]];
  const unknown = (report.unknownLocks ?? []).filter((each) => each.function === name);
  if (!image || unknown.length === 0) return NONE;
  const { functions, text, lines } = readUnit(image.text);
  const known = withEffects(tableKnowledge, report.effects ?? new Map());
  const found = functions.flatMap(({ name: own, start, bodyStart, bodyEnd }) => {
    if (own !== name) return [];
    const locals = localsOf(text.slice(start, bodyEnd));
    const held = new Set<string>();
    let since = bodyStart;
    const calls = callsIn(text.slice(bodyStart, bodyEnd)).map((call) => ({
      ...call,
      at: bodyStart + call.at,
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
        const look = normalise(`${match.callee}(${match.arguments})`, locals);
        const told = match.leaves
          ? `${match.callee}, which may leave,`
          : `${match.callee}()${match.handed ? ", handed on," : ""}`;
        const about = { told, place: placeOf(image, lines.lineAt(at)), look, held: [...held].sort().join() };
        return [{ ...about, at, since, word: match.word }];
      });
  });
  const end = Math.max(...functions.flatMap((each) => (each.name === name ? [each.bodyEnd] : [])));
  return { calls: found, exits: exitsWithin(found, text, end) };
}

/** Follows known calls by the order of the text alone: two branches that release one lock release it once. */
function applyEffect(held: Set<string>, call: CallText, known: Knowledge, locals: Locals): void {
  if (call.callee !== call.name) return;
  const operations = (known.find(call.name, [])?.outcomes ?? []).flatMap(({ does }) => does);
  for (const each of operations) {
    const lock = lockText(each, call, locals);
    const { kind } = each.operation;
    if (kind === "acquire" || kind === "enter" || kind === "map") held.add(lock);
    else if (kind === "release" || kind === "leave" || kind === "unmap") held.delete(lock);
  }
}

function lockText({ operation, path = "" }: PlacedOperation, call: CallText, locals: Locals): string {
  const operand = "operand" in operation ? operation.operand : undefined;
  const given = typeof operand === "number" ? call.arguments.split(",")[operand] : undefined;
  if (given === undefined) return operation.object + path;
  return normalise(`${given.replace(/^&/, "")}${path}`, locals);
}

const EXIT = /\b(?:return|goto)\b/g;

interface Worded {
  readonly at: number;
  /** Where the function took what it holds here, or where its body begins. */
  readonly since: number;
  readonly word?: UnknownLockCall["word"] | undefined;
}

/**
 * Where no call behind the first may release, what the first takes is kept up to the end. What the first
 * releases is held before.
 */
function exitsWithin(calls: readonly Worded[], text: string, end: number): string {
  const [opening] = calls;
  if (opening === undefined) return "";
  const first = opening.word === "releases" ? opening.since : opening.at;
  const last = calls.findLast(({ word, at }) => word !== "acquires" && at > first)?.at ?? end;
  return (text.slice(first, last).match(EXIT) ?? []).join();
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
