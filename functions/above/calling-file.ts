import { join } from "node:path";
import type { Surroundings } from "../../model/c/index.ts";
import {
  type Knowledge,
  type SleepChain,
  type Sleepers,
  withConfirmedSleep,
  withEffects,
  withSleepers,
} from "../../model/c/knowledge/index.ts";
import { readUnit, type UnitFunction } from "../../model/c/source/index.ts";
import { asksCaller } from "../../model/kernel/table/context-test.ts";
import { noSleepInAtomic } from "../../properties/no-sleep-in-atomic.ts";
import type { NearFile } from "../../tree/near-files.ts";
import { outlineIn } from "../../tree/near-group.ts";
import type { NearbyFiles } from "../../tree/nearby.ts";
import { sleepOfHandler } from "../across/atomic-caller.ts";
import { type RunsAtomic, runsAtomic } from "../across/atomic-context.ts";
import { registeredIn } from "../across/registered.ts";
import { checkSource } from "../check.ts";
import type { Elsewhere } from "../elsewhere.ts";
import { sleepersOf } from "../sleepers.ts";
import { type Callers, type Calling, MAX_FILES_ABOVE } from "./callers.ts";
import type { AtomicCaller, Caller } from "./found-above.ts";

/** A function that comes to sleep, whoever calls it. */
export interface Sleeper {
  /** Below the tree's root. */
  readonly path: string;
  readonly name: string;
  /** How it sleeps; with the file of each call. */
  readonly chain: SleepChain;
  /** Those between it and the function of the checked file, the outermost first. */
  readonly callers: readonly Caller[];
}

/** Where the callers of functions are looked up. */
export interface TreeAbove {
  readonly root: string;
  readonly files: NearbyFiles;
  readonly elsewhere: Elsewhere;
  readonly known: Knowledge;
  readonly callers: Callers;
  /** A file that is checked as well: what it calls under its locks, it tells itself. */
  readonly isChecked: (path: string) => boolean;
}

/** Calls of a function that sleeps, in one file. */
interface Calls {
  readonly source: NearFile;
  /** Below the tree's root. */
  readonly path: string;
  readonly calling: Calling;
  readonly sleeper: Sleeper;
}

/** A file with functions that call one that sleeps. */
export class CallingFile {
  readonly #calls: Calls;
  readonly #tree: TreeAbove;
  readonly #headers: string;
  readonly #surroundings: Surroundings;
  readonly #sleepers: Sleepers;
  /** The callers, and those of the file that call them. */
  readonly #callers: readonly UnitFunction[];

  private constructor(calls: Calls, tree: TreeAbove, headers: string, knowledge: Knowledge) {
    const { source, sleeper, calling } = calls;
    this.#calls = calls;
    this.#tree = tree;
    this.#headers = headers;
    const unit = readUnit(source.text, headers);
    const asleep = new Map([[sleeper.name, withConfirmedSleep(sleeper.name, undefined, sleeper.chain)]]);
    const known = withEffects(knowledge, asleep);
    this.#sleepers = sleepersOf(unit, known);
    this.#surroundings = { unit, file: source.name, known };
    this.#callers = unit.functions.filter(({ name }) => calling.names.includes(name));
  }

  /** As it stands, with nothing known of what it includes; undefined where nothing comes of it, or it can't be read. */
  static open(
    path: string,
    names: readonly string[],
    sleeper: Sleeper,
    tree: TreeAbove,
  ): CallingFile | undefined {
    const calling = tree.callers.calling(path, names);
    if (!calling.enters && calling.handed.size + calling.open.size === 0) return undefined;
    const file = tree.files.fileAt(join(tree.root, path));
    if (!file) return undefined;
    const outline = outlineIn(file);
    const text = outline.excerpt(outline.reached(calling.names, () => true));
    return new CallingFile({ source: { ...file, text }, path, calling, sleeper }, tree, "", tree.known);
  }

  /** Those who call it in atomic context: what the file alone shows is looked at again with what is around it. */
  async atomic(): Promise<readonly AtomicCaller[]> {
    if ((await this.#atomicHere()).length === 0) return [];
    const { source, calling } = this.#calls;
    const { headers, knowledge } = await this.#tree.elsewhere.about(source, calling.names);
    return new CallingFile(this.#calls, this.#tree, headers, knowledge).#atomicHere();
  }

  async #atomicHere(): Promise<readonly AtomicCaller[]> {
    return [...(await this.#inSections()), ...(await this.#handlers())];
  }

  /** The functions that call it in an atomic section of their own. */
  async #inSections(): Promise<readonly AtomicCaller[]> {
    if (this.#tree.isChecked(this.#calls.path) || !this.#calls.calling.enters) return [];
    const { findings } = await checkSource(
      { file: this.#calls.source.name, text: this.#calls.source.text },
      {
        headers: this.#headers,
        knowledge: this.#surroundings.known,
        functions: this.#callers.map(({ name }) => name),
        audit: true,
      },
    );
    const isNamed = new RegExp(`\\b${this.#calls.sleeper.name}\\(\\)`);
    return findings.flatMap(({ rule, message, function: name, line, lock }) =>
      rule === noSleepInAtomic.name && isNamed.test(message)
        ? [{ ...this.#caller(name, line), in: { kind: "section", lock } }]
        : [],
    );
  }

  /** The functions that the kernel runs in atomic context, and that come to sleep by it. */
  async #handlers(): Promise<readonly AtomicCaller[]> {
    const { path, calling } = this.#calls;
    const handed = this.#callers.filter(({ name }) => calling.handed.has(name));
    const whole = handed.length > 0 && this.#tree.files.fileAt(join(this.#tree.root, path));
    if (!whole) return [];
    const registered = new Map<string, RunsAtomic>();
    for (const { name, in: runs } of registeredIn(readUnit(whole.text)))
      if (runsAtomic(runs)) registered.set(name, runs);
    const found: AtomicCaller[] = [];
    for (const each of handed) {
      const runs = registered.get(each.name);
      const [first] = runs ? await this.#sleepOf(each) : [];
      if (runs && first)
        found.push({ ...this.#caller(each.name, first.line), in: { kind: "handler", runs } });
    }
    return found;
  }

  /** The functions that come to sleep by it in their callers' context, of other files. */
  async passing(): Promise<readonly Sleeper[]> {
    const found: Sleeper[] = [];
    for (const each of this.#callers) {
      const { name, calls } = each;
      const { path, calling, sleeper } = this.#calls;
      if (!calling.open.has(name) || [...calls].some(asksCaller)) continue;
      const files = MAX_FILES_ABOVE - 1 - sleeper.callers.length;
      if (!this.#tree.callers.mayBeAtomic(name, path, files)) continue;
      const own = await this.#sleepOf(each);
      const [first] = own;
      if (!first) continue;
      const chain = [
        ...own.map((call) => ({ file: this.#calls.source.name, ...call })),
        ...this.#calls.sleeper.chain,
      ];
      const callers = [this.#caller(name, first.line), ...this.#calls.sleeper.callers];
      found.push({ path: this.#calls.path, name, chain, callers });
    }
    return found;
  }

  #caller = (name: string, line: number): Caller => ({ name, file: this.#calls.source.name, line });

  /** The calls by which a function comes to the one that sleeps; none where it does not, whatever it is given. */
  async #sleepOf(each: UnitFunction): Promise<SleepChain> {
    if (!this.#sleepers.has(each.name)) return [];
    const { unit, file, known } = this.#surroundings;
    const surroundings = { unit, file, known: withSleepers(known, this.#sleepers) };
    const answer = await sleepOfHandler(each, surroundings, this.#sleepers);
    return answer.kind === "sleeps" && answer.chain.at(-1)?.callee === this.#calls.sleeper.name
      ? answer.chain
      : [];
  }
}
