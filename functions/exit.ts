import {
  isPrivate,
  type Key,
  RETURNED,
  type ReturnedClass,
  returnedClass,
  type Translation,
} from "../model/c/index.ts";
import { type Status, statusAt } from "../model/c/status/index.ts";
import type { Ownership } from "./escape.ts";
import type { End } from "./explore.ts";

/** How a function can end: what it returns, and what it has done to each lock by then. */
export interface Exit {
  readonly returns: ReturnedClass;
  /** By key. */
  readonly statuses: readonly Status[];
  readonly end: End;
}

/** The different ways to end, each with the first end that shows it. */
export function exitsOf({ plan }: Translation, ends: readonly End[]): readonly Exit[] {
  const exits = new Map<string, Exit>();
  for (const end of ends) {
    const returns = returnedClass(end.value(RETURNED.name));
    const statuses = plan.calls.keys.map((key) => statusAt(key, end.value));
    const look = `${returns} ${statuses.join()}`;
    if (!exits.has(look)) exits.set(look, { returns, statuses, end });
  }
  return [...exits.values()];
}

/** What a function leaves behind, against what it came with: one lock more, one less, or as before. */
export type Net = 1 | 0 | -1;

export function netOf(status: Status | undefined): Net | undefined {
  switch (status) {
    case "untouched":
    case "refused":
    case "assumed held":
    case "assumed held-shared":
    case "released":
    case "regained":
    case "regained-shared":
      return 0;
    case "held":
    case "held-shared":
    case "held twice":
      return 1;
    case "dropped":
      return -1;
    default:
      return undefined;
  }
}

/** An exit that leaves a lock in another way than exits which a caller can't tell from it. */
export interface Imbalance {
  readonly key: Key;
  readonly net: 1 | -1;
  readonly exit: Exit;
  /** Every way out keeps the lock. */
  readonly always: boolean;
  /** No way out releases it after taking it: by design, where another function is there to do so. */
  readonly unreleased: boolean;
  /** The ways out that release it return what may be anything: so may an error. */
  readonly vague: boolean;
  /** Some failures keep it and others do not: no name and no list makes that right. */
  readonly inFailure: boolean;
}

/** Locks that a function takes, and keeps on some ways out or on all; or loses on some that look like others. */
export function imbalances(
  { plan }: Translation,
  exits: readonly Exit[],
  owned: Ownership,
): readonly Imbalance[] {
  return plan.calls.keys.flatMap((key) => {
    if (isPrivate(key) || isJudgedAtReturn(key) || !key.acquired || owned.flagged) return [];
    const ways = waysOut(key, exits).filter(({ exit }) => !isHandedOn(key, exit, owned));
    const always = ways.length > 0 && ways.every(({ net }) => net === 1);
    if ((always || !key.released) && owned.isObject(key)) return [];
    const kept = ways.find((way) => way.net === 1 && (always || keepsOddly(way, ways, key, owned.failing)));
    const lost = owned.isLocal(key)
      ? undefined
      : ways.find((way) => way.net === -1 && contradicts(way, ways, isAsserted(key, plan)));
    const odd = kept ?? lost;
    if (!odd || odd.net === 0) return [];
    const { net, exit } = odd;
    const vague = net === 1 && !isClearlyOdd(odd, ways, owned.failing);
    const inFailure = net === 1 && fails(exit, owned.failing) && hasBalancedTwin(odd, ways);
    return [{ key, net, exit, always, unreleased: !key.released, vague, inFailure }];
  });
}

/** Who fails hands on nothing; but a folio's lock may be its reader's business even then. */
const isHandedOn = (key: Key, exit: Exit, owned: Ownership): boolean =>
  owned.escapes(key) && (owned.isObject(key) || !fails(exit, owned.failing));

/** Lazy MMU mode has a rule of its own, which judges returns as well. */
const isJudgedAtReturn = ({ object }: Key): boolean => object === "lazy-mmu";

/** Of a folio's lock an unknown result tells too little: it may well say who has it. */
function waysOut(key: Key, exits: readonly Exit[]): readonly Way[] {
  const isFolio = key.object === "folio-lock";
  if (isFolio && key.text.includes("->")) return [];
  return exits.flatMap((exit) => {
    const status = exit.statuses[key.index];
    const net = netOf(status);
    return net === undefined || (isFolio && exit.returns === "any") ? [] : [{ exit, net, status }];
  });
}

interface Way {
  readonly exit: Exit;
  readonly net: Net;
  readonly status: Status | undefined;
}

/** Where the lock is never released, what is returned may well tell the caller who has it. */
function keepsOddly(way: Way, all: readonly Way[], key: Key, failing: ReturnedClass): boolean {
  return isOdd(way, all, failing) && (key.released || way.exit.returns === "nothing");
}

/** Within its class some other exit is balanced; or an error keeps a lock that success has released. */
function isOdd(way: Way, all: readonly Way[], failing: ReturnedClass): boolean {
  const balanced = all.filter(({ net }) => net === 0).map(({ exit }) => exit.returns);
  return balanced.includes("any") || isClearlyOdd(way, all, failing);
}

function isClearlyOdd({ exit }: Way, all: readonly Way[], failing: ReturnedClass): boolean {
  if (hasBalancedTwin({ exit }, all)) return true;
  const others = all.filter((each) => each.exit.returns !== exit.returns);
  return fails(exit, failing) && others.length > 0 && others.every(({ net }) => net === 0);
}

const hasBalancedTwin = ({ exit }: Pick<Way, "exit">, all: readonly Way[]): boolean =>
  all.some((each) => each.exit.returns === exit.returns && each.net === 0);

const fails = ({ returns }: Exit, failing: ReturnedClass): boolean =>
  returns === "error" || returns === failing;

/**
 * It releases a lock first that it takes first on other ways: it can't have come with it on both. Or it says
 * that it comes with it, and goes without it on some ways alone.
 */
function contradicts({ exit }: Way, all: readonly Way[], asserted: boolean): boolean {
  return all.some(
    (way) => way.exit.returns === exit.returns && (way.status === "released" || (asserted && way.net === 0)),
  );
}

function isAsserted({ index }: Key, { calls }: Translation["plan"]): boolean {
  const outcomes = [...calls.outcomes.values()].flat();
  return outcomes.some(({ does }) =>
    does.some(({ operation, key }) => operation.kind === "assume" && key === index),
  );
}
