import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { lockWordOf, mayBegin } from "../model/kernel/lock-name.ts";
import type { Finding } from "./finding.ts";
import type { JudgedExits, LeakFinding } from "./judge-exits.ts";
import type { LockUse } from "./lock-use.ts";

interface Noted {
  readonly uses: LockUse[];
  readonly leaks: LeakFinding[];
  readonly keeps: Set<string>;
  readonly releasedAlone: Set<string>;
}

/**
 * Locks that functions of a source leave held, where nobody is there to release them: no caller, no other half, no
 * function that does the same; and the name of the function does not say that it begins something.
 */
export class UnitLeaks {
  readonly #unit: Unit;
  readonly #known: Knowledge;
  readonly #own: ReadonlyMap<string, UnitFunction>;
  readonly #noted = new Map<string, Noted>();
  readonly #unread: UnitFunction[] = [];

  constructor(unit: Unit, known: Knowledge) {
    this.#unit = unit;
    this.#known = known;
    this.#own = new Map(unit.functions.map((each) => [each.name, each]));
  }

  /** Whether other functions are to be judged, to tell whether what was noted is wrong. */
  get isOpen(): boolean {
    return [...this.#noted.values()].some(({ leaks }) => leaks.length > 0);
  }

  /** Notes what a function does to locks; and its leaks, where it is `asked` for. */
  add(by: UnitFunction, judged: readonly JudgedExits[], isAsked: boolean): void {
    const noted = this.#of(by.name);
    for (const each of judged) {
      noted.uses.push(...each.uses);
      for (const lock of each.keeps) noted.keeps.add(lock);
      for (const lock of each.releasedAlone) noted.releasedAlone.add(lock);
      if (isAsked && this.#isJudged(by)) noted.leaks.push(...each.leaks);
    }
  }

  /** Neither head nor name says that it begins something; and who calls it gets no pointer that may be the lock's. */
  #isJudged({ name, head, annotated }: UnitFunction): boolean {
    const isEndless = this.#unit.neverReturning.has(name) || /noreturn/.test(head);
    const handsOn = /\*\s*$/.test(head) && /\bstatic\b/.test(head) && this.#isValue(name);
    return !annotated && !mayBegin(name) && !isEndless && !handsOn;
  }

  /** A function that was not understood: it may release whatever it names. */
  addUnread(each: UnitFunction): void {
    this.#unread.push(each);
  }

  findings(callersOf: (name: string) => readonly string[]): readonly Finding[] {
    return [...this.#noted].flatMap(([name, { leaks }]) => {
      if (leaks.length === 0) return [];
      const callers = callersOf(name);
      const wrong = leaks.filter(({ lock, isOwn, onSuccess }) => {
        if (this.#isOfCallee(lock, name) || (onSuccess && callers.length === 0)) return false;
        return isOwn || this.#isLost(lock, name, callers);
      });
      return wrong.map(({ finding }) => finding);
    });
  }

  #of(name: string): Noted {
    const noted = this.#noted.get(name) ?? {
      uses: [],
      leaks: [],
      keeps: new Set(),
      releasedAlone: new Set(),
    };
    this.#noted.set(name, noted);
    return noted;
  }

  /** It is a function of the source that takes the lock for this one, and it is said of that one. */
  #isOfCallee(lock: string, name: string): boolean {
    const takenBy = this.#usesOf(name, lock).flatMap((each) => each.takenBy);
    return takenBy.every((each) => each !== name && this.#noted.get(each)?.keeps.has(lock));
  }

  #isLost(lock: string, name: string, callers: readonly string[]): boolean {
    const concerned = [name, ...callers];
    const isElsewhere = [...this.#noted].some(
      ([other, { keeps, releasedAlone }]) =>
        releasedAlone.has(lock) || (keeps.has(lock) && !concerned.includes(other)),
    );
    if (isElsewhere || this.#unread.some((each) => this.#mayRelease(each, lock))) return false;
    return !callers.some((caller) => this.#isReleasedBy(caller, lock, concerned));
  }

  /** Its address is taken: who calls it is not known. */
  #isValue(name: string): boolean {
    return new RegExp(`(?<![\\w.>])${name}\\s*[,;)}]`).test(this.#unit.text);
  }

  /**
   * Whether a caller gives the lock back: where it is seen to come to it with the lock, it is not seen to return with
   * it; elsewhere it has more kinds of calls that release such a lock than calls of its own that take one.
   */
  #isReleasedBy(caller: string, lock: string, through: readonly string[]): boolean {
    if (this.#callsUnknownRelease(caller)) return true;
    const uses = this.#usesOf(caller, lock);
    const isThrough = (name: string) => through.includes(name);
    if (uses.some(({ takenBy }) => takenBy.some(isThrough))) return !this.#of(caller).keeps.has(lock);
    return uses.some(({ takenBy, releasedBy }) => {
      const releases = new Set(releasedBy.filter((each) => !isThrough(each)));
      const takes = new Set(takenBy.filter((each) => !this.#own.has(each)));
      return releases.size > takes.size;
    });
  }

  #callsUnknownRelease(name: string): boolean {
    const calls = this.#own.get(name)?.calls ?? [];
    return [...calls].some(
      (each) => !this.#own.has(each) && !this.#known.matters(each) && lockWordOf(each) === "releases",
    );
  }

  #usesOf(name: string, lock: string): readonly LockUse[] {
    return this.#noted.get(name)?.uses.filter((each) => each.lock === lock) ?? [];
  }

  #mayRelease({ bodyStart, bodyEnd, name }: UnitFunction, lock: string): boolean {
    const [, last = ""] = lock.split(" ");
    return (
      this.#callsUnknownRelease(name) ||
      new RegExp(`\\b${last}\\b`).test(this.#unit.text.slice(bodyStart, bodyEnd))
    );
  }
}
