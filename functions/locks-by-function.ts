import type { Knowledge } from "../model/c/knowledge/index.ts";
import { callsIn, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { lockHalf, lockWordOf, mayBegin } from "../model/kernel/lock-name.ts";
import { callersIn, type FunctionsByName } from "./functions-by-name.ts";
import type { JudgedExits } from "./judge-exits.ts";
import { isSameLock, Locks, partsOfLock } from "./lock-identity.ts";
import type { LockUse } from "./lock-use.ts";
import { isGivenTo, unpairedReleases } from "./unknown-release.ts";

interface Noted {
  readonly uses: LockUse[];
  readonly keeps: Locks;
  /** Those of them that it releases on other paths, and that no success explains. */
  readonly loses: Locks;
  readonly releases: Locks;
  readonly releasedAlone: Locks;
  readonly perhapsReleased: Locks;
}

/** What the functions of a source do to locks, kept until it is known of all of them. */
export class LocksByFunction {
  readonly #unit: Unit;
  readonly #known: Knowledge;
  readonly #own: ReadonlyMap<string, UnitFunction>;
  readonly #callers: FunctionsByName;
  readonly #noted = new Map<string, Noted>();
  /** Functions that were not understood: each may release whatever it names. */
  readonly #unread = new Map<string, UnitFunction>();

  constructor(unit: Unit, known: Knowledge) {
    this.#unit = unit;
    this.#known = known;
    this.#own = new Map(unit.functions.map((each) => [each.name, each]));
    this.#callers = callersIn(unit);
  }

  add(by: string, judged: readonly JudgedExits[]): void {
    const noted = this.#of(by);
    this.#noted.set(by, noted);
    for (const each of judged) {
      noted.uses.push(...each.uses);
      for (const lock of each.keeps) noted.keeps.add(lock);
      for (const { lock, key, onSuccess } of each.leaks)
        if (key.released && !onSuccess) noted.loses.add(lock);
      for (const lock of each.releases) noted.releases.add(lock);
      for (const lock of each.releasedAlone) noted.releasedAlone.add(lock);
      for (const lock of each.perhapsReleased) noted.perhapsReleased.add(lock);
    }
  }

  addUnread(each: UnitFunction): void {
    this.#unread.set(each.name, each);
  }

  /** Those that call it, however far away. */
  callersOf(name: string): ReadonlySet<string> {
    const found = new Set<string>();
    const todo = [name];
    for (let callee = todo.pop(); callee !== undefined; callee = todo.pop()) {
      for (const { name: each } of this.#callers.get(callee) ?? []) {
        if (found.has(each)) continue;
        found.add(each);
        todo.push(each);
      }
    }
    return found;
  }

  /** Its address is taken: who calls it is not known. */
  isValue(name: string): boolean {
    return new RegExp(`(?<![\\w.>])${name}\\s*[,;)}]`).test(this.#unit.text);
  }

  /** A function of the source takes and keeps it for this one; no other caller gives it back, or this one does on other paths. */
  isOfCallee(lock: string, name: string): boolean {
    const takenBy = this.#usesOf(name, lock).flatMap((each) => each.takenBy);
    const isGivenBack = ({ name: other }: UnitFunction) =>
      other !== name && this.releases(other, lock) && !this.#of(other).keeps.has(lock);
    const isToKeep = this.releases(name, lock);
    const mayKeep = (each: string) => isToKeep || !(this.#callers.get(each) ?? []).some(isGivenBack);
    return takenBy.every((each) => each !== name && this.#of(each).keeps.has(lock) && mayKeep(each));
  }

  /** Whether an unread function names the lock, or calls what may release it. */
  mayBeReleasedUnread(lock: string): boolean {
    const [, last = ""] = partsOfLock(lock).name.split(" ");
    return [...this.#unread.values()].some(
      (each) =>
        this.#releasesUnknown(each).length > 0 || new RegExp(`\\b${last}\\b`).test(this.#bodyOf(each)),
    );
  }

  /** Whether a function releases such a lock at all. */
  releases(name: string, lock: string): boolean {
    return this.#of(name).releases.has(lock);
  }

  /**
   * Whether a caller gives the lock back: where it is seen to come to it with the lock, it is not seen to return with
   * it; elsewhere it has more kinds of calls that release such a lock than calls of its own that take one.
   */
  isReleasedBy(caller: string, lock: string, through: ReadonlySet<string>, isAlways = false): boolean {
    return this.#usesOf(caller, lock).some(({ takenBy, releasedBy }) => {
      const others = releasedBy.filter((each) => !through.has(each));
      const releases = new Set(others.filter((each) => this.#mayRelease(each, lock)));
      const takes = new Set(takenBy.filter((each) => !this.#own.has(each)));
      const isThrough = takenBy.some((each) => through.has(each));
      const isKept = isThrough && this.#keeps(caller, lock, isAlways);
      const isMore = releases.size > (isThrough ? 0 : takes.size);
      return isMore && !isKept && this.#isBehind(caller, releases, through);
    });
  }

  /** Of a lock that it always gets from a callee, what it loses on some paths alone is its own mistake. */
  #keeps(name: string, lock: string, isAlways: boolean): boolean {
    return this.#of(name).keeps.has(lock) && !(isAlways && this.#of(name).loses.has(lock));
  }

  /** Whether one of some calls stands behind one of others, or may come behind it in a loop or a macro. */
  #isBehind(caller: string, calls: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
    const body = this.#bodyOf(this.#own.get(caller));
    const found = callsIn(body);
    const first = found.find(({ name }) => others.has(name));
    const last = found.findLast(({ name }) => calls.has(name));
    return !first || !last || last.at > first.at || LOOPS.test(body);
  }

  /** Whether a function releases such a lock for one that is not seen: none that calls it takes it, and no other half of it. */
  isReleasedAlone(lock: string, name: string, concerned: ReadonlySet<string>): boolean {
    // One of the source that does something to it is judged by itself.
    const isOpen = (each: string) =>
      !concerned.has(each) && (this.#usesOf(each, lock).length === 0 || this.#unread.has(each));
    const isPerhaps = (other: string) =>
      this.#usesOf(other, lock).some(
        ({ takenBy, releasedBy }) => takenBy.length === 0 && releasedBy.some(isOpen),
      );
    return [...this.#noted].some(
      ([other, { releasedAlone, perhapsReleased }]) =>
        ((releasedAlone.has(lock) && !this.#isTakenByAnotherName(other, lock)) ||
          (perhapsReleased.has(lock) && isPerhaps(other))) &&
        !this.#isCounterpart(other, lock, { name, concerned }),
    );
  }

  /** Whether a function keeps such a lock by design, as far as is seen: neither its name nor a caller tells why. */
  isKeptElsewhere(lock: string, concerned: ReadonlySet<string>): boolean {
    return [...this.#noted].some(
      ([other, { keeps, loses }]) =>
        !concerned.has(other) && keeps.has(lock) && !loses.has(lock) && !this.#isMeant(other, lock),
    );
  }

  #of(name: string): Noted {
    return (
      this.#noted.get(name) ?? {
        uses: [],
        keeps: new Locks(),
        loses: new Locks(),
        releases: new Locks(),
        releasedAlone: new Locks(),
        perhapsReleased: new Locks(),
      }
    );
  }

  #usesOf(name: string, lock: string): readonly LockUse[] {
    return this.#of(name).uses.filter((each) => isSameLock(each.lock, lock));
  }

  /** It takes a lock that is called the same, and does not release that one: both names mean one lock. */
  #isTakenByAnotherName(name: string, lock: string): boolean {
    return this.#usesOf(name, lock).some(
      ({ takenBy, releasedBy }) => takenBy.length > 0 && releasedBy.length === 0,
    );
  }

  /** What it releases, others take, and not by the function that the leak is of: its callers, or the other half of its name. */
  #isCounterpart(
    name: string,
    lock: string,
    leak: { readonly name: string; readonly concerned: ReadonlySet<string> },
  ): boolean {
    const { stem, half } = lockHalf(name) ?? {};
    const isOtherHalf = ([other, { keeps }]: readonly [string, Noted]) => {
      const found =
        !leak.concerned.has(other) && keeps.has(partsOfLock(lock).name) ? lockHalf(other) : undefined;
      return found?.half === "acquires" && found.stem === stem;
    };
    if (half === "releases" && [...this.#noted].some(isOtherHalf)) return true;
    if (this.#hasOfCallee(name, lock, leak.concerned)) return true;
    const callers = (this.#callers.get(name) ?? []).map((each) => each.name);
    if (callers.length === 0 || !/\bstatic\b/.test(this.#own.get(name)?.head ?? "")) return false;
    const takes = (caller: string) =>
      this.#of(caller).releasedAlone.has(lock) ||
      (!this.#own.get(caller)?.calls.has(leak.name) &&
        this.#usesOf(caller, lock).some(({ takenBy }) =>
          takenBy.some((each) => each !== name && !leak.concerned.has(each)),
        ));
    return callers.every(takes) && !this.isValue(name);
  }

  /** A callee takes it: one of the source that keeps it, or one of another file, as its name and what it is given say. */
  #hasOfCallee(name: string, lock: string, concerned: ReadonlySet<string>): boolean {
    const each = this.#own.get(name);
    const calls = [...(each?.calls ?? [])];
    const isOwn = (callee: string) => !concerned.has(callee) && this.#of(callee).keeps.has(lock);
    if (calls.some((callee) => this.#own.has(callee) && isOwn(callee))) return true;
    const acquires = calls.filter(
      (callee) =>
        !this.#own.has(callee) &&
        !this.#known.matters(callee) &&
        lockWordOf(callee) === "acquires" &&
        !this.#unit.macros.names.has(callee),
    );
    const releases = this.#usesOf(name, lock).flatMap(({ releasedBy }) => releasedBy);
    return acquires.length > 0 && isGivenTo(releases, new Set(acquires), this.#bodyOf(each));
  }

  #isMeant(name: string, lock: string): boolean {
    if (this.#own.get(name)?.annotated || mayBegin(name)) return true;
    const through = new Set([name]);
    const isReleasing = (caller: string) =>
      this.isReleasedBy(caller, lock, through) || this.callsUnknownRelease(caller, through);
    return (this.#callers.get(name) ?? []).some((each) => isReleasing(each.name));
  }

  /** A function of the source releases what it is seen to release without taking it; others may release anything. */
  #mayRelease(callee: string, lock: string): boolean {
    return !this.#own.has(callee) || this.#unread.has(callee) || this.#of(callee).releasedAlone.has(lock);
  }

  /** Whether a caller calls what may release what a callee kept, where nothing is known of it. */
  callsUnknownRelease(caller: string, through: ReadonlySet<string>): boolean {
    const suspects = this.#releasesUnknown(this.#own.get(caller));
    return suspects.length > 0 && isGivenTo(suspects, through, this.#bodyOf(this.#own.get(caller)));
  }

  #releasesUnknown(each: UnitFunction | undefined): readonly string[] {
    const isUnknown = (name: string) => !this.#own.has(name) && !this.#known.matters(name);
    return each ? unpairedReleases([...each.calls].filter(isUnknown)) : [];
  }

  #bodyOf(each: UnitFunction | undefined): string {
    return each ? this.#unit.text.slice(each.bodyStart, each.bodyEnd) : "";
  }
}

const LOOPS = /\b(?:for|while|do|goto)\b|for_each/;
