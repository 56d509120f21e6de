import { type Flow, isNamed, type Key, type Plan } from "../../model/c/index.ts";
import type { UnitFunction } from "../../model/c/source/index.ts";

/** What is known before a step of a function, relative to its entry. */
export interface State {
  /** Tokens of locks and contexts that are held on every path, and on some path. */
  readonly must: ReadonlySet<string>;
  readonly may: ReadonlySet<string>;
  /** On some path something was called that sleeps whatever its arguments. */
  readonly slept: boolean;
}

/** A lock is held in one mode, and held in some mode. */
export const lockToken = (key: number, mode: "shared" | "exclusive" | "any"): string => `${mode} ${key}`;
const lockTokens = (key: number, isShared: boolean): readonly string[] => [
  lockToken(key, isShared ? "shared" : "exclusive"),
  lockToken(key, "any"),
];
const MODES = ["shared", "exclusive", "any"] as const;
const contextToken = (context: string, coupled?: number): string => `in ${context} ${coupled ?? "itself"}`;

/** Whether one of the tokens is of a context: `irq`, `bh`, `preempt`, `rcu`. */
export const isWithin = (tokens: ReadonlySet<string>, ...contexts: readonly string[]): boolean =>
  [...tokens].some((token) => token === UNKNOWN || contexts.some((each) => token.startsWith(`in ${each} `)));

/** A callee that was not understood may have left anything held. */
const UNKNOWN = "unknown";

export interface States {
  /** By node; absent where no path leads. */
  readonly before: ReadonlyMap<number, State>;
  /** It releases or leaves what it did not take or enter: its callers hold something. */
  readonly comesHeld: boolean;
}

/** The states of a function's flow, by the calls whose effect is known. */
export function statesOf({ flow, calls }: Plan, { annotations }: UnitFunction): States {
  const onEntry = calls.keys.filter((key) =>
    annotations.some(({ kind, lock }) => kind !== "acquires" && isNamed(key, lock)),
  );
  const steps = stepsOf(calls);
  const entry = new Set(onEntry.flatMap((key: Key) => lockTokens(key.index, false)));
  const before = spread(flow, { must: entry, may: entry, slept: false }, steps);
  const isTold = annotations.some(({ kind }) => kind !== "acquires");
  return { before, comesHeld: isTold || releasesFirst(flow, steps) };
}

/** Whether what a function does first with some lock or context, by the order of its text, is to release it. */
function releasesFirst({ nodes }: Flow, steps: ReadonlyMap<number, Step>): boolean {
  const inOrder = [...steps].sort(([one], [other]) => (nodes[one]?.at ?? 0) - (nodes[other]?.at ?? 0));
  const taken = new Set<string>();
  for (const [, { gives, acquires }] of inOrder) {
    if (gives.some((given) => !given.some((token) => taken.has(token)))) return true;
    for (const token of acquires) taken.add(token);
  }
  return false;
}

interface Step {
  /** Taken whatever comes of the call, and by some outcome of it. */
  readonly takes: ReadonlySet<string>;
  readonly mayTake: ReadonlySet<string>;
  /** Without what is only asserted. */
  readonly acquires: ReadonlySet<string>;
  /** For each release the tokens that it ends; ended by all outcomes, and by some. */
  readonly gives: readonly (readonly string[])[];
  readonly ends: ReadonlySet<string>;
  readonly mayEnd: ReadonlySet<string>;
  readonly enables: boolean;
  readonly sleeps: boolean;
}

type Calls = Plan["calls"];
type Outcome = NonNullable<ReturnType<Calls["outcomes"]["get"]>>[number];

const union = <T>(sets: readonly Iterable<T>[]): ReadonlySet<T> => new Set(sets.flatMap((each) => [...each]));
const common = <T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> => {
  const [first, ...rest] = sets;
  return new Set([...(first ?? [])].filter((each) => rest.every((other) => other.has(each))));
};

function stepsOf({ outcomes }: Calls): ReadonlyMap<number, Step> {
  return new Map([...outcomes].map(([node, each]) => [node, stepOf(each)]));
}

function stepOf(outcomes: readonly Outcome[]): Step {
  const taken = outcomes.map(takenBy);
  const given = outcomes.map(givenBy);
  const ended = given.map((gives) => new Set(gives.flat()));
  return {
    takes: common(taken),
    mayTake: union([...taken, ...outcomes.map(({ taints }) => (taints ? [UNKNOWN] : []))]),
    acquires: union(outcomes.map((each) => takenBy({ ...each, does: each.does.filter(isDone) }))),
    gives: given.flat(),
    ends: common(ended),
    mayEnd: union([...ended, ...outcomes.map(({ forgets }) => forgets.flatMap(allTokens))]),
    enables: outcomes.some(({ does }) =>
      does.some(({ operation, absolute }) => operation.kind === "leave" && absolute === true),
    ),
    sleeps: outcomes.length > 0 && outcomes.every(sleeps),
  };
}

const allTokens = (key: number): readonly string[] => MODES.map((mode) => lockToken(key, mode));

const isDone = ({ operation: { kind } }: Outcome["does"][number]): boolean => kind !== "assume";

function takenBy({ does }: Outcome): ReadonlySet<string> {
  const tokens = does.flatMap(({ operation, key, coupled }) => {
    if (operation.kind === "enter") return [contextToken(operation.object, coupled)];
    if (key === undefined) return [];
    if (operation.kind === "acquire") return lockTokens(key, operation.mode === "shared");
    if (operation.kind !== "assume" || operation.mode === "released") return [];
    return lockTokens(key, operation.mode === "held-shared");
  });
  return new Set(tokens);
}

function givenBy({ does }: Outcome): readonly (readonly string[])[] {
  return does.flatMap(({ operation, key, coupled }) => {
    if (operation.kind === "leave") return [[contextToken(operation.object, coupled)]];
    if (key === undefined) return [];
    return operation.kind === "release" ? [allTokens(key)] : [];
  });
}

/** By the table, or confirmed of a helper; not by a list or a chain that leads through conditions. */
const sleeps = ({ does }: Outcome): boolean =>
  does.some(
    ({ operation: { kind }, listed, chain, confirmed }) =>
      (kind === "may-sleep" || kind === "schedule") && !listed && (!chain || confirmed === true),
  );

function after(state: State, step: Step | undefined): State {
  if (!step) return state;
  const isOn = (token: string) => step.enables && token.startsWith("in irq ");
  const must = [...state.must].filter((each) => !step.mayEnd.has(each) && !isOn(each));
  const may = [...state.may].filter((each) => !step.ends.has(each) && !isOn(each));
  return {
    must: union([must, step.takes]),
    may: union([may, step.mayTake]),
    slept: state.slept || step.sleeps,
  };
}

function spread(
  { nodes, entry }: Flow,
  initial: State,
  steps: ReadonlyMap<number, Step>,
): ReadonlyMap<number, State> {
  const before = new Map<number, State>([[entry, initial]]);
  const todo = [entry];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    const known = before.get(node);
    const here = nodes[node];
    if (!known || !here) continue;
    const now = after(known, steps.get(node));
    for (const to of new Set([here.next, here.otherwise])) {
      if (to < 0) continue;
      const merged = joined(before.get(to), now);
      if (merged === before.get(to)) continue;
      before.set(to, merged);
      todo.push(to);
    }
  }
  return before;
}

/** What is known where two ways meet; the first itself, where the other adds nothing. */
function joined(one: State | undefined, other: State): State {
  if (!one) return other;
  const must = common([one.must, other.must]);
  const may = union([one.may, other.may]);
  const slept = one.slept || other.slept;
  const isSame = must.size === one.must.size && may.size === one.may.size && slept === one.slept;
  return isSame ? one : { must, may, slept };
}
