import type { CallEffect, Knowledge } from "../model/c/knowledge/effect.ts";
import type { Unit } from "../model/c/source/unit.ts";
import { constantEffect } from "./summary.ts";

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
