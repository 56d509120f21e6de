import type { Unit } from "../../model/c/source/index.ts";
import {
  ENTERS_RECLAIM,
  FAULT_LOCK,
  faulting,
  heldByMember,
  RECLAIM_LOCK,
} from "../../model/kernel/table/implicit-lock.ts";
import type { Moment } from "./moments.ts";
import type { LockPlace, UnitLocks } from "./unit-locks.ts";

/** A lock by a class of its own, which no path leads to. */
export const implied = (name: string, moment: Moment): LockPlace => ({
  class: name,
  name,
  object: name,
  shared: false,
  spinning: false,
  moment,
});

/** Locks that no call names, which one takes: for a fault, or where an allocation enters reclaim. */
export function impliedTakes(moment: Moment, { unit }: UnitLocks): readonly LockPlace[] {
  const { call, mayBeAtomic } = moment;
  if (mayBeAtomic) return [];
  if (faulting.has(call.name)) return [implied(FAULT_LOCK, moment)];
  const allocates = unit.surroundings.known.flagsArgument?.(call.name) !== undefined;
  return allocates && ENTERS_RECLAIM.test(call.arguments) ? [implied(RECLAIM_LOCK, moment)] : [];
}

const MEMBER = /(?:\.|->)(\w+)\s*=\s*&?(\w+)\s*[,;}]/g;

/** By function the lock that the kernel holds where it calls it by a member of an ops structure. */
export function heldByOps({ text }: Unit): ReadonlyMap<string, string> {
  const assigned = [...text.matchAll(MEMBER)].flatMap(({ 1: member = "", 2: name = "" }) =>
    Object.hasOwn(heldByMember, member) ? [[name, heldByMember[member] ?? ""] as const] : [],
  );
  return new Map(assigned);
}
