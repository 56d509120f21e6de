import type { State } from "../../checker/interpret/interpret.ts";
import { propertiesOf } from "../../checker/problem.ts";
import type { FoundFault, PropertyResult, Run, SearchResult, Unreached } from "../../checker/result.ts";
import { errorBy } from "../../checker/search/fault.ts";
import { notesOn } from "../../checker/search/notes.ts";
import type { Model } from "../../model/ir/model.ts";
import { execute } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { Coverage } from "./coverage.ts";
import type { Notes } from "./walk.ts";

/** What all walks together saw. */
export class Tally {
  private readonly model: Model;
  private readonly seen = new Set<number>();
  private readonly overall: Coverage;
  private violations = new Map<string, Run>();
  private faults: FoundFault[] = [];
  private walks = 0;
  private steps = 0;
  private longest = 0;

  constructor(model: Model) {
    this.model = model;
    this.overall = new Coverage(model);
  }

  /** For walks that know nothing of those before. */
  freshNotes(): Notes {
    this.violations = new Map();
    this.faults = [];
    const { overall, seen, violations, faults } = this;
    const coverage = new Coverage(this.model, overall);
    return { coverage, violations, faults, visit: (state) => seen.add(stateHash(state)) };
  }

  walked(steps: number): void {
    this.walks++;
    this.steps += steps;
    this.longest = Math.max(this.longest, steps);
  }

  get foundSomething(): boolean {
    return this.violations.size + this.faults.length > 0;
  }

  result(only: readonly string[] | undefined, maxSteps: number, interrupted: boolean): SearchResult {
    const judged = propertiesOf(this.model).filter((each) => only?.includes(each) ?? true);
    const detail = `${this.walks} random walks of at most ${maxSteps} steps`;
    const [fault] = this.faults;
    const properties = judged.map((property) => this.verdictOf(property, interrupted));
    return {
      properties,
      states: this.seen.size,
      transitions: this.steps,
      depth: this.longest,
      bounds: [{ kind: "omission", detail }],
      unreached: this.unreached(),
      interrupted,
      backEnd: "random walks",
      ...(fault && { fault }),
      notes: notesOn(this.model, properties),
    };
  }

  /** Never `holds`: what was not met may be there. */
  private verdictOf(property: string, interrupted: boolean): PropertyResult {
    const run = this.violations.get(property);
    const evaluated = run !== undefined || this.wasEvaluated(property);
    const [fault] = this.faults;
    if (!run && fault) return { property, evaluated, shortest: false, ...errorBy(fault, property) };
    if (!run) return { property, verdict: interrupted ? "interrupted" : "holds-within-bound", evaluated };
    const message = violationAtEnd(this.model, execute(this.model, run), property);
    const said = message === undefined ? {} : { message };
    return { property, verdict: "violated", run, shortest: false, ...said, evaluated };
  }

  private wasEvaluated(property: string): boolean {
    const asserts = this.model.programs.some((program) => {
      const untaken = new Set(this.overall.untaken(program));
      return program.transitions.some(
        ({ assertions = [] }, at) =>
          !untaken.has(at) && assertions.some((each) => each.property === property),
      );
    });
    return asserts || this.model.invariants.some((each) => each.property === property);
  }

  private unreached(): readonly Unreached[] {
    return this.model.programs.flatMap((program) =>
      this.overall.untaken(program).flatMap((transition) => {
        const found = program.transitions[transition];
        if (!found) return [];
        const { label, source } = found;
        return { program: program.name, transition, label, ...(source && { source }) };
      }),
    );
  }
}

/** A number of 52 bits for a state: enough to count distinct ones, not to tell them apart for certain. */
function stateHash(state: State): number {
  const text = JSON.stringify(state);
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}
