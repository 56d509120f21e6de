import { and, constant, type Expression, equal, FALSE, not, or, TRUE } from "../ir/expression.ts";
import type { Variable } from "../ir/model.ts";
import type { Observations } from "./observation.ts";
import type { Operation } from "./operation.ts";
import type { Effect, Resource } from "./resource.ts";

/** The kernel objects of a scenario together: how operations act on them, and what properties may observe. */
export interface KernelState {
  readonly variables: readonly Variable[];
  bind(operation: Operation): Effect;
  readonly observe: Observations;
}

/** Puts a scenario's kernel objects together. */
export function kernelState(...resources: readonly Resource[]): KernelState {
  return {
    variables: resources.flatMap((each) => each.variables),
    bind: (operation) => combine(resources.map((each) => each.bind(operation))),
    observe: observations(resources),
  };
}

function combine(effects: readonly (Effect | undefined)[]): Effect {
  const guard = and(...effects.flatMap((each) => each?.guard ?? []));
  return { guard, updates: effects.flatMap((each) => each?.updates ?? []) };
}

/** What a scenario does not model is never held and never nests. */
function observations(resources: readonly Resource[]): Observations {
  const find = (object: string) => resources.find((each) => each.object === object);
  const held = (object: string, instance?: Expression) => find(object)?.held?.(instance) ?? FALSE;
  const count = (object: string, instance?: Expression) => find(object)?.count?.(instance) ?? constant(0);
  const nests = (object: string) => (find(object) ? not(equal(count(object), constant(0))) : FALSE);
  return {
    held,
    notHeld: (lock, instance) => not(held(lock, instance)),
    depth: (context) => count(context),
    inAtomic: (besides) =>
      or(...["preempt", "rcu", "irq", "bh"].filter((each) => each !== besides).map(nests)),
    mapped: () => held("pte-table"),
    notMapped: () => not(held("pte-table")),
    references: count,
    locks: resources.filter(isLock).map(({ object }) => object),
    instances: (object) => find(object)?.instances,
    staleTranslation: (pte) => find("tlb")?.stale?.(pte) ?? FALSE,
    sameFolio: (instance, extent) => find("pte")?.sameFolio?.(instance, extent) ?? TRUE,
  };
}

/** What can be acquired. */
function isLock({ object, bind }: Resource): boolean {
  return bind({ kind: "acquire", object, mode: "exclusive", instance: constant(1) }) !== undefined;
}
