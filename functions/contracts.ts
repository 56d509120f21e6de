import type { CallEffect, Knowledge, PlacedOperation } from "../model/c/knowledge/index.ts";
import { type CallText, firstArgument, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import type { Mode } from "../model/kernel/operation.ts";

/** What the functions of a source demand of their callers, by name. */
export type Contracts = ReadonlyMap<string, readonly PlacedOperation[]>;

/** By __must_hold() in its head, or by an assertion at the start of its body, before it does anything to a lock. */
export function contractsOf({ functions, text }: Unit, known: Knowledge): Contracts {
  const contracts = new Map<string, readonly PlacedOperation[]>();
  const seen = new Set<string>();
  for (const each of functions) {
    // Of several definitions it is not known which is called.
    if (seen.has(each.name)) contracts.delete(each.name);
    else if (!known.matters(each.name)) contracts.set(each.name, demandsOf(each, text, known));
    seen.add(each.name);
  }
  return new Map([...contracts].filter(([, demands]) => demands.length > 0));
}

function demandsOf(each: UnitFunction, text: string, known: Knowledge): readonly PlacedOperation[] {
  const body = text.slice(each.bodyStart, each.bodyEnd);
  const annotated = each.annotations.flatMap(({ kind, lock, shared }) =>
    kind === "must_hold" ? [{ lock, mode: !shared && TELLS_READERS.test(text) ? EXCLUSIVE : undefined }] : [],
  );
  return [...annotated, ...assertedFirst(each.ownCalls, body, known)].flatMap(({ lock, mode }) => {
    const place = placeOf(lock, each.parameters, body);
    if (!place) return [];
    const { path, ...operand } = place;
    const operation = { kind: "require", object: "lock", ...(mode && { mode }), ...operand } as const;
    return [path === "" ? { operation } : { operation, path }];
  });
}

const EXCLUSIVE: Mode = "exclusive";
/** Sparse knows no readers: a source that annotates for it says __must_hold() of both modes. */
const TELLS_READERS = /\b__(?:must_hold|acquires|releases)_shared\b/;

interface Asserted {
  readonly lock: string;
  readonly mode: Mode | undefined;
}

/** Assertions that are statements of the body itself, up to the first call that does something to a lock. */
function assertedFirst(calls: readonly CallText[], body: string, known: Knowledge): readonly Asserted[] {
  const asserted: Asserted[] = [];
  for (const call of calls) {
    const does = (known.find(call.name, [])?.outcomes ?? []).flatMap((outcome) => outcome.does);
    const [assumption] = does.flatMap(({ operation }) => (operation.kind === "assume" ? [operation] : []));
    if (!assumption) {
      if (does.length > 0 || /lock|guard/.test(call.name)) break;
      continue;
    }
    const isHeld = assumption.mode === "held" || assumption.mode === "held-shared";
    if (!isHeld || !isStatementOf(body, call)) continue;
    const lock = firstArgument(call).replace(/^&/, "") + (assumption.path ?? "");
    asserted.push({ lock, mode: /_write(?:_|$)/.test(call.name) ? "exclusive" : undefined });
  }
  return asserted;
}

/** Whether a call stands in the outermost block, by itself and under no condition. */
function isStatementOf(body: string, { at }: CallText): boolean {
  const before = body.slice(0, at);
  const depth = (before.match(/\{/g)?.length ?? 0) - (before.match(/\}/g)?.length ?? 0);
  return depth === 1 && /[;{}]\s*$/.test(before);
}

/** A lock in the terms of a caller: behind an argument, or a global's; undefined for one that it cannot name. */
function placeOf(
  lock: string,
  parameters: readonly string[],
  body: string,
): { readonly operand?: number; readonly path: string } | undefined {
  if (!/^\w+(?:(?:->|\.)\w+)*$/.test(lock)) return undefined;
  const root = /^\w+/.exec(lock)?.[0] ?? "";
  const path = lock.slice(root.length);
  const isAssigned = new RegExp(`(?<![\\w.>])${root}\\s*(?:=(?!=)|\\+\\+|--)|\\b${root}\\s*[;,]`);
  const operand = parameters.indexOf(root);
  if (operand >= 0)
    return new RegExp(`(?<![\\w.>])${root}\\s*=(?!=)`).test(body) ? undefined : { operand, path };
  const initial = initialOf(root, body);
  if (initial !== undefined) return placeOf(initial + path, parameters, body.replace(DECLARED(root), ""));
  return isAssigned.test(body) ? undefined : { path: lock };
}

const DECLARED = (name: string) => new RegExp(`[\\s*]${name}\\s*=\\s*(\\w+(?:(?:->|\\.)\\w+)*)\\s*[;,]`);

/** What a local is declared as: a path from elsewhere, if it is never assigned again. */
function initialOf(name: string, body: string): string | undefined {
  const assigned = body.match(new RegExp(`(?<![\\w.>])${name}\\s*=(?!=)`, "g")) ?? [];
  return assigned.length === 1 ? DECLARED(name).exec(body)?.[1] : undefined;
}

/** The same knowledge, with what callees demand before they do anything. */
export function withContracts(base: Knowledge, contracts: Contracts): Knowledge {
  return {
    ...base,
    leavesLocks: (name) => base.leavesLocks?.(name) || (contracts.has(name) && !base.matters(name)),
    find: (name, args) => {
      const effect = base.find(name, args);
      const demands = contracts.get(name);
      return demands ? demanding(effect ?? { ...NOTHING, name }, demands) : effect;
    },
  };
}

const NOTHING: Omit<CallEffect, "name"> = {
  source: "summary",
  outcomes: [{ name: "done", weight: 0, does: [], returns: 7 }],
};

const demanding = (effect: CallEffect, demands: readonly PlacedOperation[]): CallEffect => ({
  ...effect,
  outcomes: effect.outcomes.map((each) => ({ ...each, does: [...demands, ...each.does] })),
});
