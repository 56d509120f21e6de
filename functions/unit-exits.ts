import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { isOwnerless } from "../model/kernel/counted.ts";
import { isLockHelper } from "../model/kernel/lock-name.ts";
import { distinct, type Finding } from "./finding.ts";
import type { ExitFinding, JudgedExits } from "./judge-exits.ts";
import { UnitLeaks } from "./unit-leaks.ts";

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

  readonly #leaks: UnitLeaks;

  constructor(unit: Unit, known: Knowledge) {
    this.#unit = unit;
    this.#leaks = new UnitLeaks(unit, known);
  }

  /** Whether what other functions do decides on a finding. */
  get isOpen(): boolean {
    return this.#leaks.isOpen;
  }

  /** A function that was not understood. */
  addUnread(each: UnitFunction): void {
    this.#leaks.addUnread(each);
  }

  /** Notes what a function releases; and what was found of its exits, where that is `asked` for. */
  add(by: UnitFunction, judged: readonly JudgedExits[], asked: "all" | "annotations" | "nothing"): void {
    const releases = this.#releases.get(by.name) ?? new Set();
    this.#releases.set(by.name, releases);
    for (const each of judged) {
      for (const lock of each.releasedAlone) this.#released.add(lock);
      for (const lock of each.releases) releases.add(lock);
    }
    this.#leaks.add(by, judged, asked === "all");
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
    const leaks = this.#leaks.findings((name) => this.#callersOf(name));
    return distinct([...this.#mismatches, ...withLeaks(settled, leaks)]);
  }

  /** A hint, where a caller may be meant to release the lock; nothing, where that is the only way to be right. */
  #settled({ finding, by, lock, key, alike, onSuccess }: Kept): readonly Finding[] {
    const callers = this.#callersOf(by.name);
    const isReleased = callers.some((name) => this.#releases.get(name)?.has(lock));
    if (onSuccess) return callers.length > 0 && !isReleased ? [finding] : [];
    if (isReleased && !alike) return [];
    // Anyone may give a semaphore back: who is called when the work is done, say.
    const isOthers = isOwnerless(key.object) && this.#released.has(lock);
    return [isReleased || isOthers ? { ...finding, confidence: "audit" } : finding];
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

/** Of one lock of a function it is said once: a leak takes the place of a hint, not that of a certain finding. */
function withLeaks(settled: readonly Finding[], leaks: readonly Finding[]): readonly Finding[] {
  const isSame = (one: Finding, other: Finding) => one.function === other.function && one.lock === other.lock;
  const added = leaks.filter(
    (leak) => !settled.some((each) => each.confidence === "hard" && isSame(each, leak)),
  );
  const kept = settled.filter((each) => !added.some((leak) => isSame(each, leak)));
  return [...kept, ...added];
}
