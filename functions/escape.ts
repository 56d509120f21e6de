import {
  type Flow,
  type FlowNode,
  isMapping,
  type Key,
  placeOf,
  type ReturnedClass,
  stripped,
} from "../model/c/index.ts";
import type { Annotation } from "../model/c/source/index.ts";
import { variableGivenBack } from "./returned.ts";

/** What a function's head says of it. */
export interface Declared {
  /** What stands before its name. */
  readonly head: string;
  readonly parameters: readonly string[];
  readonly annotations: readonly Annotation[];
  /** The names that it calls. */
  readonly calls: ReadonlySet<string>;
  /** Its head and its body. */
  readonly headText: string;
  readonly body?: string;
}

/** What a function's own text says of who else may release a lock that it holds on return. */
export interface Ownership {
  /** The lock is reached from a variable of the function's own, which no caller can see. */
  isLocal(key: Key): boolean;
  /** The object with the lock is handed on: returned, stored, or put on a list. */
  escapes(key: Key): boolean;
  /** The lock belongs to an object that travels with it, as a folio's does. */
  isObject(key: Key): boolean;
  /** What the function returns where it fails, beside an error. */
  readonly failing: ReturnedClass;
  /** A flag that others see tells who holds locks: `*locked`, a parameter `unlock`. */
  readonly flagged: boolean;
}

const FLAG = /(?:^|[^a-z])(?:\w*_)?(?:un)?lock(?:ed)?$|must_unlock|need_lock|downgrade|release/i;

/** Whoever gives a place for them wants interrupts to be off on return. */
const isPlaceForIrqFlags = (name: string): boolean => /^(?:irq_?flags|\w*flagsp)$/.test(name);

export function ownershipOf(flow: Flow, { head, parameters }: Declared): Ownership {
  const actions = flow.nodes.map(({ action }) => action);
  const assigned = new Set(actions.flatMap((each) => (each.kind === "assign" ? [each.target] : [])));
  const handedOn = new Set(flow.nodes.flatMap(handsOn));
  const rootOf = ({ text }: Key): string => text.match(/^\w+/)?.[0] ?? "";
  const tested = actions.flatMap((each) =>
    each.kind === "branch" && "variable" in each.condition ? [each.condition.variable] : [],
  );
  const given = new Set(actions.flatMap((each) => (each.kind === "forget" ? each.variables : [])));
  const visible = (name: string) => parameters.includes(name) || given.has(name) || /^\*|->/.test(name);
  return {
    isLocal: (key) => assigned.has(rootOf(key)) && !parameters.includes(rootOf(key)),
    escapes: (key) => handsOnTo(key.text, handedOn) || (key.object === "kmap" && /\W/.test(key.text)),
    isObject: (key) => key.object === "folio-lock" || isMapping(key),
    failing: /\*\s*$|\bbool\s*$/.test(head) ? "zero" : "error",
    flagged: tested.some((name) => visible(name) && FLAG.test(name)) || parameters.some(isPlaceForIrqFlags),
  };
}

/** What is handed on is the object that the lock is in, or one that leads there: not another that it leads to. */
export const handsOnTo = (lock: string, handedOn: ReadonlySet<string>): boolean =>
  [lock, lock.replace(/^\w+\((\w+)\)/, "$1")].some((path) =>
    [...path.matchAll(/->|\.|$/g)].some(({ index }) => handedOn.has(path.slice(0, index))),
  );

/** The place whose address is returned. */
const addressIn = (text: string): readonly string[] =>
  /^return\s*\(?\s*&\s*([\w.[\]]|->)+\s*\)?\s*;$/.test(text)
    ? [text.replace(/^return[\s(]*&\s*|[\s);]*$/g, "")]
    : [];

/** The places that a step hands on to someone else. */
export function handsOn({ action }: FlowNode): readonly string[] {
  switch (action.kind) {
    case "return":
      return action.value?.kind === "copy"
        ? [variableGivenBack(action) ?? []].flat()
        : addressIn(action.text);
    case "assign": {
      const outside = /[-.*]/.test(action.target);
      const from = action.from?.kind === "assign" ? action.from.right : undefined;
      const place = outside && from ? placeOf(stripped(from)) : undefined;
      return place === undefined ? [] : [place];
    }
    case "forget":
      return action.listed ?? [];
    default:
      return [];
  }
}
