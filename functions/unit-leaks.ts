import { CONTEXT } from "../model/c/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { mayBegin, mayStop } from "../model/kernel/lock-name.ts";
import { registeredIn } from "./across/registered.ts";
import type { Finding } from "./finding.ts";
import type { JudgedExits, LeakFinding } from "./judge-exits.ts";
import { partsOfLock } from "./lock-identity.ts";
import type { LocksByFunction } from "./locks-by-function.ts";
import { memberIn } from "./structure-of.ts";

interface Leaks {
  readonly by: UnitFunction;
  readonly leaks: LeakFinding[];
}

/**
 * Locks that functions of a source leave held, where nobody is there to release them: no caller, no other half, no
 * function that does the same; and the name of the function does not say that it begins something. A lock that no
 * other file can name needs no such doubt.
 */
export class UnitLeaks {
  readonly #unit: Unit;
  readonly #locks: LocksByFunction;
  readonly #leaks: Leaks[] = [];
  #registered: ReadonlySet<string> | undefined;

  constructor(unit: Unit, locks: LocksByFunction) {
    this.#unit = unit;
    this.#locks = locks;
  }

  /** Whether other functions are to be judged, to tell whether what was noted is wrong. */
  get isOpen(): boolean {
    return this.#leaks.length > 0;
  }

  /** Notes the leaks of a function that is asked for. */
  add(by: UnitFunction, judged: readonly JudgedExits[]): void {
    const leaks = judged.flatMap((each) => each.leaks).filter((leak) => this.#isJudged(by, leak));
    if (leaks.length > 0) this.#leaks.push({ by, leaks });
  }

  findings(): readonly Finding[] {
    return this.#leaks.flatMap(({ by: { name }, leaks }) => {
      const callers = this.#locks.callersOf(name);
      return leaks.filter((leak) => this.#isLost(leak, name, callers)).map(({ finding }) => finding);
    });
  }

  /** Neither head nor name says that it begins something; and who calls it gets no pointer that may be the lock's. */
  #isJudged({ name, head, annotated }: UnitFunction, leak: LeakFinding): boolean {
    if (annotated || this.#unit.neverReturning.has(name) || /noreturn/.test(head)) return false;
    if (this.#isEntry(name)) return true;
    if (this.#isOfFile(leak)) return !mayStop(name) && !(mayBegin(name) && this.#locks.isValue(name));
    const handsOn = /\*\s*$/.test(head) && /\bstatic\b/.test(head) && this.#locks.isValue(name);
    return !mayBegin(name) && !handsOn;
  }

  #isLost(leak: LeakFinding, name: string, callers: ReadonlySet<string>): boolean {
    const { lock, key, isOwn, onSuccess, isTold } = leak;
    const isOfFile = this.#isOfFile(leak);
    if (this.#locks.isOfCallee(lock, name)) return false;
    if (this.keepsForNobody(name, key)) {
      return isSystemCall(name) || !this.#locks.isReleasedAlone(lock, name, new Set([name]));
    }
    if (onSuccess && callers.size === 0 && !isOfFile) return false;
    if (isOwn) return true;
    if (isTold && [...callers].some((each) => this.#locks.releases(each, lock))) return false;
    const concerned = new Set([name, ...callers]);
    if (this.#locks.isReleasedAlone(lock, name, concerned) || this.#locks.mayBeReleasedUnread(lock))
      return false;
    if (this.#locks.isKeptElsewhere(lock, concerned)) return false;
    return ![...callers].some(
      (caller) =>
        this.#locks.isReleasedBy(caller, lock, concerned, !key.released) ||
        (!isOfFile && this.#locks.callsUnknownRelease(caller, concerned)),
    );
  }

  /** No caller takes the lock over. A context may be left for whoever goes on there. */
  keepsForNobody(name: string, { text }: Pick<LeakFinding["key"], "text">): boolean {
    return text !== CONTEXT && this.#isEntry(name);
  }

  /** The kernel runs it, and takes no lock from it (kernel/workqueue.c: process_one_work). */
  #isEntry(name: string): boolean {
    this.#registered ??= new Set(registeredIn(this.#unit).map((each) => each.name));
    return isSystemCall(name) || this.#registered.has(name);
  }

  /** No other file can name it: it is static, or a member of a structure that is defined here. */
  #isOfFile({ lock, isPlain }: LeakFinding): boolean {
    const { name, structure } = partsOfLock(lock);
    const [, last = ""] = name.split(" ");
    if (structure !== undefined) {
      const member = memberIn(structure, last, this.#unit.text);
      return member !== undefined && !member.includes("*");
    }
    return isPlain && new RegExp(`^\\s*static\\b[^;{}=]*[\\s(]${last}\\s*[;=)]`, "m").test(this.#unit.text);
  }
}

/** It returns to a program, which can release nothing (kernel/locking/lockdep.c: lockdep_sys_exit). */
const isSystemCall = (name: string): boolean => /^(?:compat_)?sys_/.test(name);
