import {
  type CallEffect,
  type Knowledge,
  type SleepChain,
  withEffects,
  withSleepers,
} from "../model/c/knowledge/index.ts";
import { Outline, readExcerpt, readUnit, type Unit } from "../model/c/source/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import type { NearFile } from "../tree/near-files.ts";
import { outlineIn } from "../tree/near-group.ts";
import type { Nearby, NearbyFiles } from "../tree/nearby.ts";
import { effectsIn } from "./effects-in.ts";
import { functionsByName } from "./functions-by-name.ts";
import { asleepIn, maySleepIn } from "./may-sleep.ts";
import { OneSided } from "./one-sided.ts";
import { markedBy } from "./other-sources.ts";
import { sleepersOf } from "./sleepers.ts";

/** What is asked of functions of other files: what they do to locks, and how they come to sleep. */
interface Questions {
  readonly effects: readonly string[];
  readonly chains: readonly string[];
}

/** What is known by now of the functions of a file; undefined for what does nothing. */
interface Answers {
  readonly effects: Map<string, CallEffect | undefined>;
  readonly chains: Map<string, SleepChain | undefined>;
}

/** Files from one to the next that are looked into. */
const MAX_DEPTH = 2;

/** What the headers that a source includes and the sources beside it say of what it uses. */
export interface Informed {
  readonly headers: string;
  readonly knowledge: Knowledge;
  /** What of the headers was not read, and why. */
  readonly unread: readonly string[];
  /** Sources that were not looked into, and why. */
  readonly left: readonly string[];
}

/**
 * Tells what functions of other files do: inline functions of the headers that a source includes, and functions of the
 * sources near it. Where several files define a name, nothing is known of it.
 */
export class Elsewhere {
  readonly #files: NearbyFiles;
  readonly #base: Knowledge;
  /** By how many files lead there. */
  readonly #known = Array.from({ length: MAX_DEPTH + 1 }, () => new WeakMap<NearFile, Answers>());
  readonly #sides = new WeakMap<NearFile, OneSided>();
  readonly #sleeping = new WeakMap<NearFile, (name: string) => boolean>();

  constructor(files: NearbyFiles, base: Knowledge) {
    this.#files = files;
    this.#base = base;
  }

  async about(file: { readonly path: string; readonly text: string }): Promise<Informed> {
    const source = { ...file, name: "" };
    const nearby = this.#around(source, source.text);
    const { directives, unread, left } = nearby;
    const opened = { source, nearby, unit: readUnit(source.text, directives) };
    const knowledge = await this.#knowledge(opened, asleepIn(opened.unit, this.#base), 0);
    return { headers: directives, knowledge, unread, left };
  }

  /** What is known in a source; of the functions that those of the names call, also how they come to sleep. */
  async #knowledge(opened: Opened, asleep: ReadonlySet<string>, depth: number): Promise<Knowledge> {
    const base = this.#base;
    if (depth >= MAX_DEPTH) return base;
    const effects = new Map<string, CallEffect>();
    const chains = new Map<string, SleepChain>();
    for (const [definer, asked] of this.#questions(opened, asleep)) {
      const found = await this.#ask(definer, asked, depth + 1);
      for (const name of asked.effects) {
        const effect = found.effects.get(name);
        if (effect && isNamedHere(effect, definer, opened.source)) effects.set(name, effect);
      }
      for (const name of asked.chains) {
        const chain = found.chains.get(name);
        if (chain) chains.set(name, chain);
      }
    }
    return effects.size + chains.size === 0 ? base : withSleepers(withEffects(base, effects), chains);
  }

  /** By the files that define what a source calls. */
  #questions(
    { source, unit, nearby }: Opened,
    asleep: ReadonlySet<string>,
  ): ReadonlyMap<NearFile, Questions> {
    const own = new Set([...unit.functions.map(({ name }) => name), ...unit.macros.names]);
    const asked = new Map<NearFile, { effects: string[]; chains: string[] }>();
    const mayLock = (name: string, definer: NearFile) =>
      this.#sidesIn(definer).has(name) ||
      outlineIn(definer)
        .callsOf(name)
        ?.some((each) => {
          const next = isOpen(each, this.#base) ? definerOf(each, definer, nearby) : undefined;
          return next !== undefined && this.#sidesIn(next).has(each);
        });
    for (const name of new Set(unit.functions.flatMap(({ calls }) => [...calls]))) {
      const isAsked = !own.has(name) && isOpen(name, this.#base);
      const definer = isAsked ? definerOf(name, source, nearby) : undefined;
      if (!definer) continue;
      const questions = asked.get(definer) ?? { effects: [], chains: [] };
      if (mayLock(name, definer)) questions.effects.push(name);
      if (asleep.has(name)) questions.chains.push(name);
      if (questions.effects.length + questions.chains.length > 0) asked.set(definer, questions);
    }
    return asked;
  }

  #sidesIn(file: NearFile): OneSided {
    const known = this.#sides.get(file) ?? new OneSided(outlineIn(file), this.#base);
    this.#sides.set(file, known);
    return known;
  }

  /** Each function is judged once. */
  async #ask(file: NearFile, wanted: Questions, depth: number): Promise<Answers> {
    const known = this.#known[depth]?.get(file) ?? { effects: new Map(), chains: new Map() };
    this.#known[depth]?.set(file, known);
    const effects = wanted.effects.filter((name) => !known.effects.has(name));
    const chains = wanted.chains.filter((name) => !known.chains.has(name));
    if (effects.length > 0) await this.#askEffects(file, effects, known, depth);
    if (chains.length > 0) this.#askChains(file, chains, known);
    return known;
  }

  async #askEffects(file: NearFile, names: readonly string[], known: Answers, depth: number): Promise<void> {
    const sides = this.#sidesIn(file);
    const opened = this.#excerpt(
      file,
      outlineIn(file).reached(names, (name) => sides.has(name)),
    );
    const { unit } = opened;
    const knowledge = await this.#knowledge(opened, new Set(), depth);
    const asked = new Set(unit.functions.map(({ name }) => name));
    const { effects, varying } = await effectsIn(unit, file.name, asked, knowledge);
    const byName = functionsByName(unit);
    const isMeant = /\.h$/.test(file.path) || this.#files.isGiven(file);
    for (const name of names) {
      const [own, ...more] = byName.get(name) ?? [];
      const sure = isMeant && more.length === 0 && !varying.has(name);
      const place = { function: name, file: file.name, line: unit.lines.lineAt(own?.start ?? 0), sure };
      const effect = effects.get(name);
      known.effects.set(name, effect && markedBy(effect, place));
    }
  }

  /** Further files are not asked: what sleeps there is seldom called where that is forbidden. */
  #askChains(file: NearFile, names: readonly string[], known: Answers): void {
    const sleeping = this.#sleepingIn(file);
    const { unit } = this.#excerpt(file, outlineIn(file).reached(names.filter(sleeping), sleeping));
    const sleepers = sleepersOf(unit, this.#base, "constant");
    for (const name of names)
      known.chains.set(
        name,
        sleepers.get(name)?.map((each) => ({ file: file.name, ...each })),
      );
  }

  #sleepingIn(file: NearFile): (name: string) => boolean {
    const known = this.#sleeping.get(file) ?? maySleepIn(outlineIn(file), this.#base);
    this.#sleeping.set(file, known);
    return known;
  }

  /** Macros matter that come to what is known, is named like a lock, or stands in the text. */
  #around({ path }: NearFile, text: string): Nearby {
    const own = new Outline(text);
    const isKnown = (name: string) => this.#base.matters(name) || this.#base.find(name, []) !== undefined;
    return this.#files.around(
      path,
      text,
      (name) => isKnown(name) || lockWordOf(name) !== undefined || own.defines(name),
    );
  }

  #excerpt(file: NearFile, names: readonly string[]): Opened {
    const text = outlineIn(file).excerpt(names);
    const nearby = this.#around(file, text);
    return { source: { ...file, text }, nearby, unit: readExcerpt(text, nearby.directives) };
  }
}

interface Opened {
  readonly source: NearFile;
  readonly unit: Unit;
  readonly nearby: Nearby;
}

/** The file that defines a function, by the nearest group that has it. */
function definerOf(name: string, source: NearFile, { groups }: Nearby): NearFile | undefined {
  for (const group of groups) {
    const definers = group.definersOf(name).filter(({ path }) => path !== source.path);
    if (definers.length > 0) return definers.length === 1 ? definers[0] : undefined;
  }
  return undefined;
}

/** Nothing tells what it does to locks: the list of sleeping calls says no more than that it sleeps. */
function isOpen(name: string, known: Knowledge): boolean {
  if (known.matters(name) || known.flagsArgument?.(name) !== undefined) return false;
  const outcomes = known.find(name, [])?.outcomes ?? [];
  return outcomes.every(({ does }) => does.every(({ listed }) => listed !== undefined));
}

/** Two files may each have a lock of their own by one name: of such a one, nothing is known in the other. */
function isNamedHere({ outcomes }: CallEffect, definer: NearFile, source: NearFile): boolean {
  if (/\.h$/.test(definer.path)) return true;
  const globals = outcomes.flatMap(({ does, forgets = [], mayPass = [] }) =>
    [...does, ...forgets, ...mayPass].flatMap(({ operation, path }) =>
      path !== undefined && !("operand" in operation && operation.operand !== undefined)
        ? [path.match(/^\w+/)?.[0] ?? ""]
        : [],
    ),
  );
  return globals.every((name) => {
    const own = new RegExp(`\\bstatic\\b[^;{}]*\\b${name}\\b`);
    return name === "" || !own.test(definer.text) || !new RegExp(`\\b${name}\\b`).test(source.text);
  });
}
