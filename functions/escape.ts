import {
  type Expr,
  type Flow,
  type FlowNode,
  isMapping,
  type Key,
  placeOf,
  type ReturnedClass,
  readsOf,
  stripped,
} from "../model/c/index.ts";
import type { Annotation } from "../model/c/source/index.ts";

/** What a function's head says of it. */
export interface Declared {
  /** What stands before its name. */
  readonly head: string;
  readonly parameters: readonly string[];
  readonly annotations: readonly Annotation[];
  /** The names that it calls. */
  readonly calls: ReadonlySet<string>;
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
    escapes: (key) => handedOn.has(rootOf(key)) || (key.object === "kmap" && /\W/.test(key.text)),
    isObject: (key) => key.object === "folio-lock" || isMapping(key),
    failing: /\*\s*$|\bbool\s*$/.test(head) ? "zero" : "error",
    flagged: tested.some((name) => visible(name) && FLAG.test(name)) || parameters.some(isPlaceForIrqFlags),
  };
}

/** The variables that a step hands on to someone else. */
function handsOn({ action }: FlowNode): readonly string[] {
  switch (action.kind) {
    case "return":
      return action.value?.kind === "copy" ? [action.value.variable] : [];
    case "assign": {
      const outside = /[-.*]/.test(action.target);
      const from = action.from?.kind === "assign" ? action.from.right : undefined;
      return outside && from ? rootsOf(from) : [];
    }
    case "forget":
      return action.listed ?? [];
    default:
      return [];
  }
}

function rootsOf(expression: Expr): readonly string[] {
  const place = placeOf(stripped(expression));
  return place === undefined ? [] : [place, ...readsOf(expression)];
}
