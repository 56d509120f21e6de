import {
  ANY,
  CONTEXT,
  type Flow,
  isFlags,
  isList,
  isMapping,
  type Key,
  type Mask,
  NEGATIVE,
  POSITIVE,
  type ReturnedClass,
  type Translation,
  ZERO,
} from "../model/c/index.ts";
import type { CallEffect, CallOutcome, Knowledge, PlacedOperation } from "../model/c/knowledge/index.ts";
import type { Unit } from "../model/c/source/index.ts";
import type { Status } from "../model/c/status/index.ts";
import type { Mode, Operand, Operation } from "../model/kernel/operation.ts";
import { type Exit, netOf } from "./exit.ts";

const MASKS: Readonly<Record<ReturnedClass, Mask>> = {
  any: ANY,
  nothing: ANY,
  error: NEGATIVE,
  zero: ZERO,
  positive: POSITIVE,
};

/**
 * What a function of the same file does to its caller's locks, by what it returns; undefined for nothing.
 * Where ways out that look alike to the caller differ in a lock, nothing is known of that lock.
 */
export function summarise(
  translation: Translation,
  parameters: readonly string[],
  exits: readonly Exit[],
): CallEffect | undefined {
  const { model, plan } = translation;
  const changed = plan.calls.keys.filter(
    (key) => !isList(key) && exits.some(({ statuses }) => isChange(statuses[key.index])),
  );
  const placed = changed.map((key) => ({
    key,
    place: placeOf(key, parameters, plan.flow),
    released: releaseMode(key, translation),
  }));
  const taints = taintsOf(translation, placed);
  if (placed.length === 0 && taints === undefined) return undefined;
  const classes = [...new Set(exits.map(({ returns }) => returns))];
  const outcomes = classes.map((returns) => ({
    ...outcomeOf(returns, exits, placed.filter(isPlaced)),
    ...(taints && { taints }),
  }));
  return { name: model.name, source: "summary", outcomes };
}

/** The classes of locks that its caller can't name, and what its own callees taint. */
function taintsOf(
  { plan }: Translation,
  placed: readonly { readonly key: Key; readonly place: Place | undefined }[],
): CallOutcome["taints"] {
  const inherited = [...plan.calls.outcomes.values()].flat().flatMap(({ taints }) => taints ?? []);
  if (inherited.includes("all")) return "all";
  const own = placed.flatMap(({ key, place }) => (place || isMapping(key) ? [] : [key.object]));
  const classes = new Set([...inherited, ...own]);
  return classes.size > 0 ? [...classes] : undefined;
}

const CONSTANT = /^\{\s*return\s+(NULL|false|0|true|1|-E[A-Z]+)\s*;\s*\}$/;

/** A function that is nothing but a constant, as stubs are; undefined for any other. */
function constantEffect(name: string, body: string): CallEffect | undefined {
  const value = CONSTANT.exec(body)?.[1];
  if (value === undefined) return undefined;
  const returns = value.startsWith("-") ? NEGATIVE : /^(?:true|1)$/.test(value) ? POSITIVE : ZERO;
  return { name, source: "summary", outcomes: [{ name: "done", weight: 0, does: [], returns }] };
}

interface Placed {
  readonly key: Key;
  readonly place: Place;
  /** How the function releases the lock; undefined where it does so in either mode. */
  readonly released: Mode | undefined;
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

/** The source of what is known of a function that was not understood, or that calls itself. */
export const NOT_SUMMARISED = "not summarised";

/** A callee that was not understood may have touched any lock it could name. */
export const unsummarised = (name: string): CallEffect => ({
  name,
  source: NOT_SUMMARISED,
  outcomes: [{ name: "done", weight: 0, does: [], returns: ANY, taints: "all" }],
});

interface Place {
  readonly operand?: Operand;
  readonly path?: string;
}

/** A lock in the terms of the caller: behind an argument, behind the result, or a global's. */
function placeOf(key: Key, parameters: readonly string[], flow: Flow): Place | undefined {
  if (key.text === CONTEXT) return {};
  const root = key.text.match(/^\w+/)?.[0] ?? "";
  const path = key.text.slice(root.length);
  const position = parameters.indexOf(root);
  const behind = path === "" ? {} : { path };
  if (position >= 0) return { operand: position, ...behind };
  if (isReturned(root, flow)) return { operand: "result", ...behind };
  if (isFlags(key)) return undefined;
  return isAssigned(root, flow) || /[([]/.test(key.text) ? undefined : { path: key.text };
}

function isReturned(name: string, { nodes }: Flow): boolean {
  return nodes.some(
    ({ action }) =>
      action.kind === "return" && action.value?.kind === "copy" && action.value.variable === name,
  );
}

function isAssigned(name: string, { nodes }: Flow): boolean {
  return nodes.some(({ action }) => action.kind === "assign" && action.target === name);
}

function outcomeOf(returns: ReturnedClass, exits: readonly Exit[], placed: readonly Placed[]): CallOutcome {
  const judged = placed.map((each) => ({ ...each, status: statusBehind(each, returns, exits) }));
  const known = judged.filter(
    ({ status, released }) => status !== undefined && (netOf(status) !== -1 || released),
  );
  const unknown = judged.filter((each) => !known.includes(each));
  return {
    name: `returns ${returns}`,
    weight: returns === "error" ? 1 : 0,
    does: known.flatMap((each) => operationsOf(each, each.status)),
    forgets: unknown.flatMap((each) => operationsOf(each, "held")),
    returns: MASKS[returns],
  };
}

/** What a lock has come to behind every way out of a class; undefined where they differ. */
function statusBehind(
  { key, released }: Placed,
  returns: ReturnedClass,
  exits: readonly Exit[],
): Status | undefined {
  const alike = exits.filter(
    (exit) => exit.returns === returns || exit.returns === "any" || returns === "any",
  );
  const statuses = new Set(alike.map(({ statuses }) => normalised(statuses[key.index], released)));
  return statuses.size === 1 ? [...statuses][0] : undefined;
}

const isChange = (status: Status | undefined): boolean =>
  netOf(status) !== 0 || status === "regained" || status === "regained-shared";

/** A lock that was given up and taken back is as before, but where it came back in another mode. */
function normalised(status: Status | undefined, released: Mode | undefined): Status | undefined {
  if (status === "regained") return released === "exclusive" ? "released" : status;
  if (status === "regained-shared") return released === "shared" ? "released" : status;
  if (netOf(status) === 0) return "released";
  if (netOf(status) === -1) return "dropped";
  return status === "held twice" ? "held" : status;
}

function operationsOf(
  { key, place, released }: Placed,
  status: Status | undefined,
): readonly PlacedOperation[] {
  const isModeChange = status === "regained" || status === "regained-shared";
  if (isModeChange && released) {
    const back = status === "regained" ? "held" : "held-shared";
    return ["dropped", back].flatMap((each) => operationsOf({ key, place, released }, each as Status));
  }
  const net = netOf(status);
  if (net === undefined || net === 0) return [];
  const { operand, path } = place;
  const about = { object: key.object, ...(operand !== undefined && { operand }) };
  const at = (operation: Operation): PlacedOperation =>
    path === undefined ? { operation } : { operation, path };
  if (key.text === CONTEXT) return [at({ ...about, kind: net === 1 ? "enter" : "leave" } as Operation)];
  if (isMapping(key)) return [at({ ...about, kind: net === 1 ? "map" : "unmap" } as Operation)];
  if (isFlags(key)) return [at({ ...about, kind: net === 1 ? "save" : "restore" } as Operation)];
  const mode = status === "held-shared" ? "shared" : net === -1 ? (released ?? "exclusive") : "exclusive";
  const lock = at({ ...about, kind: net === 1 ? "acquire" : "release", mode } as Operation);
  return [lock];
}

/** What functions return that are nothing but a constant, by name; not where another definition does more. */
export function stubEffects({ functions, text }: Unit, known: Knowledge): ReadonlyMap<string, CallEffect> {
  const stubs = new Map<string, CallEffect>();
  const defined = new Set<string>();
  for (const { name, bodyStart, bodyEnd } of functions) {
    const effect = constantEffect(name, text.slice(bodyStart, bodyEnd));
    if (effect && !defined.has(name) && !known.matters(name)) stubs.set(name, effect);
    else stubs.delete(name);
    defined.add(name);
  }
  return stubs;
}
