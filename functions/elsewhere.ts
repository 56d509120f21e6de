import {
  type CallEffect,
  isUnclear,
  type Knowledge,
  type SleepChain,
  withEffects,
  withSleepers,
} from "../model/c/knowledge/index.ts";
import { Outline, readExcerpt, readUnit } from "../model/c/source/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import { add } from "../model/multimap.ts";
import { Remembered } from "../tree/dependencies.ts";
import type { NearFile } from "../tree/near-files.ts";
import type { Nearby, NearbyFiles } from "../tree/nearby.ts";
import { askedFiles } from "./asked-file.ts";
import { effectsIn } from "./effects-in.ts";
import { effectOfWrapper, type FlagWrapper, flagWrappersIn } from "./flag-wrappers.ts";
import { reachedFrom } from "./functions-by-name.ts";
import { whyUnclear } from "./in-tree.ts";
import { asleepIn } from "./may-sleep.ts";
import { isNamedHere, isOpen } from "./named-near.ts";
import { asHint, isSameEffect, markedBy, passingSurely } from "./other-sources.ts";
import {
  type Interest,
  type Opened,
  type Question,
  questionsIn,
  type RestOfTree,
  type Sources,
} from "./questions.ts";
import { sleepersOf } from "./sleepers.ts";

/** What a function of another file does; nothing where it does nothing, or that is not known. */
interface EffectAnswer {
  readonly effect?: CallEffect | undefined;
  /** It leaves all locks alone. */
  readonly isSilent: boolean;
}

/** How it comes to sleep; by a wrapper where its flags allow it. */
interface SleepAnswer {
  readonly chain?: SleepChain | undefined;
  readonly wrapper?: FlagWrapper;
}

/** Answers of one file to some questions: effects by the name and the locks of interest, sleeps by the name. */
interface Answers {
  readonly effects: ReadonlyMap<string, EffectAnswer>;
  readonly sleeps: ReadonlyMap<string, SleepAnswer>;
}

/** What is known of functions of other files, by their names. */
export interface FromElsewhere {
  readonly effects: ReadonlyMap<string, CallEffect>;
  /** Those that were asked about and leave all locks alone. */
  readonly silent: ReadonlySet<string>;
  readonly chains: ReadonlyMap<string, SleepChain>;
}

/** Files from one to the next that are looked into. */
const MAX_DEPTH = 2;
const NO_LOCKS: ReadonlySet<string> = new Set();

/** What the headers that a source includes and the sources beside it say of what it uses. */
export interface Informed extends FromElsewhere {
  readonly headers: string;
  readonly knowledge: Knowledge;
  /** What of the headers was not read, and why. */
  readonly unread: readonly string[];
  /** Sources that were not looked into, and why. */
  readonly left: readonly string[];
}

/**
 * Tells what functions of other files do: inline functions of the headers that a source includes, functions of the
 * sources near it, and of the tree. Where several files define a name, nothing is known of it, unless they agree.
 */
export class Elsewhere {
  readonly #sources: Sources;
  /** By how many files lead there, the file, and the question. */
  readonly #effects: Remembered<string, EffectAnswer>;
  readonly #sleeps: Remembered<string, SleepAnswer>;

  /** `tree` is asked for what no file near by defines. */
  constructor(files: NearbyFiles, base: Knowledge, tree?: RestOfTree) {
    this.#sources = { files, base, tree, ask: askedFiles(base) };
    this.#effects = new Remembered(files.dependencies);
    this.#sleeps = new Remembered(files.dependencies);
  }

  /**
   * @param functions those of the file that are of interest, by what they call too; all where absent.
   * @param asleep functions of which to tell how they come to sleep, beside those that are called in atomic context.
   */
  async about(
    file: { readonly path: string; readonly text: string },
    functions?: readonly string[],
    asleep: readonly string[] = [],
  ): Promise<Informed> {
    const source = { ...file, name: "" };
    const nearby = this.#around(source, source.text);
    const { directives, unread } = nearby;
    const left = [...nearby.left];
    const unit = readUnit(source.text, directives);
    const asked = functions === undefined ? unit.functions : reachedFrom(functions, unit);
    const interest = { asleep: new Set([...asleepIn(unit, this.#sources.base), ...asleep]), locks: NO_LOCKS };
    const { effects, chains, silent } = await this.#knowledge(
      { source, nearby, unit, left, asked },
      interest,
      0,
    );
    const taken = new Map([...effects].map(([name, effect]) => [name, passingSurely(effect)]));
    const knowledge = withSleepers(withEffects(this.#sources.base, taken), chains);
    return { headers: directives, effects, chains, silent, knowledge, unread, left };
  }

  /** What is known in a source of the functions that it calls. */
  async #knowledge(
    opened: Opened,
    interest: Interest,
    depth: number,
  ): Promise<FromElsewhere & { readonly knowledge: Knowledge }> {
    const { base } = this.#sources;
    const effects = new Map<string, CallEffect>();
    const chains = new Map<string, SleepChain>();
    const silent = new Set<string>();
    if (depth >= MAX_DEPTH) return { effects, chains, silent, knowledge: base };
    const questions = await questionsIn(opened, interest, this.#sources);
    const byFile = new Map<NearFile, Question[]>();
    for (const each of questions) for (const file of each.definers) add(byFile, file, each);
    const answers = new Map<NearFile, Answers>();
    for (const [file, asked] of byFile) answers.set(file, await this.#answer(file, asked, depth + 1));
    for (const each of questions) {
      const told = each.definers.flatMap((file) => answers.get(file) ?? []);
      const asleep = told.map(({ sleeps }) => sleeps.get(each.name));
      const [chain, ...further] = asleep.map((answer) => answer?.chain);
      if (each.sleeps && chain && further.every((other) => other)) chains.set(each.name, chain);
      const [wrapper, ...others] = asleep.map((answer) => answer?.wrapper);
      if (each.sleeps && wrapper && others.every((other) => other?.position === wrapper.position))
        effects.set(each.name, effectOfWrapper(each.name, wrapper));
      const effect = each.effect && this.#agreed(each, told, opened);
      if (effect) effects.set(each.name, effect);
      const isSilent = (file: Answers) => file.effects.get(keyOf(each))?.isSilent === true;
      if (each.effect && told.length > 0 && told.every(isSilent)) silent.add(each.name);
    }
    if (effects.size + chains.size === 0) return { effects, chains, silent, knowledge: base };
    return { effects, chains, silent, knowledge: withSleepers(withEffects(base, effects), chains) };
  }

  /** What a function does by all definitions that may be meant. */
  #agreed(question: Question, told: readonly Answers[], { source, left }: Opened): CallEffect | undefined {
    const { name, definers, isFar } = question;
    const [effect, ...others] = told.map(({ effects }) => effects.get(keyOf(question))?.effect);
    const isUndecided = !others.every((each) => isSameEffect(effect, each)) || (effect && isUnclear(effect));
    // Beside what it takes and gives back, such a one was not seen to do anything.
    if (question.effect === "retakes" && isUndecided) return undefined;
    const named = definers.map((file) => file.name);
    if (isFar && isUndecided) left.push(whyUnclear(name, named));
    if (!effect || (isFar && isUndecided) || !definers.every((file) => isNamedHere(effect, file, source)))
      return undefined;
    return isFar && !definers.every((file) => this.#sources.files.isGiven(file)) ? asHint(effect) : effect;
  }

  /** Each function is judged once. */
  async #answer(file: NearFile, questions: readonly Question[], depth: number): Promise<Answers> {
    const effects = new Map<string, EffectAnswer>();
    const sleeps = new Map<string, SleepAnswer>();
    for (const each of questions) {
      const [key, { name }] = [keyOf(each), each];
      const under = (what: string) => `${depth} ${file.path} ${what}`;
      const effect = () => this.#effectOf(file, each, depth);
      if (each.effect) effects.set(key, await this.#effects.later(under(key), effect));
      const sleep = () => this.#sleepOf(file, name, depth);
      if (each.sleeps) sleeps.set(name, await this.#sleeps.later(under(name), sleep));
    }
    return { effects, sleeps };
  }

  /** Each question by itself: what else is asked, and by whom, must not decide on the answer. */
  async #effectOf(file: NearFile, question: Question, depth: number): Promise<EffectAnswer> {
    const { name, locks } = question;
    const { outline, isOneSided, isLopsided, locksTaken } = this.#sources.ask(file);
    const tree = locks.size > 0 ? await this.#sources.tree?.() : undefined;
    const taken = (each: string) => tree?.locksTakenIn(file.path, each) ?? locksTaken(each);
    const isAsked = (each: string) =>
      isOneSided(each) ||
      isLopsided(each) ||
      (locks.size > 0 && [...taken(each)].some((one) => locks.has(one)));
    const opened = this.#excerpt(file, outline.reached([name], isAsked));
    const { unit } = opened;
    const { knowledge } = await this.#knowledge(opened, { asleep: new Set(), locks }, depth);
    const asked = new Set(unit.functions.map((each) => each.name));
    const { effects, varying, open } = await effectsIn(unit, file.name, asked, knowledge);
    const isMeant = /\.h$/.test(file.path) || this.#sources.files.isGiven(file);
    const [own, ...more] = unit.functions.filter((each) => each.name === name);
    const sure = isMeant && more.length === 0 && !varying.has(name);
    const place = { function: name, file: file.name, line: unit.lines.lineAt(own?.start ?? 0), sure };
    const effect = effects.get(name);
    const isClear = (each: string) =>
      asked.has(each) ? !open.has(each) : lockWordOf(each) === undefined || !isOpen(each, knowledge);
    const isSilent = !effect && !open.has(name) && (outline.callsOf(name) ?? []).every(isClear);
    return { effect: effect && markedBy(effect, place), isSilent };
  }

  /** Further files are asked where the tree tells that they lead to a sleep. */
  async #sleepOf(file: NearFile, name: string, depth: number): Promise<SleepAnswer> {
    const { ask, base } = this.#sources;
    const { outline, maySleep } = ask(file);
    const tree = await this.#sources.tree?.();
    const sleeps = (each: string) => maySleep(each) || tree?.maySleepIn(file.path, each) === true;
    const opened = this.#excerpt(file, sleeps(name) ? outline.reached([name], sleeps) : []);
    const called = new Set(opened.unit.functions.flatMap(({ calls }) => [...calls]));
    const interest = { asleep: called, locks: NO_LOCKS };
    const { knowledge } = tree ? await this.#knowledge(opened, interest, depth) : { knowledge: base };
    const placed = (chain: SleepChain) => chain.map((each) => ({ file: file.name, ...each }));
    const chain = sleepersOf(opened.unit, knowledge, "constant").get(name);
    const wrapper = flagWrappersIn(opened.unit, knowledge).get(name);
    if (chain) return { chain: placed(chain) };
    return wrapper ? { wrapper: { ...wrapper, chain: placed(wrapper.chain) } } : {};
  }

  /** Macros matter that come to what is known, is named like a lock, or stands in the text. */
  #around({ path }: NearFile, text: string): Nearby {
    const own = new Outline(text);
    const isKnown = (name: string) =>
      this.#sources.base.matters(name) || this.#sources.base.find(name, []) !== undefined;
    return this.#sources.files.around(
      path,
      text,
      (name) => isKnown(name) || lockWordOf(name) !== undefined || own.defines(name),
    );
  }

  #excerpt(file: NearFile, names: readonly string[]): Opened {
    const text = this.#sources.ask(file).outline.excerpt(names);
    const nearby = this.#around(file, text);
    const unit = readExcerpt(text, nearby.directives);
    return { source: { ...file, text }, nearby, unit, left: [], asked: unit.functions };
  }
}

/** Under which an answer is kept. */
const keyOf = ({ name, locks }: Question): string => [name, ...[...locks].sort()].join(" ");
