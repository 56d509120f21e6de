import {
  ANY,
  CONTEXT,
  isFlags,
  isList,
  isMapping,
  type Key,
  type Mask,
  NEGATIVE,
  POSITIVE,
  type ReturnedClass,
  type Translation,
  taintOf,
  ZERO,
} from "../model/c/index.ts";
import type { CallEffect, CallOutcome, OtherSource, PlacedOperation } from "../model/c/knowledge/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import type { Status } from "../model/c/status/index.ts";
import type { Mode, Operation } from "../model/kernel/operation.ts";
import { type Exit, netOf } from "./exit.ts";
import { callersPlace, isOfLocal, isSetIn, type Place } from "./lock-place.ts";
import { otherSourceOf } from "./other-sources.ts";
import { type Passage, passageOn, passagesOf } from "./passage.ts";
import { asCallersTell, errorsOf, returnedArgument } from "./returned.ts";

const MASKS: Readonly<Record<ReturnedClass, Mask>> = {
  any: ANY,
  nothing: ANY,
  error: NEGATIVE,
  zero: ZERO,
  positive: POSITIVE,
  nonzero: NEGATIVE | POSITIVE,
};

/**
 * What a function of the same file does to its caller's locks, by what it returns; undefined for nothing.
 * Where ways out that look alike to the caller differ in a lock, nothing is known of that lock.
 */
export function summarise(
  translation: Translation,
  { locals, ...declared }: Summarised,
  ends: readonly Exit[],
): CallEffect | undefined {
  const { model, plan } = translation;
  const exits = asCallersTell(ends, declared.head);
  const isChanged = ({ index }: Key) => exits.some(({ statuses }) => isChange(statuses[index]));
  const isPassed = ({ index }: Key) => exits.some(({ statuses }) => statuses[index] === "released");
  const passages = passagesOf(translation);
  const changed = plan.calls.keys.filter(
    (key) =>
      !isList(key) && !isOfLocal(key, locals) && (isChanged(key) || (isPassed(key) && passages.has(key))),
  );
  const placed = changed.map((key) => ({
    key,
    place: callersPlace(key, declared, plan.flow),
    released: releaseMode(key, translation),
    passes: isChanged(key) ? undefined : passages.get(key),
    isAnother: isSetIn(key, plan.flow),
    from: otherSourceOf(key, plan),
  }));
  const taints = taintsOf(translation, placed);
  if (placed.length === 0 && taints === undefined) return undefined;
  const outcomes = outcomesOf(exits, placed.filter(isPlaced)).map((each) => ({
    ...each,
    ...(taints && { taints }),
  }));
  const about = { name: model.name, source: "summary" };
  if (taints === undefined && !changed.some(isChanged)) {
    const passing = withoutResult(outcomes);
    const isSaying = passing.some(({ does, mayPass }) => does.length > 0 || mayPass);
    return isSaying ? { ...about, outcomes: passing, leavesLocks: true } : undefined;
  }
  const switches = [...new Set(changed.flatMap((key) => switchesOf(key, translation)))].sort();
  const argument = returnedArgument(plan, declared.parameters);
  return {
    ...about,
    outcomes,
    ...(switches.length > 0 && { switches }),
    ...(argument !== undefined && { returnsArgument: argument }),
  };
}

/** What is summarised. */
export interface Summarised extends Pick<UnitFunction, "parameters" | "pointersToPointers" | "head"> {
  readonly locals: ReadonlySet<string>;
}

/** How the lock is taken or released by calls that switch bottom halves or interrupts. */
function switchesOf({ index }: Key, { plan: { calls } }: Translation): readonly string[] {
  return [...calls.outcomes.values()].flat().flatMap(({ does }) => {
    const contexts = does.flatMap(({ operation: { object } }) =>
      object === "bh" || object === "irq" ? [object] : [],
    );
    const kinds = does.flatMap(({ operation: { kind }, key }) =>
      key === index && (kind === "acquire" || kind === "release") ? [kind] : [],
    );
    return kinds.flatMap((kind) => contexts.map((context) => `${kind} ${context}`));
  });
}

/** Where all outcomes do the same, the result does not matter. */
function withoutResult(outcomes: readonly CallOutcome[]): readonly CallOutcome[] {
  const [first] = outcomes;
  const looks = new Set(outcomes.map(({ does, mayPass }) => JSON.stringify([does, mayPass])));
  if (!first || looks.size > 1) return outcomes;
  const { exactly: _, ...rest } = first;
  return [{ ...rest, name: "done", weight: 0, returns: ANY }];
}

/** The classes of locks that its caller can't name, or of which a loop takes or releases many; and what its own callees taint. */
function taintsOf(
  { plan }: Translation,
  placed: readonly { readonly key: Key; readonly place: Place | undefined }[],
): CallOutcome["taints"] {
  const inherited = [...plan.calls.outcomes.values()].flat().flatMap(({ taints }) => taints ?? []);
  if (inherited.includes("all")) return "all";
  const own = placed.flatMap(({ key, place }) => (place || isMapping(key) ? [] : [taintOf(key)]));
  const classes = new Set([...inherited, ...own, ...plan.loopLocks.alone.map(taintOf)]);
  return classes.size > 0 ? [...classes] : undefined;
}

interface Placed {
  readonly key: Key;
  readonly place: Place;
  /** How the function releases the lock; undefined where it does so in either mode. */
  readonly released: Mode | undefined;
  /** How it takes the lock by waiting and releases it; undefined where it does otherwise too. */
  readonly passes: Passage | undefined;
  /** The function sets what leads to the lock. */
  readonly isAnother: boolean;
  /** The function of another file by which it does. */
  readonly from: OtherSource | undefined;
}

const isPlaced = (each: Omit<Placed, "place"> & { readonly place: Place | undefined }): each is Placed =>
  each.place !== undefined;

function releaseMode(key: Key, { plan }: Translation): Mode | undefined {
  const modes = new Set<Mode>();
  for (const outcomes of plan.calls.outcomes.values()) {
    for (const { does } of outcomes) {
      for (const { operation, key: index } of does) {
        if (operation.kind === "release" && index === key.index) modes.add(operation.mode);
      }
    }
  }
  return modes.size > 1 ? undefined : ([...modes][0] ?? "exclusive");
}

function outcomeOf(returns: ReturnedClass, exits: readonly Exit[], placed: readonly Placed[]): CallOutcome {
  const judged = placed.map((each) => ({ ...each, status: statusBehind(each, returns, exits) }));
  const known = judged.filter(
    ({ status, released }) => netOf(status) !== undefined && (netOf(status) !== -1 || released),
  );
  const unknown = judged.filter((each) => !known.includes(each));
  const alike = alikeTo(returns, exits);
  const perhaps = placed.flatMap((each) => passageOf(each, alike, "some"));
  return {
    name: `returns ${returns}`,
    weight: returns === "error" ? 1 : 0,
    does: [
      ...placed.flatMap((each) => passageOf(each, alike, "every")),
      ...known.flatMap((each) => operationsOf(each, each.status)),
    ],
    ...(perhaps.length > 0 && { mayPass: perhaps }),
    forgets: unknown.flatMap((each) => operationsOf(each, "held")),
    returns: MASKS[returns],
  };
}

/** One for each class of results, and for each error that has a name: callers may tell these apart. */
function outcomesOf(exits: readonly Exit[], placed: readonly Placed[]): readonly CallOutcome[] {
  const errors = errorsOf(exits);
  const classes = [...new Set(exits.map(({ returns }) => returns))];
  return classes.flatMap((returns) =>
    returns === "error" && errors.size > 0
      ? outcomesByError(errors, placed)
      : [outcomeOf(returns, exits, placed)],
  );
}

const outcomesByError = (errors: ReadonlyMap<string, readonly Exit[]>, placed: readonly Placed[]) =>
  [...errors].map(([exactly, exits]): CallOutcome => {
    return { ...outcomeOf("error", exits, placed), name: `returns ${exactly}`, exactly };
  });

/** The exits that a caller can't tell from one of the class. */
const alikeTo = (returns: ReturnedClass, exits: readonly Exit[]): readonly Exit[] =>
  exits.filter((exit) => (MASKS[exit.returns] & MASKS[returns]) !== 0);

/** What a lock has come to behind every way out of a class; undefined where they differ. */
function statusBehind(
  { key, released }: Placed,
  returns: ReturnedClass,
  exits: readonly Exit[],
): Status | undefined {
  const alike = alikeTo(returns, exits);
  const statuses = new Set(alike.map(({ statuses }) => normalised(statuses[key.index], released)));
  const [only] = statuses;
  return statuses.size === 1 && netOf(only) !== undefined ? only : undefined;
}

const isChange = (status: Status | undefined): boolean =>
  netOf(status) !== 0 || status === "regained" || status === "regained-shared";

/** A lock that was given up and taken back is as before, but where it came back in another mode. */
function normalised(status: Status | undefined, released: Mode | undefined): Status | undefined {
  if (status === "regained") return released === "exclusive" ? "released" : status;
  if (status === "regained-shared") return released === "shared" ? "released" : status;
  if (netOf(status) === 0) return "released";
  if (netOf(status) === -1) return "dropped";
  return status?.replace(/ twice$/, "") as Status | undefined;
}

function passageOf(
  { key, passes, from, place: { operand, ...path } }: Placed,
  exits: readonly Exit[],
  how: "every" | "some",
): readonly PlacedOperation[] {
  const passed = exits.filter(({ statuses }) => statuses[key.index] === "released").length;
  const isSo = how === "every" ? passed === exits.length : passed < exits.length;
  if (!passes || passed === 0 || !isSo) return [];
  const operation = { ...passageOn(key, passes), ...(operand !== undefined && { operand }) };
  return [{ operation, ...path, ...(from && { from }) }];
}

function operationsOf(
  { key, place, released, isAnother, from }: Omit<Placed, "passes">,
  status: Status | undefined,
): readonly PlacedOperation[] {
  const isModeChange = status === "regained" || status === "regained-shared";
  if (isModeChange && released) {
    const back = status === "regained" ? "held" : "held-shared";
    return ["dropped", back].flatMap((each) =>
      operationsOf({ key, place, released, isAnother, from }, each as Status),
    );
  }
  const net = netOf(status);
  if (net === undefined || net === 0) return [];
  const { operand, ...path } = place;
  const about = { object: key.object, ...(operand !== undefined && { operand }) };
  const at = (operation: Operation): PlacedOperation => ({ operation, ...path, ...(from && { from }) });
  if (key.text === CONTEXT) return [at({ ...about, kind: net === 1 ? "enter" : "leave" } as Operation)];
  if (isMapping(key)) return [at({ ...about, kind: net === 1 ? "map" : "unmap" } as Operation)];
  if (isFlags(key)) return [at({ ...about, kind: net === 1 ? "save" : "restore" } as Operation)];
  const mode = status === "held-shared" ? "shared" : net === -1 ? (released ?? "exclusive") : "exclusive";
  const lock = at({ ...about, kind: net === 1 ? "acquire" : "release", mode } as Operation);
  return [net === 1 && (isAnother || operand === "result") ? { ...lock, another: true } : lock];
}
