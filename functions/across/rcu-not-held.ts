import { splitTop, type UnitFunction } from "../../model/c/source/index.ts";
import { rcuReaders } from "../../model/kernel/table/rcu-reader.ts";
import type { Finding } from "../finding.ts";
import { lastNameOf } from "../lock-name.ts";
import type { Moment, Moments } from "./moments.ts";
import type { Registered } from "./registered.ts";
import { findingOf } from "./told.ts";
import type { UnitMoments } from "./unit-moments.ts";

/** How far up callers are asked. */
const MAX_CALLERS = 4;

/**
 * What RCU protects is read with no read section of the function's own around it, and none can be around the function:
 * it has slept, or did the same within a section before, or the kernel calls it in process context, or a caller of the
 * file does so. Under a lock that others hold to change such lists the walk is right as well: a hint.
 */
export async function rcuNotHeld(
  file: string,
  unit: UnitMoments,
  registered: readonly Registered[],
  isAsked: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const readers = unit.unit.functions.filter(
    (each) =>
      isAsked(each.name) &&
      !isTold(each, unit) &&
      [...each.calls].some((name) => Object.hasOwn(rcuReaders, name)),
  );
  const findings: Finding[] = [];
  for (const each of readers) {
    const read = await unit.of(each);
    for (const moment of read.moments.filter(isBareRead)) {
      if (mayBeCovered(moment, read)) continue;
      const why = await whyOutside(moment, read, { unit, registered, depth: 0 });
      if (why && !(await isWritersLock(moment, unit))) findings.push(told(file, unit, moment, why));
    }
  }
  return findings;
}

const TOLD = /_rcu$|_rcu_|^__/;
const ASSERTS =
  /LOOKUP_RCU|RCU_LOCKDEP_WARN|rcu_read_lock_(?:any_)?held|lockdep_assert_in_rcu|__must_hold\(RCU\)/;

/** Its name or an assertion says that it is called within a section. */
const isTold = ({ name, bodyStart, bodyEnd, head }: UnitFunction, { unit: { text } }: UnitMoments): boolean =>
  TOLD.test(name) || ASSERTS.test(head + text.slice(bodyStart, bodyEnd));

/** It names no condition that makes it right without a section. */
function isBareRead({ call }: Moment): boolean {
  const row = Object.hasOwn(rcuReaders, call.name) ? rcuReaders[call.name] : undefined;
  if (!row) return false;
  return row.conditionAt === undefined || splitTop(call.arguments).length <= row.conditionAt;
}

/** Something on the way here, or a callee that nothing is known of, may have begun a section. */
const mayBeCovered = ({ held, mayBeAtomic }: Moment, { comesHeld }: Moments): boolean =>
  mayBeAtomic || comesHeld || held.some(({ key }) => key.object === "srcu");

interface Asked {
  readonly unit: UnitMoments;
  readonly registered: readonly Registered[];
  readonly depth: number;
}

/** What shows that a place of a function is in no section of its callers either; undefined where nothing does. */
async function whyOutside(moment: Moment, { moments }: Moments, asked: Asked): Promise<string | undefined> {
  const { function: each, slept, call } = moment;
  const { unit, registered, depth } = asked;
  const { lines } = unit.unit;
  if (slept) return "what sleeps was called before";
  const within = moments.find((one) => one.mayBeAtomic && one.call.at < call.at && isSame(one.call, call));
  if (within) return `line ${lines.lineAt(within.call.at)} does the same within a section`;
  const entry = registered.find(({ name }) => name === each.name);
  if (entry?.in === "process") return "the kernel calls it in process context";
  if (depth >= MAX_CALLERS || /\bbool\b/.test(each.headText) || !unit.isCalledHereOnly(each))
    return undefined;
  const calls = await unit.callsOf(each.name);
  if (calls.length === 0 || calls.some(({ function: { name } }) => name === call.name)) return undefined;
  for (const one of calls) {
    const caller = await unit.of(one.function);
    if (one.function === each || isTold(one.function, unit) || mayBeCovered(one, caller)) continue;
    const why = await whyOutside(one, caller, { unit, registered, depth: depth + 1 });
    if (why) return `${one.function.name}() calls it at line ${lines.lineAt(one.call.at)}: ${why}`;
  }
  return undefined;
}

const isSame = (one: Moment["call"], other: Moment["call"]): boolean =>
  one.name === other.name && one.arguments === other.arguments;

const CHANGES = /^h?list_(?:add|del|replace|splice)\w*_rcu$|^rcu_assign_pointer$/;

/** A lock that is held here is held where the file changes what RCU protects. */
async function isWritersLock({ held }: Moment, unit: UnitMoments): Promise<boolean> {
  if (held.length === 0) return false;
  const names = new Set(held.map(({ key }) => lastNameOf(key.text)));
  for (const each of unit.unit.functions) {
    if (![...each.calls].some((name) => CHANGES.test(name))) continue;
    const { moments } = await unit.of(each);
    const changes = moments.filter(({ call }) => CHANGES.test(call.name));
    if (changes.some((one) => one.held.some(({ key }) => names.has(lastNameOf(key.text))))) return true;
  }
  return false;
}

const told = (file: string, unit: UnitMoments, at: Moment, why: string): Finding =>
  findingOf(file, unit, {
    rule: "rcu-not-held",
    lock: "rcu",
    at,
    message: `${at.call.name}() outside of an RCU read section: ${why}`,
  });
