import { ANY } from "../model/c/index.ts";
import type { CallEffect, Knowledge, PlacedOperation } from "../model/c/knowledge/index.ts";
import { annotationsIn, type Unit } from "../model/c/source/index.ts";
import { stubEffects } from "./stub.ts";

/** What a source says of functions without code that is to be searched: in declarations, and in stubs. */
export const statedEffects = (
  source: string,
  unit: Unit,
  known: Knowledge,
): ReadonlyMap<string, CallEffect> =>
  new Map([...stubEffects(unit, known), ...declaredEffects(source, unit, known)]);

/** A declaration that ends in what the function does to a section, as `int f(struct t *t) __acquires(RCU);`. */
const DECLARED = /\b(\w+)\s*\([^(){};]*\)\s*((?:__(?:acquires|releases)\s*\(\s*(?:RCU|rcu)\s*\)\s*)+);/g;

const KINDS = { acquires: "enter", releases: "leave" } as const;

/**
 * What functions of other files do to RCU's read section, as the source declares them; their bodies tell of those
 * that it defines, and rows of those that the table knows. Of locks, an annotation does not tell the class.
 */
function declaredEffects(
  source: string,
  { functions }: Unit,
  known: Knowledge,
): ReadonlyMap<string, CallEffect> {
  const defined = new Set(functions.map(({ name }) => name));
  const effects = new Map<string, CallEffect>();
  for (const [, name = "", annotations = ""] of source.matchAll(DECLARED)) {
    const does = annotationsIn(annotations).flatMap(({ kind }): readonly PlacedOperation[] =>
      kind === "must_hold" ? [] : [{ operation: { kind: KINDS[kind], object: "rcu" } }],
    );
    // Taken and given back within, or declared one way and then another: nothing is known of it.
    if (defined.has(name) || known.matters(name) || does.length !== 1) continue;
    effects.set(name, {
      ...{ name, source: "annotation" },
      outcomes: [{ name: "done", weight: 0, does, returns: ANY }],
    });
  }
  return effects;
}
