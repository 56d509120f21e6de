import { readFunction, type Surroundings } from "../model/c/index.ts";
import {
  declaresList,
  type Knowledge,
  knowledgeByName,
  type Sleepers,
  tableKnowledge,
  takesLocks,
  withSignals,
  withSleepers,
} from "../model/c/knowledge/index.ts";
import { readUnit, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { type Reason, requireReason, sentenceOf, withLine } from "../model/not-modelled.ts";
import { certainAcross, findingsAcross } from "./across/index.ts";
import { bareCallers } from "./bare-callers.ts";
import { judgeReadings } from "./callee-sleeps.ts";
import { Callees } from "./callees.ts";
import type { CheckOptions, SourceText } from "./check-options.ts";
import { type Contracts, contractsOf, withContracts } from "./contracts.ts";
import { statedEffects } from "./declared.ts";
import { type ExitState, exitStates } from "./exit-finding.ts";
import { asHint } from "./fewer-facts.ts";
import { distinct, type Finding, inOrder } from "./finding.ts";
import { calleesAt } from "./open-callee.ts";
import { calleeFirst } from "./order.ts";
import { append, conditionalsOf, type JudgedReading, type ReadProgram, searchesOf } from "./read-program.ts";
import { type CheckResult, counted, merge, type NamedReason, NOT_ASKED } from "./result.ts";
import { sharedFlags } from "./shared-flags.ts";
import { sleepersOf } from "./sleepers.ts";
import { UnitStory } from "./source-story.ts";
import { applySuppressions } from "./suppress.ts";
import { type TrustedCallee, trustedCallees } from "./trusted-callees.ts";
import { UnitExits } from "./unit-exits.ts";
import { unknownInUnit } from "./unknown-in-unit.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";
import { gapsOf, missedIn, unreadParts, unreadPlaces } from "./unmodelled.ts";
import { orUnread } from "./unread-source.ts";

/** Functions of one file that are judged: more than take locks in any file of a kernel. */
const MAX_FUNCTIONS = 3_000;

export type { CheckOptions, SourceText } from "./check-options.ts";
export type { CheckResult, NamedReason } from "./result.ts";

/** Checks the functions of a C source. It is read as it stands: no preprocessing, no headers but those in the options. */
export function checkSource(source: SourceText, options: CheckOptions = {}): Promise<CheckResult> {
  return orUnread(source.file, async () => new UnitCheck(source, options).run());
}

/** The functions of one source, callee first: what is found of one is known of it where it is called. */
class UnitCheck {
  readonly #file: string;
  readonly #options: CheckOptions;
  readonly #audit: boolean;
  readonly #unit: Unit;
  readonly #base: Knowledge;
  readonly #callees: Callees;
  readonly #known: Knowledge;
  readonly #sleepers: Sleepers;
  readonly #contracts: Contracts;
  readonly #story: UnitStory;
  readonly #text: string;
  readonly #exits: UnitExits;
  readonly #open: UnknownLockCall[] = [];
  readonly #decided = new Set<number>();
  readonly #trusted: TrustedCallee[] = [];

  readonly #programs = new Map<string, ReadProgram[]>();
  readonly #exitStates = new Map<string, ExitState[]>();

  constructor({ file, text }: SourceText, options: CheckOptions) {
    this.#file = file;
    this.#options = options;
    this.#audit = options.audit === true;
    this.#text = text;
    this.#unit = readUnit(text, options.headers);
    this.#story = new UnitStory(this.#unit);
    const knowledge = withSignals(options.knowledge ?? tableKnowledge, text);
    this.#exits = new UnitExits(this.#unit, knowledge);
    this.#base = options.locksByName ? knowledgeByName(knowledge, this.#unit) : knowledge;
    this.#callees = new Callees(this.#unit, this.#base, knowledge);
    this.#sleepers = sleepersOf(this.#unit, knowledge);
    this.#contracts = contractsOf(this.#unit, this.#base);
    this.#known = withContracts(this.#callees.known, this.#contracts);
  }

  async run(): Promise<CheckResult> {
    const locks = (name: string) => takesLocks(this.#base, name) || this.#isOwnList(name);
    const { functions, circular } = calleeFirst(this.#unit, locks, this.#options.functions);
    for (const name of circular) this.#callees.noteUnknown(name);
    this.#callees.noteStated(statedEffects(this.#text, this.#unit, this.#base));
    const reports: CheckResult[] = [];
    for (const each of functions) {
      if (!this.#takesLocks(each)) continue;
      reports.push(reports.length < MAX_FUNCTIONS ? await this.#check(each) : this.#left(each));
    }
    if (this.#options.functions && this.#exits.isOpen)
      await this.#judgeOthers(new Set(functions), calleeFirst(this.#unit, locks).functions);
    const report = merge(reports);
    const exits = this.#options.partial ? [] : this.#exits.findings().filter((each) => this.#isShown(each));
    const { findings, warnings, taken } = applySuppressions(
      { file: this.#file, text: this.#text, complete: this.#audit && !this.#options.functions },
      inOrder([...report.findings, ...exits, ...(await this.#hints())]),
      this.#options.suppress,
    );
    const unknown = await this.#unknownLocks();
    return {
      ...report,
      ...unknown,
      findings,
      warnings,
      taken,
      bounds: [...report.bounds, ...this.#damaged(), ...unknown.bounds],
      defined: this.#unit.functions.map(({ name }) => name),
      ...(this.#options.keepPrograms && { programs: this.#programs }),
      effects: this.#callees.effects,
      otherEffects: [...this.#callees.otherEffects].map(([name, effects]) => [name, JSON.stringify(effects)]),
      ...(this.#options.keepExits && { exits: this.#exitStates }),
    };
  }

  /** Functions that were not asked for tell whether a lock that stays held is wrong. */
  async #judgeOthers(done: ReadonlySet<UnitFunction>, all: readonly UnitFunction[]): Promise<void> {
    for (const each of all) if (!done.has(each) && this.#takesLocks(each)) await this.#check(each);
  }

  /** What functions show beside each other. */
  async #hints(): Promise<readonly Finding[]> {
    const { functions, partial, hints } = this.#options;
    const isAsked = (name: string) => functions?.includes(name) ?? true;
    if (!this.#audit) return partial ? [] : certainAcross(this.#surroundings, this.#sleepers, isAsked);
    const found = [
      ...bareCallers(this.#file, { unit: this.#unit }, this.#known, this.#contracts),
      ...sharedFlags(this.#file, this.#unit, this.#base),
      ...(partial ? [] : await findingsAcross(this.#surroundings, this.#sleepers, isAsked)),
      ...((await hints?.()) ?? []),
    ];
    return found.filter((each) => isAsked(each.function));
  }

  get #surroundings(): Surroundings {
    return { unit: this.#unit, file: this.#file, known: withSleepers(this.#known, this.#sleepers) };
  }

  #damaged(): readonly string[] {
    const gaps = gapsOf(this.#unit, this.#options.functions);
    const parts = unreadParts({ ...this.#unit, gaps }, (name) => takesLocks(this.#base, name));
    return parts.map(({ line, message }) => `${this.#file}:${line}: ${message}`);
  }

  /** Calls whose effect on locks is not known, and calls through pointers under a lock. */
  #unknownLocks() {
    return unknownInUnit(this.#surroundings, this.#options, {
      ...{ callees: this.#callees, sleepers: this.#sleepers, open: this.#open, decided: this.#decided },
      trusted: this.#trusted,
    });
  }

  /** By what is known of its callees by now: one that leaves locks alone is not looked into. */
  #takesLocks({ calls }: UnitFunction): boolean {
    return [...calls].some((name) => takesLocks(this.#known, name) || this.#isOwnList(name));
  }

  /** What leaves locks as they were need not be laid, as in the condition of a wait. */
  #changesLocks(name: string): boolean {
    return takesLocks(this.#known, name) && this.#known.leavesLocks?.(name) !== true;
  }

  /** What is left on a list is a hint, looked for where hints are asked for. */
  #isOwnList(name: string): boolean {
    return this.#audit && declaresList(this.#base, name);
  }

  /** Nothing is known of a function that is not judged. */
  #left(each: UnitFunction): CheckResult {
    this.#callees.noteUnknown(each.name);
    this.#exits.addUnread(each);
    const reason = this.#reason(each, { kind: "too many functions", most: MAX_FUNCTIONS, in: "file" });
    const left = counted(each, this.#base, [reason], []);
    return this.#options.functions?.includes(each.name) === false ? { ...left, ...NOT_ASKED } : left;
  }

  async #check(each: UnitFunction): Promise<CheckResult> {
    const { functions } = this.#options;
    try {
      const checked = await this.#explore(each);
      return functions?.includes(each.name) === false ? { ...checked, ...NOT_ASKED } : checked;
    } catch (error) {
      const reason = this.#reason(each, requireReason(error));
      this.#callees.noteUnknown(each.name);
      this.#exits.addUnread(each);
      return counted(each, this.#base, [reason], []);
    }
  }

  async #explore(each: UnitFunction): Promise<CheckResult> {
    const surroundings = this.#surroundings;
    const { readings, unread } = await readFunction(each, surroundings);
    const callees = { surroundings, sleepers: this.#sleepers };
    const programs = await judgeReadings(readings, each, { ...this.#options, source: this.#story }, callees);
    this.#story.note(each.name, programs);
    if (this.#options.keepPrograms) append(this.#programs, each.name, programs);
    const capped = programs.find(({ judged }) => judged.explored.capped)?.judged.explored.capped;
    const missed = missedIn(each, programs, surroundings, (name) => this.#changesLocks(name));
    if (capped !== undefined || missed.length > 0) this.#callees.noteCut(each);
    else this.#callees.note(each, readings, programs);
    this.#setAside(each, programs);
    const { open, decided } = calleesAt(this.#unit, each, programs, this.#known);
    if (this.#options.functions?.includes(each.name) !== false) {
      this.#open.push(...open);
      this.#trusted.push(...trustedCallees(this.#unit, each, programs));
    }
    for (const at of decided) this.#decided.add(at);
    if (this.#options.keepExits && !capped) {
      const states = programs.flatMap(({ translation, judged, fewerFacts }) =>
        exitStates(translation, judged.exits, fewerFacts && asHint),
      );
      append(this.#exitStates, each.name, states);
    }
    const report = counted(each, this.#base, missed, capped ? [this.#reason(each, capped)] : []);
    return {
      ...report,
      functions: { ...report.functions, searched: searchesOf(this.#file, each.name, programs) },
      findings: distinct(programs.flatMap(({ judged }) => judged.findings)).filter((finding) =>
        this.#isShown(finding),
      ),
      conditionals: conditionalsOf(`${this.#file}: ${each.name}()`, readings),
      bounds: unreadPlaces(programs, unread, (at) => `${this.#file}:${this.#unit.lines.lineAt(at)}`),
    };
  }

  #reason({ name, bodyStart }: UnitFunction, reason: Reason): NamedReason {
    const placed = withLine(reason, (at = bodyStart) => this.#unit.lines.lineAt(at));
    return { file: this.#file, function: name, reason: sentenceOf(placed) };
  }

  #isShown({ confidence }: Finding): boolean {
    return confidence === "hard" || this.#audit;
  }

  #setAside(each: UnitFunction, readings: readonly JudgedReading[]): void {
    const isAsked = this.#options.functions?.includes(each.name) !== false;
    const asked = !isAsked ? "nothing" : takesLocks(this.#base, each.name) ? "annotations" : "all";
    this.#exits.add(
      each,
      readings.map(({ judged }) => judged),
      asked,
    );
  }
}
