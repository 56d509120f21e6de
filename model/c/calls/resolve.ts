import type { ContextOperation, Operation } from "../../kernel/operation.ts";
import { ANY, type Flow } from "../flow/graph.ts";
import type { CallEffect, CallOutcome, Knowledge, PlacedOperation } from "../knowledge/effect.ts";
import type { GivenBack } from "./alias.ts";
import type { Call, ResolvedCalls, ResolvedOperation, ResolvedOutcome } from "./calls.ts";
import { contextKeys, markAbsolute, uncoupleSplitContexts } from "./coupling.ts";
import type { Key } from "./key.ts";
import { LockNames } from "./lock-names.ts";
import { markSrcuIndices } from "./srcu-index.ts";
import { unclearBehind } from "./unclear.ts";
import { lockVariants, takenWithIrqsOff } from "./variants.ts";

interface KnownCall {
  readonly node: number;
  readonly action: Call;
  readonly effect: CallEffect;
}

/** Gives each operation of each call in a function the lock that it is about. */
export function resolveCalls(flow: Flow, known: Knowledge): ResolvedCalls {
  const found = knownCalls(flow, known);
  const names = new LockNames(flow, givenBackBy(found));
  for (const { action, effect } of found) names.noteMappings(action, effect);
  const asked = { results: askedResults(flow), names: namedResults(flow) };
  const outcomes = new Map<number, readonly ResolvedOutcome[]>();
  // What is assumed of a lock is resolved once all locks are known.
  const last = found.filter((each) => isAssumed(each) || isRequired(each));
  for (const { node, action, effect } of [...found.filter(isDone), ...last]) {
    const possible = possibleOf(effect, action, asked);
    const nameless = possible.flatMap(({ does }) => namelessIn(does, action, names));
    const resolved = possible.map((each) => outcomeOf(action, tainting(each, nameless), names));
    if (resolved.some((each) => isAboutSomething(each, names))) outcomes.set(node, withRefusals(resolved));
  }
  const locks = names.keys();
  markSrcuIndices(outcomes, flow, locks);
  const summaries = new Map(
    found.flatMap(({ node, effect }) => (isSummary(effect) ? [[node, effect] as const] : [])),
  );
  const summarised = new Set(summaries.keys());
  markAbsolute(outcomes, summarised);
  const variants = lockVariants(outcomes, summaries);
  uncoupleSplitContexts(outcomes, new Set(variants.map(({ context }) => context)));
  const contexts = contextKeys(locks.length, outcomes);
  const copies = possibleCopies(locks, flow);
  return {
    keys: [...locks, ...contexts.values()],
    contexts,
    outcomes,
    variants,
    unclearBehind: unclearBehind(flow, known, {
      keys: [...locks, ...contexts.values()],
      aliases: names.aliases,
    }),
    takenWithIrqsOff: takenWithIrqsOff(outcomes, summarised),
    protectors: protectorsIn(found, outcomes, names),
    carriers: names.carriers,
    mayAlias: new Set(copies.keys()),
    copies,
    effects: [...new Map(found.map(({ effect }) => [effect.name, effect])).values()],
    aliases: names.aliases,
    groupOf: names.groupOf,
  };
}

/** The results of calls that some step reads. */
function askedResults({ nodes }: Flow): ReadonlySet<string> {
  const read = nodes.flatMap(({ action }) => {
    if (action.kind === "branch") return "variable" in action.condition ? [action.condition.variable] : [];
    const value = action.kind === "assign" || action.kind === "return" ? action.value : undefined;
    return value && "variable" in value ? [value.variable] : [];
  });
  return new Set(read);
}

/** The results of which some step asks whether they are a constant that has a name: `err == -EAGAIN`. */
function namedResults({ nodes }: Flow): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { action } of nodes)
    if (action.kind === "branch" && action.condition.kind === "named") named.add(action.condition.variable);
  for (let before = -1; before !== named.size; ) {
    before = named.size;
    for (const { action } of nodes)
      if (action.kind === "assign" && action.value.kind === "copy" && named.has(action.target))
        named.add(action.value.variable);
  }
  return named;
}

interface Asked {
  /** The results of calls that some step reads. */
  readonly results: ReadonlySet<string>;
  /** Those of which some step asks which error they are. */
  readonly names: ReadonlySet<string>;
}

/** The outcomes of a call that its caller can tell apart. */
function possibleOf(
  { outcomes }: CallEffect,
  { result }: Call,
  { results, names }: Asked,
): readonly CallOutcome[] {
  const heard = outcomes.filter(({ heeded }) => !heeded || results.has(result));
  return names.has(result) ? heard : withoutNames(heard);
}

/** Outcomes that differ in the name of the error alone are one. */
function withoutNames(outcomes: readonly CallOutcome[]): readonly CallOutcome[] {
  const byLook = new Map(
    outcomes.map((each) => [JSON.stringify({ ...each, exactly: undefined }), each] as const),
  );
  return byLook.size === outcomes.length ? outcomes : [...byLook.values()];
}

function knownCalls({ nodes }: Flow, known: Knowledge): readonly KnownCall[] {
  return nodes.flatMap(({ action }, node) => {
    const effect = action.kind === "call" ? effectOf(action, known) : undefined;
    return action.kind === "call" && effect ? [{ node, action, effect }] : [];
  });
}

function effectOf({ name, args, onlyDemands }: Call, known: Knowledge): CallEffect | undefined {
  const effect = known.find(name, args);
  if (!effect || !onlyDemands) return effect;
  const [first] = effect.outcomes;
  const does = (first?.does ?? []).filter(({ chain, operation }) => chain || operation.kind === "require");
  const outcome = { name: "done", weight: 0, does, returns: ANY } as const;
  return does.length > 0 ? { name, source: effect.source, outcomes: [outcome] } : undefined;
}

/** The results that are an argument of their call. */
function givenBackBy(found: readonly KnownCall[]): GivenBack {
  const known = found.flatMap(({ action: { result, args }, effect: { returnsArgument } }) => {
    const argument = returnsArgument === undefined ? undefined : args[returnsArgument];
    return argument ? ([[result, argument]] as const) : [];
  });
  return new Map(known);
}

/** Of what a function of the file does only the outcome is known, not by which calls. */
const isSummary = ({ source }: CallEffect): boolean => SUMMARISED.has(source);
const SUMMARISED: ReadonlySet<string> = new Set(["summary", "not summarised", "annotation", "inferred"]);

const isAssumed = ({ effect }: KnownCall): boolean =>
  effect.outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "assume"));
const isRequired = ({ effect }: KnownCall): boolean =>
  effect.outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "require"));
const isDone = (each: KnownCall): boolean => !isAssumed(each);

type Unrefused = Omit<ResolvedOutcome, "refuses">;

function outcomeOf(call: Call, { does, forgets = [], ...rest }: CallOutcome, names: LockNames): Unrefused {
  return {
    ...rest,
    does: names.resolve(call, does),
    forgets: names.resolve(call, forgets).flatMap(({ key }) => key ?? []),
    forgetsContexts: forgets.flatMap(({ operation }) => (isContextual(operation) ? [operation.object] : [])),
  };
}

const isContextual = (operation: Operation): operation is ContextOperation =>
  operation.kind === "enter" || operation.kind === "leave";

/** The classes of locks that the call returns with while nobody keeps what it returns: another name leads there. */
function namelessIn(does: readonly PlacedOperation[], call: Call, names: LockNames): readonly string[] {
  return does.flatMap(({ operation }) =>
    operation.kind === "acquire" && operation.operand === "result" && !names.keepsResult(call)
      ? [operation.object]
      : [],
  );
}

function tainting(outcome: CallOutcome, classes: readonly string[]): CallOutcome {
  if (classes.length === 0 || outcome.taints === "all") return outcome;
  return { ...outcome, taints: [...(outcome.taints ?? []), ...classes] };
}

const ABOUT_KEYS: ReadonlySet<string> = new Set(["assume", "require", "declare", "fill"]);

/** Lists that are not the function's own, and assumptions about a lock that it does not touch, do not matter. */
function isAboutSomething({ does, mayPass, returns }: Unrefused, { hasLists }: LockNames): boolean {
  if (mayPass && does.length === 0 && returns === ANY) return false;
  const matters = ({ operation: { kind }, key }: ResolvedOperation) =>
    kind === "drain" ? hasLists : key !== undefined || !ABOUT_KEYS.has(kind);
  return does.length === 0 || does.some(matters);
}

/**
 * Adds the keys that each outcome of a call could not get: another outcome takes them, which the caller can
 * tell apart by the result, and this one leaves them alone.
 */
function withRefusals(outcomes: readonly Unrefused[]): readonly ResolvedOutcome[] {
  return outcomes.map((each) => {
    const others = outcomes.filter(({ returns }) => (returns & each.returns) === 0);
    const taken = others.flatMap(({ does }) => does.flatMap(takenKey));
    const touched = new Set([...each.does.map(({ key }) => key), ...each.forgets]);
    return { ...each, refuses: each.taints ? [] : [...new Set(taken)].filter((key) => !touched.has(key)) };
  });
}

function takenKey({ operation, key }: ResolvedOperation): readonly number[] {
  const takes = operation.kind === "map" || (operation.kind === "acquire" && operation.regardless !== true);
  return takes && key !== undefined ? [key] : [];
}

/** A call that maps a page table and takes or names its lock says which lock protects it. */
function protectorsIn(
  found: readonly KnownCall[],
  outcomes: ReadonlyMap<number, readonly ResolvedOutcome[]>,
  names: LockNames,
): ReadonlyMap<number, number> {
  const protectors = new Map<number, Set<number>>();
  for (const { node, action } of found) {
    for (const { does } of outcomes.get(node) ?? []) {
      const mapping = does.find(({ operation }) => operation.kind === "map")?.key;
      const lock = takenPtl(does) ?? names.namedLock(action);
      if (mapping === undefined || lock === undefined) continue;
      protectors.set(mapping, (protectors.get(mapping) ?? new Set()).add(lock));
    }
  }
  const only = [...protectors].filter(([, locks]) => locks.size === 1);
  return new Map(only.map(([mapping, locks]) => [mapping, [...locks][0] ?? 0]));
}

const takenPtl = (does: readonly ResolvedOperation[]): number | undefined =>
  does.find(({ operation }) => operation.kind === "acquire" && operation.object === "ptl")?.key;

/**
 * The keys whose pointer is copied to another one that leads to a lock of the same name, with the keys of that: which
 * of them an assertion means is not known.
 */
function possibleCopies(keys: readonly Key[], { nodes }: Flow): ReadonlyMap<number, readonly number[]> {
  const named = new Map(keys.map(({ text, index }) => [text, index]));
  const copies = new Map<number, readonly number[]>();
  for (const { action } of nodes) {
    if (action.kind !== "assign" || action.value.kind !== "copy") continue;
    const { variable } = action.value;
    for (const { index, text, roots } of keys) {
      const copy = roots.includes(variable)
        ? named.get(action.target + text.slice(variable.length))
        : undefined;
      if (copy !== undefined) copies.set(index, [...(copies.get(index) ?? []), copy]);
    }
  }
  return copies;
}
