import type { Reporter, TestModule, TestSpecification } from "vitest/node";

/** At most so often a line, but for a failed file and the last. */
const MILLISECONDS = 5_000;

/** Tells how far a run of the tests is where there is no terminal that lines could be rewritten on. */
export default class Progress implements Reporter {
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  #started = 0;
  #told = 0;
  #files = 0;
  #ended = 0;
  #failed = 0;

  constructor({ say, now }: { say?: (line: string) => void; now?: () => number } = {}) {
    this.#say = say ?? ((line) => process.stdout.write(`${line}\n`));
    this.#now = now ?? (() => performance.now());
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#started = this.#now();
    this.#told = this.#started;
    this.#files = specifications.length;
    this.#ended = 0;
    this.#failed = 0;
  }

  onTestModuleEnd(module: Pick<TestModule, "ok" | "relativeModuleId">): void {
    this.#ended++;
    const failed = !module.ok();
    if (failed) this.#failed++;
    const now = this.#now();
    if (!failed && now - this.#told < MILLISECONDS && this.#ended < this.#files) return;
    this.#told = now;
    const seconds = Math.round((now - this.#started) / 1000);
    const failures = this.#failed > 0 ? `, ${this.#failed} failed` : "";
    const which = failed ? `: ${module.relativeModuleId} failed` : "";
    this.#say(`${this.#ended} of ${this.#files} test files after ${seconds} s${failures}${which}`);
  }
}
