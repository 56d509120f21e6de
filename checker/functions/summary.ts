import { ANY, type Flow, type Mask, NEGATIVE, POSITIVE, ZERO } from "../../model/c/flow/graph.ts";
import { CONTEXT } from "../../model/c/program/binding.ts";
import type { CallEffect, CallOutcome, PlacedOperation } from "../../model/c/program/effect.ts";
import type { Key } from "../../model/c/program/key.ts";
import type { ReturnedClass } from "../../model/c/program/returned.ts";
import type { Status } from "../../model/c/program/status.ts";
import type { Translation } from "../../model/c/program/translate.ts";
import type { Operand, Operation } from "../../model/kernel/operation.ts";
import type { Exit } from "./exit.ts";

const MASKS: Readonly<Record<ReturnedClass, Mask>> = {
  any: ANY,
  error: NEGATIVE,
  zero: ZERO,
  positive: POSITIVE,
};

/** What a function of the same file does to its caller's locks, by what it returns; undefined for nothing. */
export function summarise(
  translation: Translation,
  parameters: readonly string[],
  exits: readonly Exit[],
): CallEffect | undefined {
  const { model, plan } = translation;
  const places = plan.bound.keys.map((key) => placeOf(key, parameters, plan.flow));
  const changed = plan.bound.keys.filter((key) =>
    exits.some(({ statuses }) => !isNeutral(statuses[key.index])),
  );
  if (changed.length === 0) return undefined;
  if (changed.some((key) => places[key.index] === undefined && !isLocalMatter(key)))
    return unsummarised(model.name);
  const outcomes = exits.map((exit) => outcomeOf(exit, plan.bound.keys, places));
  return { name: model.name, source: "summary", outcomes: distinct(outcomes) };
}

/** A callee that was not understood may have touched any lock it could name. */
export const unsummarised = (name: string): CallEffect => ({
  name,
  source: "not summarised",
  outcomes: [{ name: "done", weight: 0, does: [], returns: ANY, taints: true }],
});

const isNeutral = (status: Status | undefined): boolean =>
  status === "untouched" || status === "released" || status === "regained" || status === "regained-shared";

/** A page table that the function maps for itself is nothing its caller could name. */
const isLocalMatter = (key: Key): boolean => key.object === "pte-table";

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

function outcomeOf(exit: Exit, keys: readonly Key[], places: readonly (Place | undefined)[]): CallOutcome {
  const does = keys.flatMap((key) => {
    const place = places[key.index];
    return place ? operationsOf(key, exit.statuses[key.index], place) : [];
  });
  return {
    name: `returns ${exit.returns}`,
    weight: exit.returns === "error" ? 1 : 0,
    does,
    returns: MASKS[exit.returns],
  };
}

function operationsOf(
  key: Key,
  status: Status | undefined,
  { operand, path }: Place,
): readonly PlacedOperation[] {
  const change =
    status === "held" || status === "held-shared" || status === "held twice"
      ? "take"
      : status === "dropped" || status === "below"
        ? "drop"
        : undefined;
  if (change === undefined) return [];
  const about = { object: key.object, ...(operand !== undefined && { operand }) };
  const place = (operation: Operation): PlacedOperation =>
    path === undefined ? { operation } : { operation, path };
  if (key.text === CONTEXT)
    return [place({ ...about, kind: change === "take" ? "enter" : "leave" } as Operation)];
  if (key.object === "pte-table")
    return [place({ ...about, kind: change === "take" ? "map" : "unmap" } as Operation)];
  const mode = status === "held-shared" ? "shared" : "exclusive";
  const lock = { ...about, kind: change === "take" ? "acquire" : "release", mode } as Operation;
  if (!key.spinning) return [place(lock)];
  const preempt = { kind: change === "take" ? "enter" : "leave", object: "preempt" } as Operation;
  return [{ operation: preempt }, place(lock)];
}

function distinct(outcomes: readonly CallOutcome[]): readonly CallOutcome[] {
  return [...new Map(outcomes.map((each) => [JSON.stringify([each.does, each.returns]), each])).values()];
}
