import { type FunctionReading, type InlineBody, isMapping, ownLocks, sizeOf } from "../model/c/index.ts";
import { type CallEffect, isUnclear, type Knowledge, withEffects } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import type { JudgedReading } from "./read-program.ts";
import { summarise } from "./summary.ts";
import { placesPut, tellsAll } from "./tells-all.ts";
import { unsummarised } from "./unsummarised.ts";

/** What is known by now of a source's functions, for where others of it call them. */
export class Callees {
  /** By name; undefined for one that leaves locks alone. */
  readonly effects = new Map<string, CallEffect | undefined>();
  /** What they do otherwise in further readings of their `#if`s, by name. */
  readonly otherEffects = new Map<string, readonly (CallEffect | undefined)[]>();
  readonly known: Knowledge;
  /** The same without what only names say. */
  readonly certain: Knowledge;
  readonly #base: Knowledge;
  readonly #bodies = new Map<string, InlineBody>();
  readonly #definitions = new Map<string, number>();

  constructor({ functions }: Unit, base: Knowledge, certain: Knowledge) {
    for (const { name } of functions) this.#definitions.set(name, (this.#definitions.get(name) ?? 0) + 1);
    this.#base = base;
    this.certain = withEffects(certain, this.effects);
    this.known = {
      ...withEffects(base, this.effects),
      isDefined: (name) => this.#definitions.has(name),
      bodyOf: (name) => this.#bodies.get(name),
    };
  }

  /** It was not understood, or is called before it is: it may have touched any lock it could name. */
  noteUnknown(name: string): void {
    this.effects.set(name, unsummarised(name));
  }

  /** What the source says of functions that are not searched. */
  noteStated(stated: ReadonlyMap<string, CallEffect>): void {
    for (const [name, effect] of stated) this.effects.set(name, effect);
  }

  /** It was not searched to its end. */
  noteCut({ name }: UnitFunction): void {
    if (!this.#isSettled(name)) this.noteUnknown(name);
  }

  #isSettled(name: string): boolean {
    return this.effects.get(name) !== undefined || this.#base.matters(name);
  }

  /** The first reading stands for all; of several definitions the first that does something to locks. */
  note(
    { name, parameters, pointersToPointers, head }: UnitFunction,
    readings: readonly FunctionReading[],
    judged: readonly JudgedReading[],
  ): void {
    const [[reading], [first]] = [readings, judged];
    if (this.#isSettled(name) || !first) return;
    const [effect, ...others] = judged.map((each, at) => {
      const locals = ownLocks(readings[at]?.statements ?? []);
      return summarise(each.translation, { parameters, pointersToPointers, head, locals }, each.judged.exits);
    });
    this.effects.set(name, effect);
    const differing = others.filter((each) => JSON.stringify(each) !== JSON.stringify(effect));
    if (differing.length > 0) this.otherEffects.set(name, differing);
    const isSound = judged.every((each) => each.judged.findings.length === 0);
    // What breaks a rule by itself is said of it, and not of each caller again.
    if (!reading || !isSound || this.#definitions.get(name) !== 1) return;
    const { statements } = reading;
    const size = sizeOf(statements);
    if (size === undefined || first.translation.plan.calls.keys.some(isMapping)) return;
    const isLarge = size === "large" ? { isLarge: true as const } : {};
    const fills = placesPut(first.translation.plan.flow, parameters).length > 0;
    const isTold =
      (isUnclear(effect) || fills) &&
      readings.length === 1 &&
      tellsAll(reading, first.translation, parameters);
    const told = {
      ...(isTold && { tellsAll: true as const }),
      ...(isTold && fills && { fillsIn: true as const }),
    };
    this.#bodies.set(name, { name, parameters, statements, tellsGuesses: true, ...told, ...isLarge });
  }
}
