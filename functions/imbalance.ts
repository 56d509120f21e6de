import {
  acquisitionsOf,
  isPrivate,
  type Key,
  reachedFrom,
  releasesOf,
  type Translation,
} from "../model/c/index.ts";
import { isOwnerless } from "../model/kernel/counted.ts";
import type { Ownership } from "./escape.ts";
import { type Exit, netOf } from "./exit.ts";
import { keptByFlag } from "./kept-by-flag.ts";
import { isOneWithAnother } from "./same-lock.ts";
import { isPerhapsReleased } from "./silent-release.ts";
import { type Fails, isSure, type Way } from "./sure-exit.ts";

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
  /** Another way out that returns the same does not keep it. */
  readonly alike: boolean;
  /** A failure keeps it that others, or all successes, give back: no name and no list makes that right. */
  readonly inFailure: boolean;
  /** It keeps the lock where it succeeds, and where it fails it does not: its callers are to release it. */
  readonly onSuccess: boolean;
  /** What the other ways out do leaves no doubt that this one is wrong. */
  readonly sure: boolean;
}

/** Locks that a function takes, and keeps on some ways out or on all; or loses on some that look like others. */
export function imbalances(
  translation: Translation,
  exits: readonly Exit[],
  owned: Ownership,
): readonly Imbalance[] {
  const { plan } = translation;
  const fails = failuresOf(exits, owned);
  return plan.calls.keys.flatMap((key) => {
    if (isPrivate(key) || isJudgedAtReturn(key) || !key.acquired || owned.flagged) return [];
    const flipped = keptByFlag(translation, key, exits);
    if (flipped) return [{ ...BY_FLAG, key, exit: flipped, inFailure: fails(flipped.returns) }];
    const ways = waysOut(key, exits).filter(
      ({ exit, net }) =>
        !isHandedOn(key, exit, owned, fails) && !(net === 1 && isPerhapsReleased(translation, key, exit)),
    );
    const always = ways.length > 0 && ways.every(({ net }) => net === 1);
    if ((always || !key.released) && (owned.isObject(key) || isOwnerless(key.object))) return [];
    // What it releases without taking it, it has from a call before: it may leave it to the next.
    const isCarried = ways.some(({ status }) => status === "dropped");
    const inverted = hasReleaseBehind(key, plan) ? ways.filter((way) => isInverted(way, ways)) : [];
    const judging = { always, fails, owned, asserted: isAsserted(key, plan), inverted };
    return oddWays(key, ways, judging).flatMap((odd) => {
      const { net, exit } = odd;
      if (net === 0) return [];
      const isContrary = inverted.includes(odd);
      const vague = net === 1 && !isContrary && !isClearlyOdd(odd, ways, fails);
      const alike = net === 1 && (isContrary || hasBalancedTwin(odd, ways));
      const onSuccess =
        !always &&
        net === 1 &&
        !isContrary &&
        !isOdd(odd, ways, fails) &&
        !isVagueBesideSuccess(odd, ways, { key, fails });
      const sure =
        !onSuccess && !isCarried && !isUnclear(translation, key, exit, exits) && isSure(odd, ways, fails);
      const inFailure = fails(exit.returns) && (alike || sure);
      return [
        { key, net, exit, always, unreleased: !key.released, vague, alike, inFailure, onSuccess, sure },
      ];
    });
  });
}

const BY_FLAG = {
  net: 1,
  ...{ always: false, unreleased: false, vague: false, alike: true, onSuccess: false, sure: true },
} as const;

interface Judging {
  readonly always: boolean;
  readonly asserted: boolean;
  readonly fails: Fails;
  readonly owned: Ownership;
  readonly inverted: readonly Way[];
}

/** A return that keeps the lock on some ways releases it on others that have not taken it: a flag is asked the wrong way round. */
const isInverted = ({ net, exit }: Way, all: readonly Way[]): boolean =>
  net === 1 &&
  all.some((each) => each.net === -1 && each.exit.site === exit.site && each.exit.returns === exit.returns);

/** Some way from where the lock is taken comes to where it is released. */
function hasReleaseBehind(key: Key, plan: Translation["plan"]): boolean {
  const behind = reachedFrom(plan.flow.nodes, acquisitionsOf(key, plan));
  return releasesOf(key, plan).some((node) => behind.has(node));
}

/** On other ways to the same return a callee may have released it: what it did is not known. */
const isUnclear = (
  translation: Translation,
  key: Key,
  { site, returns }: Exit,
  exits: readonly Exit[],
): boolean =>
  exits.some(
    (each) =>
      each.site === site &&
      each.returns === returns &&
      netOf(each.statuses[key.index]) === undefined &&
      !isOneWithAnother(translation, key, each),
  );

/** Each return that keeps a lock by itself; the first alone where all do, or where one loses it. */
function oddWays(
  key: Key,
  ways: readonly Way[],
  { always, asserted, fails, owned, inverted }: Judging,
): readonly Way[] {
  const isGivenBack = ways.some(({ status }) => status === "released");
  const kept = ways.filter(
    (way) =>
      way.net === 1 && (always || isGivenBack || inverted.includes(way) || keepsOddly(way, ways, key, fails)),
  );
  const firsts = kept.filter(
    ({ exit }, position) => position === kept.findIndex((each) => each.exit.site === exit.site),
  );
  if (firsts.length > 0) return always ? firsts.slice(0, 1) : firsts;
  const lost = owned.isLocal(key)
    ? undefined
    : ways.find((way) => way.net === -1 && contradicts(way, ways, asserted));
  return lost ? [lost] : [];
}

/**
 * By the kernel's conventions: pointers are NULL, bools false where a function fails; other results are errors,
 * or not zero where it never returns a number that is no error.
 */
export function failuresOf(exits: readonly Exit[], { failing }: Pick<Ownership, "failing">): Fails {
  const classes = new Set(exits.map(({ returns }) => returns));
  const isCount = classes.has("positive");
  return (returns) =>
    returns === "error" || returns === failing || (failing === "error" && returns === "nonzero" && !isCount);
}

/** Who fails hands on nothing; but a folio's lock may be its reader's business even then. */
const isHandedOn = (key: Key, exit: Exit, owned: Ownership, fails: Fails): boolean =>
  owned.escapes(key) && (owned.isObject(key) || !fails(exit.returns));

/** Lazy MMU mode has a rule of its own, which judges returns as well. */
const isJudgedAtReturn = ({ object }: Key): boolean => object === "lazy-mmu";

/** Of a folio's lock an unknown result tells too little: it may well say who has it. */
function waysOut(key: Key, exits: readonly Exit[]): readonly Way[] {
  const isFolio = key.object === "folio-lock";
  if (isFolio && key.text.includes("->")) return [];
  const ways = new Map<string, Way>();
  for (const exit of exits) {
    const status = exit.statuses[key.index];
    const net = netOf(status);
    if (net === undefined || (isFolio && exit.returns === "any")) continue;
    const keepsOther = exit.statuses.some((each, index) => index !== key.index && netOf(each) === 1);
    const look = `${exit.site} ${exit.returns} ${status} ${keepsOther}`;
    if (!ways.has(look)) ways.set(look, { exit, net, status, keepsOther });
  }
  return [...ways.values()];
}

/** Where the lock is never released, what is returned may well tell the caller who has it. */
function keepsOddly(way: Way, all: readonly Way[], key: Key, fails: Fails): boolean {
  return isOdd(way, all, fails) && (key.released || way.exit.returns === "nothing");
}

/** Within its class some other exit is balanced; or an error keeps a lock that success has released. */
function isOdd(way: Way, all: readonly Way[], fails: Fails): boolean {
  const balanced = all.filter(({ net }) => net === 0).map(({ exit }) => exit.returns);
  return balanced.includes("any") || isClearlyOdd(way, all, fails);
}

function isClearlyOdd({ exit }: Way, all: readonly Way[], fails: Fails): boolean {
  if (hasBalancedTwin({ exit }, all)) return true;
  const succeeds = all.filter((each) => !fails(each.exit.returns));
  return fails(exit.returns) && succeeds.length > 0 && succeeds.every(({ net }) => net === 0);
}

/**
 * What it returns may be anything, and a success gives the lock back: so no caller learns who has it. A semaphore may
 * be given back by whoever ends what the callee begins.
 */
const isVagueBesideSuccess = (
  { exit }: Way,
  all: readonly Way[],
  { key, fails }: { readonly key: Key; readonly fails: Fails },
): boolean =>
  exit.returns === "any" &&
  !isOwnerless(key.object) &&
  all.some(({ net, exit: { returns } }) => net === 0 && !fails(returns));

const hasBalancedTwin = ({ exit }: Pick<Way, "exit">, all: readonly Way[]): boolean =>
  all.some((each) => each.exit.returns === exit.returns && each.net === 0);

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
