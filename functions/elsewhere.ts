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

/** What is known by now of the functions of a file; undefined for what does nothing. */
interface Answers {
  /** By the name and the locks of interest. */
  readonly effects: Map<string, CallEffect | undefined>;
  readonly chains: Map<string, SleepChain | undefined>;
  /** Those that sleep where their flags allow it. */
  readonly wrappers: Map<string, FlagWrapper>;
  readonly silent: Set<string>;
}

const noAnswers = (): Answers => ({
  ...{ effects: new Map(), chains: new Map() },
  ...{ wrappers: new Map(), silent: new Set() },
});

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
  /** By how many files lead there. */
  readonly #known = Array.from({ length: MAX_DEPTH + 1 }, () => new WeakMap<NearFile, Answers>());

  /** `tree` is asked for what no file near by defines. */
  constructor(files: NearbyFiles, base: Knowledge, tree?: RestOfTree) {
    this.#sources = { files, base, tree, ask: askedFiles(base) };
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
      const [chain, ...further] = told.map(({ chains: known }) => known.get(each.name));
      if (each.sleeps && chain && further.every((other) => other)) chains.set(each.name, chain);
      const [wrapper, ...others] = told.map(({ wrappers }) => wrappers.get(each.name));
      if (each.sleeps && wrapper && others.every((other) => other?.position === wrapper.position))
        effects.set(each.name, effectOfWrapper(each.name, wrapper));
      const effect = each.effect && this.#agreed(each, told, opened);
      if (effect) effects.set(each.name, effect);
      if (each.effect && told.length > 0 && told.every((file) => file.silent.has(keyOf(each))))
        silent.add(each.name);
    }
    if (effects.size + chains.size === 0) return { effects, chains, silent, knowledge: base };
    return { effects, chains, silent, knowledge: withSleepers(withEffects(base, effects), chains) };
  }

  /** What a function does by all definitions that may be meant. */
  #agreed(question: Question, told: readonly Answers[], { source, left }: Opened): CallEffect | undefined {
    const { name, definers, isFar } = question;
    const [effect, ...others] = told.map(({ effects }) => effects.get(keyOf(question)));
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
    const known = this.#known[depth]?.get(file) ?? noAnswers();
    this.#known[depth]?.set(file, known);
    for (const each of questions) {
      if (each.effect && !known.effects.has(keyOf(each))) await this.#answerEffect(file, each, known, depth);
      if (each.sleeps && !known.chains.has(each.name)) await this.#answerChain(file, each.name, known, depth);
    }
    return known;
  }

  /** Each question by itself: what else is asked, and by whom, must not decide on the answer. */
  async #answerEffect(file: NearFile, question: Question, known: Answers, depth: number): Promise<void> {
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
    known.effects.set(keyOf(question), effect && markedBy(effect, place));
    const isClear = (each: string) =>
      asked.has(each) ? !open.has(each) : lockWordOf(each) === undefined || !isOpen(each, knowledge);
    if (!effect && !open.has(name) && (outline.callsOf(name) ?? []).every(isClear))
      known.silent.add(keyOf(question));
  }

  /** Further files are asked where the tree tells that they lead to a sleep. */
  async #answerChain(file: NearFile, name: string, known: Answers, depth: number): Promise<void> {
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
    known.chains.set(name, chain && placed(chain));
    if (wrapper && !chain) known.wrappers.set(name, { ...wrapper, chain: placed(wrapper.chain) });
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
