import type { Surroundings } from "../../model/c/index.ts";
import type { Unit, UnitFunction } from "../../model/c/source/index.ts";
import { type Moment, type Moments, momentsOf } from "./moments.ts";

/** What the functions of a source do where, each read when it is asked for. */
export class UnitMoments {
  readonly surroundings: Surroundings;
  readonly #read = new Map<string, Promise<Moments>>();
  readonly #callers = new Map<string, UnitFunction[]>();

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
    for (const each of this.unit.functions) {
      for (const name of each.calls) this.#callers.set(name, [...(this.#callers.get(name) ?? []), each]);
    }
  }

  get unit(): Unit {
    return this.surroundings.unit;
  }

  of(each: UnitFunction): Promise<Moments> {
    const known = this.#read.get(each.name) ?? momentsOf(each, this.surroundings);
    this.#read.set(each.name, known);
    return known;
  }

  /** The calls of a function within the source. */
  async callsOf(name: string): Promise<readonly (Moment & Pick<Moments, "comesHeld">)[]> {
    const found: (Moment & Pick<Moments, "comesHeld">)[] = [];
    for (const caller of this.#callers.get(name) ?? []) {
      const { moments, comesHeld } = await this.of(caller);
      for (const each of moments) if (each.call.name === name) found.push({ ...each, comesHeld });
    }
    return found;
  }

  /** Only functions of the source call it, directly: its address goes nowhere. */
  isCalledHereOnly({ name, head }: UnitFunction): boolean {
    if (!/\bstatic\b/.test(head)) return false;
    const uses = this.unit.text.match(new RegExp(`\\b${name}\\b`, "g")) ?? [];
    const calls = this.unit.text.match(new RegExp(`\\b${name}\\s*\\(`, "g")) ?? [];
    return uses.length === calls.length;
  }
}
