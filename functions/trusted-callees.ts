import { handedKeys, isMapping, isPrivate, type Key, type Translation } from "../model/c/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { type Exit, netOf } from "./exit.ts";
import { nameOf } from "./exit-finding.ts";
import { returnNode } from "./return-node.ts";
import { releasingCallees } from "./silent-release.ts";

/** A call that is taken to release a lock, as nothing else in the function does before it returns. */
export interface TrustedCallee {
  readonly function: string;
  readonly callee: string;
  readonly lock: string;
  /** Of the return, from 1. */
  readonly line: number;
}

interface Searched {
  readonly translation: Translation;
  readonly judged: { readonly exits: readonly Exit[] };
}

/** `file:line: f(): what is assumed`. */
export const trustAssumption = (
  file: string,
  { function: name, callee, lock, line }: TrustedCallee,
): string => `${file}:${line}: ${name}(): ${callee}() releases ${lock}`;

/** What calls of a function are trusted with, in all its readings. */
export function trustedCallees(
  { lines }: Unit,
  { name }: UnitFunction,
  readings: readonly Searched[],
): readonly TrustedCallee[] {
  return readings.flatMap(({ translation, judged }) => {
    const { keys } = translation.plan.calls;
    const asked = keys.filter((key) => key.acquired && !isPrivate(key) && !isMapping(key));
    return asked.flatMap((key) =>
      judged.exits.flatMap((exit) => {
        const node = translation.plan.flow.nodes[returnNode(translation.model, exit.site)];
        const line = lines.lineAt(node?.at ?? 0);
        const about = { function: name, lock: nameOf(key), line };
        return [...new Set(trustedAt(translation, key, exit))].map((callee) => ({ ...about, callee }));
      }),
    );
  });
}

/** The names of calls that release what an exit seems to keep, or are handed it by the return itself. */
function trustedAt(translation: Translation, key: Key, exit: Exit): readonly string[] {
  const status = exit.statuses[key.index];
  if (netOf(status) === 1) return releasingCallees(translation, key, exit).map(({ name }) => name);
  if (status !== "unknown") return [];
  const { flow, calls } = translation.plan;
  const site = returnNode(translation.model, exit.site);
  return flow.nodes.flatMap(({ action, next }) => {
    if (action.kind !== "forget" || action.handedTo === undefined || next !== site) return [];
    return handedKeys(calls.keys, action).includes(key) ? [action.handedTo] : [];
  });
}
