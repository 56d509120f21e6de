import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { isOwnerless } from "../model/kernel/counted.ts";
import { isLockHelper } from "../model/kernel/lock-name.ts";
import { distinct, type Finding } from "./finding.ts";
import { type ExitFinding, isProof, type JudgedExits } from "./judge-exits.ts";
import { Locks } from "./lock-identity.ts";
import { LocksByFunction } from "./locks-by-function.ts";
import { UnitLeaks } from "./unit-leaks.ts";

interface Kept extends ExitFinding {
  readonly by: UnitFunction;
}

/** What is found of the exits of a source's functions, kept until it is known which locks the others release. */
export class UnitExits {
  readonly #locks: LocksByFunction;
  readonly #leaks: UnitLeaks;
  readonly #found: Kept[] = [];
  readonly #mismatches: Finding[] = [];
  /** The locks that some function releases without taking them. */
  readonly #released = new Locks();

  constructor(unit: Unit, known: Knowledge) {
    this.#locks = new LocksByFunction(unit, known);
    this.#leaks = new UnitLeaks(unit, this.#locks);
  }

  /** Whether what other functions do decides on a finding. */
  get isOpen(): boolean {
    return this.#leaks.isOpen;
  }

  /** A function that was not understood. */
  addUnread(each: UnitFunction): void {
    this.#locks.addUnread(each);
  }

  /** Notes what a function releases; and what was found of its exits, where that is `asked` for. */
  add(by: UnitFunction, judged: readonly JudgedExits[], asked: "all" | "annotations" | "nothing"): void {
    for (const each of judged) for (const lock of each.releasedAlone) this.#released.add(lock);
    this.#locks.add(by.name, judged);
    if (asked === "nothing") return;
    this.#mismatches.push(...judged.flatMap(({ annotationMismatches }) => annotationMismatches));
    if (asked === "all") this.#leaks.add(by, judged);
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
    return distinct([...this.#mismatches, ...withLeaks(settled, this.#leaks.findings())]);
  }

  /** A hint, where a caller may be meant to release the lock; nothing, where that is the only way to be right. */
  #settled({ finding, by, lock, key, alike, onSuccess, byParameter }: Kept): readonly Finding[] {
    if (this.#leaks.keepsForNobody(by.name, key) && !this.#released.has(lock)) {
      return [isProof(key) ? { ...finding, confidence: "hard" } : finding];
    }
    const callers = this.#locks.callersOf(by.name);
    const isReleased = [...callers].some((name) => this.#locks.releases(name, lock));
    if (onSuccess) return callers.size > 0 && !isReleased ? [finding] : [];
    if (isReleased && (!alike || byParameter)) return [];
    // Anyone may give a semaphore back: who is called when the work is done, say.
    const isOthers = isOwnerless(key.object) && this.#released.has(lock);
    return [isReleased || isOthers ? { ...finding, confidence: "audit" } : finding];
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
