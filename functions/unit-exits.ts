import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { isLockHelper } from "../model/kernel/lock-name.ts";
import { distinct, type Finding } from "./finding.ts";
import type { ExitFinding, JudgedExits } from "./judge-exits.ts";

interface Kept extends ExitFinding {
  readonly by: UnitFunction;
}

/** What is found of the exits of a source's functions, kept until it is known which locks the others release. */
export class UnitExits {
  readonly #unit: Unit;
  readonly #found: Kept[] = [];
  readonly #mismatches: Finding[] = [];
  /** The locks that some function releases without taking them. */
  readonly #released = new Set<string>();
  /** The locks that a function releases at all, by function. */
  readonly #releases = new Map<string, Set<string>>();

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  /** Notes what a function releases; and what was found of its exits, where that is `asked` for. */
  add(by: UnitFunction, judged: readonly JudgedExits[], asked: "all" | "annotations" | "nothing"): void {
    const releases = this.#releases.get(by.name) ?? new Set();
    this.#releases.set(by.name, releases);
    for (const each of judged) {
      for (const lock of each.releasedAlone) this.#released.add(lock);
      for (const lock of each.releases) releases.add(lock);
    }
    if (asked === "nothing") return;
    this.#mismatches.push(...judged.flatMap(({ annotationMismatches }) => annotationMismatches));
    if (by.annotated || asked === "annotations") return;
    const helps = isLockHelper(by.name);
    const found = judged.flatMap(({ exitFindings }) => exitFindings);
    this.#found.push(
      ...found.filter(({ inFailure }) => !helps || inFailure).map((each) => ({ ...each, by })),
    );
  }

  findings(): readonly Finding[] {
    const kept = this.#found.filter(({ unless }) => unless === undefined || !this.#released.has(unless));
    const settled = kept.flatMap((each) => this.#settled(each));
    return distinct([...this.#mismatches, ...settled]);
  }

  /** A hint, where a caller may be meant to release the lock; nothing, where that is the only way to be right. */
  #settled({ finding, by, lock, alike, onSuccess }: Kept): readonly Finding[] {
    const callers = this.#callersOf(by.name);
    const isReleased = callers.some((name) => this.#releases.get(name)?.has(lock));
    if (onSuccess) return callers.length > 0 && !isReleased ? [finding] : [];
    if (isReleased && !alike) return [];
    return [isReleased ? { ...finding, confidence: "audit" } : finding];
  }

  /** Those that call it, however far away. */
  #callersOf(name: string): readonly string[] {
    const found = new Set<string>();
    const todo = [name];
    for (let callee = todo.pop(); callee !== undefined; callee = todo.pop()) {
      for (const each of this.#unit.functions) {
        if (!each.calls.has(callee) || found.has(each.name)) continue;
        found.add(each.name);
        todo.push(each.name);
      }
    }
    return [...found];
  }
}
