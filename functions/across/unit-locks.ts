import { takesLocks } from "../../model/c/knowledge/index.ts";
import type { UnitFunction } from "../../model/c/source/index.ts";
import { lockClassOf } from "./lock-class.ts";
import type { LockHere, Moment } from "./moments.ts";
import type { UnitMoments } from "./unit-moments.ts";

/** A lock by its class, and a place where a function takes or holds it. */
export interface LockPlace {
  readonly class: string;
  readonly name: string;
  readonly object: string;
  readonly shared: boolean;
  readonly spinning: boolean;
  readonly moment: Moment;
}

/** A lock that a function takes, waiting for it, and the calls that lead to where it is taken, its own first. */
export interface Taking extends LockPlace {
  readonly through: readonly Moment[];
  /** A function on the way comes with a lock of its caller's, and may have released it before. */
  readonly isLoose: boolean;
}

/** How many calls below a function locks are looked for. */
const MAX_DEPTH = 6;

/** Which locks the functions of a source take and hold, by classes that they share. */
export class UnitLocks {
  readonly unit: UnitMoments;
  readonly #takings = new Map<string, Promise<readonly Taking[]>>();
  readonly #definitions = new Map<string, UnitFunction>();

  constructor(unit: UnitMoments) {
    this.unit = unit;
    for (const each of unit.unit.functions) this.#definitions.set(each.name, each);
  }

  functionNamed(name: string): UnitFunction | undefined {
    return this.#definitions.get(name);
  }

  /** The functions that take locks themselves, or by a callee that is known. */
  locking(): readonly UnitFunction[] {
    const { known } = this.unit.surroundings;
    return this.unit.unit.functions.filter(({ calls }) => [...calls].some((name) => takesLocks(known, name)));
  }

  /** The locks that a function takes, each once, by itself or in functions of the source that it calls. */
  takings(each: UnitFunction, depth = 0): Promise<readonly Taking[]> {
    const known = this.#takings.get(each.name);
    if (known) return known;
    const found = this.#takingsOf(each, depth);
    this.#takings.set(each.name, found);
    return found;
  }

  async #takingsOf(each: UnitFunction, depth: number): Promise<readonly Taking[]> {
    const { moments, comesHeld } = await this.unit.of(each);
    const found = new Map<string, Taking>();
    const add = (taking: Taking) => {
      if (!found.has(taking.class)) found.set(taking.class, taking);
    };
    for (const moment of moments) {
      for (const taken of this.places(moment.takes, moment))
        add({ ...taken, through: [], isLoose: comesHeld });
      const callee = depth < MAX_DEPTH ? this.#definitions.get(moment.call.name) : undefined;
      if (!callee || callee === each || this.#takings.has(callee.name + OPEN)) continue;
      this.#takings.set(each.name + OPEN, Promise.resolve([]));
      for (const below of await this.takings(callee, depth + 1))
        add({ ...below, through: [moment, ...below.through], isLoose: comesHeld || below.isLoose });
      this.#takings.delete(each.name + OPEN);
    }
    return [...found.values()];
  }

  /** Locks of a moment whose class is known in this file; readers of SRCU wait for nobody, and ww mutexes back off. */
  places(locks: readonly LockHere[], moment: Moment): readonly LockPlace[] {
    return locks
      .filter(({ key, isOthers }) => !isOthers && !HAS_NO_ORDER.has(key.object))
      .flatMap(({ key, shared }) => {
        const name = lockClassOf(key, moment.function, this.unit.unit);
        return name === undefined
          ? []
          : [{ class: name, name: key.text, object: key.object, shared, spinning: key.spinning, moment }];
      });
  }

  held(moment: Moment): readonly LockPlace[] {
    return this.places(moment.held, moment);
  }

  /** What is held at a moment by the function, or by all its callers where the source has them all. */
  async heldByAll(moment: Moment, depth = 0): Promise<readonly LockPlace[]> {
    const own = this.held(moment);
    const { function: each } = moment;
    const { comesHeld } = await this.unit.of(each);
    // It may have released what its callers hold.
    if (comesHeld || depth >= MAX_DEPTH || !this.unit.isCalledHereOnly(each)) return own;
    const calls = (await this.unit.callsOf(each.name)).filter((call) => call.function !== each);
    const [first, ...others] = await Promise.all(calls.map((call) => this.heldByAll(call, depth + 1)));
    const isCommon = (one: LockPlace) =>
      others.every((held) => held.some((other) => other.class === one.class));
    return [...own, ...(first ?? []).filter(isCommon)];
  }
}

/** Marks a function whose callees are being asked, so that a circle ends. */
const OPEN = " (open)";

const HAS_NO_ORDER: ReadonlySet<string> = new Set(["srcu", "ww-mutex"]);
