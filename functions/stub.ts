import { NEGATIVE, POSITIVE, ZERO } from "../model/c/index.ts";
import type { CallEffect, Knowledge } from "../model/c/knowledge/index.ts";
import type { Unit } from "../model/c/source/index.ts";

const CONSTANT = /^\{\s*return\s+(NULL|false|0|true|1|-E[A-Z]+)\s*;\s*\}$/;

/** A function that is nothing but a constant, as stubs are; undefined for any other. */
function constantEffect(name: string, body: string): CallEffect | undefined {
  const value = CONSTANT.exec(body)?.[1];
  if (value === undefined) return undefined;
  const returns = value.startsWith("-") ? NEGATIVE : /^(?:true|1)$/.test(value) ? POSITIVE : ZERO;
  return { name, source: "summary", outcomes: [{ name: "done", weight: 0, does: [], returns }] };
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
