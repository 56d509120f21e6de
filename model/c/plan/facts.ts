import type { Variable } from "../../ir/model.ts";
import {
  type Action,
  ANY,
  type Condition,
  type Flow,
  type Mask,
  NEGATIVE,
  POSITIVE,
  type Value,
  ZERO,
} from "../flow/graph.ts";
import { bitTruth } from "./bit-truths.ts";
import type { Sliced } from "./slice.ts";
import { writesOf } from "./writes.ts";

/** The variable of the model that keeps a fact. */
export interface FactPlace {
  readonly name: string;
  /** What is shared, other tasks of the model ask and change as well. */
  readonly scope: Variable["scope"];
}

/** The values that a tracked variable can be known to have. */
export interface TrackedVariable {
  /** The place in C. */
  readonly name: string;
  readonly place: FactPlace;
  /** Sign masks that can occur; the first is ANY, nothing known. */
  readonly masks: readonly Mask[];
  /** Named constants it is compared with or set to, with their possible signs. */
  readonly constants: readonly { readonly name: string; readonly mask: Mask }[];
}

export interface Tracked {
  readonly variables: ReadonlyMap<string, TrackedVariable>;
  /** Conditions that are asked more than once, by their text. */
  readonly conditions: ReadonlyMap<string, FactPlace>;
}

/**
 * All facts, or only those that come from calls that matter: enough for a function too large for all; or
 * all but some, conditions and variables by their text, which may be the same twice and mean another value.
 */
export type FactChoice =
  | "all"
  | "of calls"
  | { readonly without: ReadonlySet<string> }
  /** All, and these variables at its end. */
  | { readonly atEnd: ReadonlySet<string> };

type Assign = Action & { kind: "assign" };

/** What is worth remembering: what some branch asks that an earlier step can have decided. */
export function trackedFacts(
  flow: Flow,
  kept: Sliced,
  results: ReadonlyMap<string, readonly Mask[]>,
  choice: FactChoice = "all",
): Tracked {
  const nodes = kept.nodes.map((node) => flow.nodes[node]?.action).filter((each) => each !== undefined);
  const branches = nodes.flatMap((each) => (each.kind === "branch" ? [each.condition] : []));
  const assigns = flow.nodes.flatMap(({ action }) => (action.kind === "assign" ? [action] : []));
  const returned = nodes.flatMap((each) =>
    each.kind === "return" && each.value?.kind === "copy" ? [each.value.variable] : [],
  );
  const asked = [...branches.flatMap(variableOf), ...returned, ...askedAtEnd(choice)];
  const wanted = withSources(new Set(asked), assigns);
  const informed = informedVariables(assigns, results);
  const again = askedAgain([...asked, ...askedInRounds(flow, kept)], assigns);
  const ofCalls = withTargets(new Set(results.keys()), assigns);
  const chosen = (name: string) =>
    remembers(choice, name) &&
    (choice === "of calls"
      ? ofCalls.has(name) || returned.includes(name)
      : informed.has(name) || again.has(name));
  const names = [...wanted].filter(chosen);
  const variables = names
    .map((name) => trackedVariable(name, branches, assigns, results))
    .filter(({ masks, constants }) => masks.length > 1 || constants.length > 0);
  const texts = branches.flatMap((each) => (each.kind === "truth" ? [each.text] : []));
  const asksAgain = (text: string, position: number) => texts.indexOf(text) !== position;
  const isTold = (text: string) =>
    assigns.some((each) => typeof bitTruth(each, text, flow.numberOf) === "boolean");
  const conditions = texts.filter(
    (text, position) =>
      choice !== "of calls" && (asksAgain(text, position) || isTold(text)) && remembers(choice, text),
  );
  return {
    variables: new Map(variables.map((each) => [each.name, each])),
    conditions: new Map(conditions.map((text) => [text, ownPlace(conditionName(text))])),
  };
}

/** Variables that are asked more than once, by themselves or by what is copied from them. */
function askedAgain(asked: readonly string[], assigns: readonly Assign[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set(asked.filter((each) => seen.has(each) || !seen.add(each)));
  const copies = assigns.filter(({ value }) => value.kind === "copy");
  for (const name of seen) {
    const targets = withTargets(new Set([name]), copies);
    for (const copy of targets) {
      if (copy === name || !seen.has(copy)) continue;
      for (const each of withSources(new Set([copy]), copies)) if (targets.has(each)) again.add(each);
    }
  }
  return again;
}

/** A fact of the function alone. */
const ownPlace = (name: string): FactPlace => ({ name, scope: "task" });

const conditionName = (text: string): string => `(${text})`;

/** The same facts, kept where `placeOf` says; it is given a place in C, or a condition in parentheses. */
export function placed(tracked: Tracked, placeOf: (text: string) => FactPlace): Tracked {
  const variables = [...tracked.variables].map(
    ([name, each]) => [name, { ...each, place: placeOf(name) }] as const,
  );
  const conditions = [...tracked.conditions.keys()].map(
    (text) => [text, placeOf(conditionName(text))] as const,
  );
  return { variables: new Map(variables), conditions: new Map(conditions) };
}

const remembers = (choice: FactChoice, text: string): boolean =>
  typeof choice === "string" || !("without" in choice) || !choice.without.has(text);

/** The variables that are asked for behind the function's end. */
export const askedAtEnd = (choice: FactChoice): ReadonlySet<string> =>
  typeof choice === "object" && "atEnd" in choice ? choice.atEnd : NONE;
const NONE: ReadonlySet<string> = new Set();

const variableOf = (condition: Condition): readonly string[] =>
  condition.kind === "sign" || condition.kind === "named" ? [condition.variable] : [];

/** The variables together with those that they are copied from. */
function withSources(names: ReadonlySet<string>, assigns: readonly Assign[]): ReadonlySet<string> {
  const all = new Set(names);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const { target, value } of assigns) {
      if ("variable" in value && all.has(target)) all.add(value.variable);
    }
  }
  return all;
}

/** More of them would make too many states. */
const MAX_ASKED_IN_ROUNDS = 3;

/** Variables that a loop asks for and nothing in the function changes: each round has the answer of the first. */
function askedInRounds({ nodes }: Flow, kept: Sliced): readonly string[] {
  const changed = new Set(nodes.flatMap(({ action }) => writesOf(action)));
  const depth = new Array<number>(nodes.length + 1).fill(0);
  for (const [from, { next, otherwise }] of nodes.entries()) {
    const to = Math.min(...[next, otherwise].filter((each) => each >= 0));
    if (to > from) continue;
    depth[to] = (depth[to] ?? 0) + 1;
    depth[from + 1] = (depth[from + 1] ?? 0) - 1;
  }
  let open = 0;
  const isInLoop = depth.map((each) => {
    open += each;
    return open > 0;
  });
  const asked = kept.nodes.flatMap((node) => {
    const action = nodes[node]?.action;
    return action?.kind === "branch" && isInLoop[node] ? variableOf(action.condition) : [];
  });
  const fixed = new Set(asked.filter((name) => /^\w+$/.test(name) && !changed.has(name)));
  return fixed.size <= MAX_ASKED_IN_ROUNDS ? [...fixed] : [];
}

/** Variables that some step gives a class: a constant, an outcome of a call, a copy of such a one. */
function informedVariables(
  assigns: readonly Assign[],
  results: ReadonlyMap<string, readonly Mask[]>,
): ReadonlySet<string> {
  const informed = new Set(results.keys());
  for (const { target, value } of assigns) {
    if (value.kind === "named" || (value.kind === "mask" && value.mask !== ANY)) informed.add(target);
  }
  return withTargets(informed, assigns);
}

/** The variables together with those that get a copy of them. */
function withTargets(names: ReadonlySet<string>, assigns: readonly Assign[]): ReadonlySet<string> {
  const all = new Set(names);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const { target, value } of assigns) {
      if ("variable" in value && all.has(value.variable)) all.add(target);
    }
  }
  return all;
}

function trackedVariable(
  name: string,
  branches: readonly Condition[],
  assigns: readonly Assign[],
  results: ReadonlyMap<string, readonly Mask[]>,
): TrackedVariable {
  const family = withSources(new Set([name]), assigns);
  const values = assigns.filter(({ target }) => family.has(target)).map(({ value }) => value);
  const masks = new Set<Mask>([ANY, ...values.flatMap(masksOf)]);
  for (const each of family) for (const mask of results.get(each) ?? []) masks.add(mask);
  const constants = new Map<string, Mask>();
  for (const each of values) if (each.kind === "named") constants.set(each.name, each.mask);
  if (values.some(isOne) && isLowered(name, assigns)) constants.set(ONE, POSITIVE);
  // A value may be narrowed by a test of the variable or of one that it is copied from.
  // Which error a call returned is asked of what its result is copied to.
  const named = new Set([...family, ...(results.has(name) ? withTargets(new Set([name]), assigns) : [])]);
  for (const each of branches) {
    if (each.kind === "named" && named.has(each.variable)) constants.set(each.name, each.mask);
    if (each.kind === "sign" && family.has(each.variable)) narrow(masks, each.mask);
  }
  for (const each of branches)
    if (each.kind === "sign" && family.has(each.variable)) narrow(masks, each.mask);
  return {
    name,
    place: ownPlace(name),
    masks: [...masks],
    constants: [...constants].map(([constant, mask]) => ({ name: constant, mask })),
  };
}

/** The constant that 1 is where it matters: to what is counted down. */
export const ONE = "1";
const isOne = (value: Value): boolean => value.kind === "mask" && value.one === true;

function isLowered(name: string, assigns: readonly Assign[]): boolean {
  const reached = withTargets(new Set([name]), assigns);
  return assigns.some(({ target, value }) => value.kind === "lowered" && reached.has(target));
}

function masksOf(value: Value): readonly Mask[] {
  if (value.kind === "raised") return [POSITIVE];
  if (value.kind === "lowered") return [ZERO, NEGATIVE, ZERO | POSITIVE];
  return value.kind === "mask" ? [value.mask] : [];
}

function narrow(masks: Set<Mask>, by: Mask): void {
  for (const mask of [...masks]) {
    for (const part of [mask & by, mask & ~by & ANY]) if (part !== 0) masks.add(part);
  }
}
