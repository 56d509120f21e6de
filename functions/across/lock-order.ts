import type { UnitFunction } from "../../model/c/source/index.ts";
import type { Finding } from "../finding.ts";
import { heldByOps, implied, impliedTakes } from "./implied.ts";
import { classOf } from "./lock-class.ts";
import type { Moment } from "./moments.ts";
import { findingOf, placeIn, stepAt } from "./told.ts";
import type { LockPlace, Taking, UnitLocks } from "./unit-locks.ts";

/** A lock is taken, waiting for it, while another one is held. */
interface Edge {
  readonly held: LockPlace;
  readonly taken: LockPlace;
  /** The calls that lead to where it is taken, within callees of the source. */
  readonly through: readonly Moment[];
}

/**
 * Two locks are taken in one order here and in the other there, by their classes (kernel/locking/lockdep.c:
 * check_noncircular); or two locks of one class, with nothing that says which comes first. Whether the instances can be
 * the same, and both run at once, is not asked: a hint.
 */
export async function lockOrder(
  file: string,
  locks: UnitLocks,
  isAsked: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const asked = await edgesIn(
    locks.locking().filter(({ name }) => isAsked(name)),
    locks,
  );
  if (asked.length === 0) return [];
  const edges = await edgesIn(locks.locking(), locks);
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const edge of asked) {
    const back = edge.held.class === edge.taken.class ? edge : edges.find((other) => isBack(edge, other));
    const pair = [edge.held.class, edge.taken.class].sort().join(" ");
    if (!back || told.has(pair)) continue;
    told.add(pair);
    findings.push(findingFor(file, locks, edge, back));
  }
  return findings;
}

async function edgesIn(functions: readonly UnitFunction[], locks: UnitLocks): Promise<readonly Edge[]> {
  const edges: Edge[] = [];
  const byOps = heldByOps(locks.unit.unit);
  for (const each of functions) {
    const lock = byOps.get(each.name);
    if (lock !== undefined) edges.push(...(await edgesOnEntry(each, lock, locks)));
    const { moments } = await locks.unit.of(each);
    for (const moment of moments) {
      if (moment.held.length > 0) edges.push(...(await edgesAt(moment, locks)));
      // What it releases of ours may be a lock that we call otherwise.
      const callee = locks.functionNamed(moment.call.name);
      if (callee && (await locks.unit.of(callee)).comesHeld) break;
    }
  }
  return edges;
}

/** The kernel holds the lock where it calls the function. */
async function edgesOnEntry(each: UnitFunction, lock: string, locks: UnitLocks): Promise<readonly Edge[]> {
  const takings = (await locks.takings(each)).filter(({ isLoose }) => !isLoose);
  return takings.map((taken) => ({
    held: implied(lock, taken.through[0] ?? taken.moment),
    taken,
    through: taken.through,
  }));
}

async function edgesAt(moment: Moment, locks: UnitLocks): Promise<readonly Edge[]> {
  const callee = locks.functionNamed(moment.call.name);
  const direct = callee ? [] : [...locks.places(moment.takes, moment), ...impliedTakes(moment, locks)];
  const own = direct.map((taken) => ({ taken, through: [] }));
  const below: readonly Taking[] = callee ? await locks.takings(callee) : [];
  const within = below
    .filter(({ isLoose }) => !isLoose)
    .map((taking) => ({ taken: taking, through: [moment, ...taking.through] }));
  const held = locks.held(moment);
  // What is held already is a double lock.
  const isHeld = ({ name }: LockPlace) => held.some((each) => each.name === name);
  const taken = [...own, ...within].filter(({ taken: one }) => !isNested(one) && !isHeld(one));
  return held
    .flatMap((one) => taken.map((each) => ({ held: one, ...each })))
    .filter((edge) => edge.held.class !== edge.taken.class || isUnordered(edge, locks));
}

const MEMBER = /^(\w+)(?:->|\.)(\w+)$/;

/** Kinds of locks that have no order of their own. */
const PLAIN: ReadonlySet<string> = new Set(["mutex", "spinlock", "rwlock", "rwsem"]);

/** Two objects of one structure that the function is given, and does not compare. */
function isUnordered({ held, taken, through }: Edge, { unit }: UnitLocks): boolean {
  const [one, other] = [MEMBER.exec(held.name), MEMBER.exec(taken.name)];
  const { moment } = taken;
  const isGiven = (root = "") => moment.function.parameters.includes(root);
  if (!one || !other || one[1] === other[1] || through.length > 0) return false;
  if (!isGiven(one[1]) || !isGiven(other[1]) || !PLAIN.has(taken.object)) return false;
  if (taken.shared && held.shared) return false;
  const [first, second] = [held, taken].map(({ name }) => classOf(name, moment.function, unit.unit));
  const { bodyStart, bodyEnd } = moment.function;
  const compared = new RegExp(`\\b(?:${one[1]}|${other[1]})\\s*[<>]=?\\s*(?:${one[1]}|${other[1]})\\b`);
  const isTyped = first !== undefined && first === second && first.includes(".");
  return isTyped && !compared.test(unit.unit.text.slice(bodyStart, bodyEnd));
}

/** With a subclass it is a class of its own. */
const isNested = ({ moment: { call } }: LockPlace): boolean => /_nest(?:ed|_lock)/.test(call.name);

/** The other order; not where both are only read. */
function isBack({ held, taken }: Edge, other: Edge): boolean {
  if (other.held.class !== taken.class || other.taken.class !== held.class) return false;
  return !(held.shared && other.taken.shared) || !(taken.shared && other.held.shared);
}

function findingFor(file: string, locks: UnitLocks, { held, taken, through }: Edge, back: Edge): Finding {
  const { unit } = locks;
  const at = through[0] ?? taken.moment;
  const other = back.through[0] ?? back.taken.moment;
  return findingOf(file, unit, {
    rule: "lock-order",
    lock: taken.name,
    at,
    message:
      held.class === taken.class
        ? `${taken.name} is taken under ${held.name}, a lock of the same class: whoever has the two the other way round waits`
        : `${taken.name} is taken under ${held.name} here, and the other way round in ${placeIn(unit, other)}`,
    path: [
      ...back.through.map((each) => stepAt(unit, each)),
      stepAt(unit, back.taken.moment, `takes ${back.taken.name} under ${back.held.name}`),
      ...through.slice(1).map((each) => stepAt(unit, each)),
    ],
  });
}
