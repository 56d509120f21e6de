import { CONTEXT, type Key, type Translation } from "../model/c/index.ts";
import {
  type CallEffect,
  isUnclear,
  type Knowledge,
  type OtherSource,
  type PlacedOperation,
} from "../model/c/knowledge/index.ts";
import { doubleLock } from "../properties/double-lock.ts";
import { nameOf } from "./exit-finding.ts";
import type { Finding } from "./finding.ts";
import { eachFinding, type JudgedReading } from "./read-program.ts";

/** What a function of another file does, with its place; where it does so by a function of a third file, with that one's. */
export function markedBy(effect: CallEffect, source: OtherSource): CallEffect {
  const own = { ...source, sure: source.sure && !isUnclear(effect) };
  const marked = (each: PlacedOperation): PlacedOperation =>
    each.from?.sure === false ? each : { ...each, from: own };
  const outcomes = effect.outcomes.map(({ mayPass, ...each }) => ({
    ...each,
    ...(mayPass && { mayPass: mayPass.map(marked) }),
    does: each.does.map(marked),
  }));
  return { ...effect, outcomes };
}

/** The same of a file that may not be meant. */
export const asHint = (effect: CallEffect): CallEffect => ({
  ...effect,
  outcomes: effect.outcomes.map(({ mayPass, ...each }) => ({
    ...each,
    ...(mayPass && { mayPass: mayPass.map(unsure) }),
    does: each.does.map(unsure),
  })),
});

const unsure = (done: PlacedOperation): PlacedOperation =>
  done.from ? { ...done, from: { ...done.from, sure: false } } : done;

/** As if a function came to all locks that it takes and gives back on some ways: right for a hint. */
export const passingSurely = (effect: CallEffect): CallEffect => ({
  ...effect,
  outcomes: effect.outcomes.map(({ mayPass = [], ...each }) => ({
    ...each,
    does: [...each.does, ...mayPass],
  })),
});

/** Whether functions of two files do the same, wherever they stand. */
export function isSameEffect(one: CallEffect | undefined, other: CallEffect | undefined): boolean {
  const without = (effect: CallEffect | undefined) =>
    JSON.stringify(effect, (key, value: unknown) => (key === "from" ? undefined : value));
  return without(one) === without(other);
}

type Calls = Pick<Translation["plan"], "calls">;

/** What functions of other files do to a lock or a context. */
function othersOn({ index, text, object }: Key, { calls }: Calls): readonly Other[] {
  return [...calls.outcomes.values()].flatMap((outcomes) =>
    outcomes.flatMap(({ does }) =>
      does.flatMap(({ operation, key, from }) => {
        const isMeant =
          key === index || (key === undefined && text === CONTEXT && operation.object === object);
        return from && isMeant ? [{ from, kind: operation.kind }] : [];
      }),
    ),
  );
}

interface Other {
  readonly from: OtherSource;
  readonly kind: string;
}

/** The function of another file by which a lock is taken or released; one that makes a hint before others. */
export function otherSourceOf(key: Key, plan: Calls): OtherSource | undefined {
  const found = othersOn(key, plan).map(({ from }) => from);
  return found.find(({ sure }) => !sure) ?? found[0];
}

/** The locks that functions of other files take or release. */
export const keysOfOthers = ({ calls }: Calls): ReadonlySet<number> =>
  new Set(
    [...calls.outcomes.values()].flatMap((outcomes) =>
      outcomes.flatMap(({ does }) =>
        does.flatMap(({ key, from }) => (key !== undefined && from ? [key] : [])),
      ),
    ),
  );

/** The same knowledge without what functions of other files do to locks. */
export const withoutOthers = (known: Knowledge): Knowledge => ({
  ...known,
  find: (name, args) => {
    const effect = known.find(name, args);
    const isOwn = ({ from }: PlacedOperation) => from === undefined;
    if (!effect || effect.outcomes.every(({ does }) => does.every(isOwn))) return effect;
    return {
      ...effect,
      outcomes: effect.outcomes.map((each) => ({ ...each, does: each.does.filter(isOwn) })),
    };
  },
});

/**
 * Says of findings on which functions of other files they rest. What rests on a file that may not be meant is a hint,
 * unless `withoutThem`, the same function judged without other files, shows it as well. So is a lock that is taken
 * twice: what gave it back in between may be in yet another file.
 */
export async function restingOnOthers(
  read: JudgedReading,
  withoutThem: () => Promise<JudgedReading | undefined>,
): Promise<JudgedReading> {
  const sources = sourcesOf(read);
  if (sources.size === 0) return read;
  const isSure = ({ rule, lock }: Finding) => rule !== doubleLock.name && sources.get(lock)?.sure !== false;
  const isDoubtful = (each: Finding) => each.confidence === "hard" && sources.has(each.lock) && !isSure(each);
  const isAsked = findingsOf(read).some(isDoubtful);
  const alone = isAsked ? await withoutThem() : undefined;
  const certain = new Set(
    alone && findingsOf(alone).flatMap(({ confidence, id }) => (confidence === "hard" ? [id] : [])),
  );
  const told = (each: Finding): Finding => {
    const source = sources.get(each.lock);
    if (!source || certain.has(each.id)) return each;
    const message = `${each.message} (by ${source.function}() at ${source.file}:${source.line})`;
    return { ...each, message, ...(!isSure(each) && { confidence: "audit" }) };
  };
  return { ...read, judged: eachFinding(read.judged, told) };
}

/** By the locks that findings are about. */
function sourcesOf(read: JudgedReading): ReadonlyMap<string, OtherSource> {
  const { plan } = read.translation;
  const locks = new Set(findingsOf(read).map(({ lock }) => lock));
  const sources = new Map(
    plan.calls.keys.flatMap((key) => {
      const source = locks.has(nameOf(key)) ? otherSourceOf(key, plan) : undefined;
      return source ? [[nameOf(key), { ...source, sure: source.sure && isWhole(key, plan) }] as const] : [];
    }),
  );
  const doubtful = locks.has("") ? doubtfulSourceIn(plan) : undefined;
  return doubtful ? sources.set("", doubtful) : sources;
}

const CHANGES_CONTEXT = new Set(["acquire", "release", "enter", "leave"]);

/** By what a file that may not be meant does, a context may be another one: which lock it is by then, nothing tells. */
const doubtfulSourceIn = ({ calls }: Calls): OtherSource | undefined =>
  [...calls.outcomes.values()]
    .flat()
    .flatMap(({ does }) => does)
    .find(({ from, operation }) => from?.sure === false && CHANGES_CONTEXT.has(operation.kind))?.from;

/**
 * Where one half of a pair is all that is known, the other one may go by a call that is not; and so it may where another
 * file leaves a section that anybody can have entered.
 */
function isWhole(key: Key, plan: Calls): boolean {
  if (key.text !== CONTEXT) return key.acquired && key.released;
  const kinds = othersOn(key, plan).map(({ kind }) => kind);
  return kinds.includes("enter") && kinds.includes("leave");
}

const findingsOf = ({ judged }: JudgedReading): readonly Finding[] => [
  ...judged.findings,
  ...[...judged.exitFindings, ...judged.leaks].map(({ finding }) => finding),
  ...judged.annotationMismatches,
];
