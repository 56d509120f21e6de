import {
  type CallEffect,
  isUnclear,
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
import { type InTree, whyUnclear } from "./in-tree.ts";
import { lopsidedIn } from "./lopsided.ts";
import { asleepIn, maySleepIn } from "./may-sleep.ts";
import { definersNear, isNamedHere, isOpen } from "./named-near.ts";
import { OneSided } from "./one-sided.ts";
import { asHint, markedBy } from "./other-sources.ts";
import { sleepersOf } from "./sleepers.ts";

/** Opens the index of the tree. */
export type RestOfTree = () => Promise<Pick<InTree, "definersOf" | "namesOf">>;

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
  readonly #tree: RestOfTree | undefined;
  /** By how many files lead there. */
  readonly #known = Array.from({ length: MAX_DEPTH + 1 }, () => new WeakMap<NearFile, Answers>());
  readonly #sides = new WeakMap<NearFile, OneSided>();
  readonly #lopsided = new WeakMap<NearFile, (name: string) => boolean>();
  readonly #sleeping = new WeakMap<NearFile, (name: string) => boolean>();

  /** `tree` is asked for what no file near by defines. */
  constructor(files: NearbyFiles, base: Knowledge, tree?: RestOfTree) {
    this.#files = files;
    this.#base = base;
    this.#tree = tree;
  }

  async about(file: { readonly path: string; readonly text: string }): Promise<Informed> {
    const source = { ...file, name: "" };
    const nearby = this.#around(source, source.text);
    const { directives, unread } = nearby;
    const left = [...nearby.left];
    const opened = { source, nearby, unit: readUnit(source.text, directives), left };
    const knowledge = await this.#knowledge(opened, asleepIn(opened.unit, this.#base), 0);
    return { headers: directives, knowledge, unread, left };
  }

  /** What is known in a source; of the functions that those of the names call, also how they come to sleep. */
  async #knowledge(opened: Opened, asleep: ReadonlySet<string>, depth: number): Promise<Knowledge> {
    const base = this.#base;
    if (depth >= MAX_DEPTH) return base;
    const effects = new Map<string, CallEffect>();
    const chains = new Map<string, SleepChain>();
    const far = new Set<string>();
    for (const [definer, asked] of await this.#questions(opened, asleep, far)) {
      const found = await this.#ask(definer, asked, depth + 1);
      for (const name of asked.effects) {
        const effect = found.effects.get(name);
        if (!effect || !isNamedHere(effect, definer, opened.source)) continue;
        if (!far.has(name)) effects.set(name, effect);
        else if (isUnclear(effect)) opened.left.push(whyUnclear(name, [definer.name]));
        else effects.set(name, this.#files.isGiven(definer) ? effect : asHint(effect));
      }
      for (const name of asked.chains) {
        const chain = found.chains.get(name);
        if (chain) chains.set(name, chain);
      }
    }
    return effects.size + chains.size === 0 ? base : withSleepers(withEffects(base, effects), chains);
  }

  /** By the files that define what a source calls; `far` takes the names of those that only the tree has. */
  async #questions(
    { source, unit, nearby, left }: Opened,
    asleep: ReadonlySet<string>,
    far: Set<string>,
  ): Promise<ReadonlyMap<NearFile, Questions>> {
    const own = new Set([...unit.functions.map(({ name }) => name), ...unit.macros.names]);
    const asked = new Map<NearFile, { effects: string[]; chains: string[] }>();
    const note = (definer: NearFile, name: string, changes: boolean, sleeps: boolean) => {
      const questions = asked.get(definer) ?? { effects: [], chains: [] };
      if (changes) questions.effects.push(name);
      if (sleeps) questions.chains.push(name);
      if (changes || sleeps) asked.set(definer, questions);
    };
    for (const name of new Set(unit.functions.flatMap(({ calls }) => [...calls]))) {
      if (own.has(name) || !isOpen(name, this.#base)) continue;
      const [definer, ...others] = definersNear(name, source, nearby);
      if (!definer) far.add(name);
      else if (others.length === 0)
        note(definer, name, this.#mayLock(name, definer, nearby), asleep.has(name));
    }
    const tree = far.size > 0 ? await this.#tree?.() : undefined;
    for (const name of tree ? far : []) {
      const paths = tree?.definersOf(name, source.path) ?? [];
      const [file] = paths.length === 1 ? paths.map((path) => this.#files.fileAt(path)) : [];
      if (file) note(file, name, true, false);
      else if (paths.length > 0) left.push(whyUnclear(name, tree?.namesOf(paths) ?? []));
    }
    return asked;
  }

  #mayLock(name: string, definer: NearFile, nearby: Nearby): boolean {
    if (this.#sidesIn(definer).has(name)) return true;
    return (outlineIn(definer).callsOf(name) ?? []).some((each) => {
      const [next, ...others] = isOpen(each, this.#base) ? definersNear(each, definer, nearby) : [];
      return next !== undefined && others.length === 0 && this.#sidesIn(next).has(each);
    });
  }

  #sidesIn(file: NearFile): OneSided {
    const known = this.#sides.get(file) ?? new OneSided(outlineIn(file), this.#base);
    this.#sides.set(file, known);
    return known;
  }

  #lopsidedIn(file: NearFile): (name: string) => boolean {
    const known = this.#lopsided.get(file) ?? lopsidedIn(outlineIn(file), this.#base);
    this.#lopsided.set(file, known);
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
    const isLopsided = this.#lopsidedIn(file);
    const opened = this.#excerpt(
      file,
      outlineIn(file).reached(names, (name) => sides.has(name) || isLopsided(name)),
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
    return { source: { ...file, text }, nearby, unit: readExcerpt(text, nearby.directives), left: [] };
  }
}

interface Opened {
  readonly source: NearFile;
  readonly unit: Unit;
  readonly nearby: Nearby;
  /** What is not known of the functions that it calls. */
  readonly left: string[];
}
