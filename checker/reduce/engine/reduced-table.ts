import { isFault } from "../../backends/fault.ts";
import type { Sink } from "../../backends/stored-engine.ts";
import { type Reader, readerOf } from "../../backends/table/readers.ts";
import {
  fire,
  type Judge,
  judgeOf,
  type Place,
  placeOf,
  type Row,
  report,
} from "../../backends/table/rows.ts";
import { isFalse } from "../../ground/ground.ts";
import type { GroundProblem, Rule } from "../../ground/ground-problem.ts";
import { instantiate } from "../../ground/instantiate.ts";
import { slotsOf } from "../../ground/slots.ts";
import { indexOf, programOf, required } from "../../interpret/model-index.ts";
import type { SafeMoves } from "../independence/safe-moves.ts";
import type { ReductionPlan } from "../reductions.ts";
import { type IsTwin, twinsOf } from "../symmetry/twins.ts";

/** Told what an expansion finds. */
export interface Findings extends Pick<Sink, "seen" | "ended"> {
  moved(transition: number): void;
  /** A state to be stored, and the moves that lead to it. Both arrays are used again: keep copies. */
  arrived(values: Int32Array, moves: readonly Rule[]): void;
}

/** A chain of merged moves is cut here; by the cycle proviso it ends by itself, so this is never long. */
const LONGEST_CHAIN = 1000;

/** Expands states by what the reductions leave: one safe task's moves, or all; single safe moves merged behind. */
export class ReducedTable {
  readonly ground: GroundProblem;
  private readonly merge: boolean;
  private readonly isTwin: IsTwin;
  private readonly stateChecks: readonly Judge[];
  private readonly judgesStates: boolean;
  private readonly places: readonly (readonly ReducedPlace[])[];
  private readonly next: Int32Array;
  private readonly trial: Int32Array;
  private readonly moves: Rule[] = [];
  private readonly quiet = new Quiet();

  constructor(ground: GroundProblem, { safeMoves, symmetry }: ReductionPlan) {
    this.ground = ground;
    this.merge = safeMoves !== undefined;
    this.isTwin = twinsOf(symmetry);
    this.stateChecks = ground.stateChecks.map((each) => judgeOf(each));
    const checksAt = ground.tasks.flatMap(({ locations }) => locations.flatMap(({ checks }) => checks));
    this.judgesStates = ground.stateChecks.length + checksAt.length > 0;
    this.places = placesOf(ground, safeMoves);
    this.next = new Int32Array(ground.slots.length);
    this.trial = new Int32Array(ground.slots.length);
  }

  /** Judges the state and finds what is to be stored behind it. */
  expand(values: Int32Array, findings: Findings): void {
    this.judge(values, findings);
    for (let task = 0; task < this.places.length; task++) {
      const place = this.placeOf(task, values);
      if (place.safe && place.safe(values) !== 0 && this.moveAll(place, values, findings) === "moved") return;
    }
    let [stuck, ended] = [true, true];
    for (let task = 0; task < this.places.length; task++) {
      const place = this.placeOf(task, values);
      if (!place.end) ended = false;
      if (this.isTwin(task, values)) continue;
      if (this.moveAll(place, values, findings) !== "disabled") stuck = false;
    }
    if (stuck && !ended) for (const check of this.ground.deadlockChecks) findings.seen(check);
  }

  /** A move that fails the assertion. */
  violating(values: Int32Array, check: number): Rule | undefined {
    const rows = this.places.flatMap((_, task) => this.placeOf(task, values).rows);
    const fails = ({ guard, assertions }: Row) =>
      (guard === undefined || guard(values) !== 0) &&
      assertions.some((each) => each.check === check && each.reported(values));
    return rows.find(fails)?.rule;
  }

  private judge(values: Int32Array, findings: Pick<Sink, "seen">): void {
    if (!this.judgesStates) return;
    report(this.stateChecks, values, findings);
    for (let task = 0; task < this.places.length; task++) {
      report(this.placeOf(task, values).checks, values, findings);
    }
  }

  private moveAll({ rows }: Place, values: Int32Array, findings: Findings): "disabled" | "ended" | "moved" {
    let most: "disabled" | "ended" | "moved" = "disabled";
    for (const row of rows) {
      const outcome = fire(row, values, this.next, findings);
      if (outcome === "disabled") continue;
      if (outcome === "moved") this.follow(row.rule, findings);
      if (most !== "moved") most = outcome;
    }
    return most;
  }

  /** Goes on from the successor while a safe task has just one move, of which there is nothing to report. */
  private follow(first: Rule, findings: Findings): void {
    const { moves } = this;
    moves.length = 1;
    moves[0] = first;
    findings.moved(first.transition);
    for (let last = first; this.merge && moves.length < LONGEST_CHAIN; ) {
      const rule = this.onlyMove(last.task - 1);
      if (!rule) break;
      findings.moved(rule.transition);
      moves.push(rule);
      this.next.set(this.trial);
      last = rule;
    }
    findings.arrived(this.next, moves);
  }

  private onlyMove(first: number): Rule | undefined {
    this.quiet.disturbed = false;
    try {
      return this.onlySafeMove(this.next, first);
    } catch (error) {
      // Stored and expanded by itself, the state shows what is wrong with the model.
      if (isFault(error)) return undefined;
      throw error;
    }
  }

  /** The move of a safe task that has just one, of `first` if it can be; its successor is left in `trial`. */
  private onlySafeMove(values: Int32Array, first: number): Rule | undefined {
    const { quiet } = this;
    const count = this.places.length;
    for (let each = 0; each < count; each++) {
      const { safe, rows } = this.placeOf((first + each) % count, values);
      if (!safe || safe(values) === 0) continue;
      const only = this.onlyRow(rows, values);
      if (quiet.disturbed) return undefined;
      if (!only) continue;
      this.judge(values, quiet);
      return quiet.disturbed ? undefined : only.rule;
    }
    return undefined;
  }

  private onlyRow(rows: readonly Row[], values: Int32Array): Row | undefined {
    let only: Row | undefined;
    for (const row of rows) {
      if (only && (row.guard === undefined || row.guard(values) !== 0)) return undefined;
      if (!only && fire(row, values, this.trial, this.quiet) === "moved") only = row;
      if (this.quiet.disturbed) return undefined;
    }
    return only;
  }

  private placeOf(task: number, values: Int32Array): ReducedPlace {
    return this.places[task]?.[values[task] as number] as ReducedPlace;
  }
}

interface ReducedPlace extends Place {
  /** Where the task may be moved before all others; absent where it never may. */
  readonly safe: Reader | undefined;
}

function placesOf(ground: GroundProblem, safe: SafeMoves | undefined): readonly (readonly ReducedPlace[])[] {
  const index = indexOf(ground.problem.model);
  const slots = slotsOf(ground.problem.layout);
  return ground.tasks.map(({ task, locations }) => {
    const program = programOf(index, task);
    const conditions = safe?.when.get(program);
    return locations.map((location, position) => {
      const name = required(program.locations[position], `no location ${position}`).name;
      const condition = conditions?.get(name);
      const when = condition && instantiate(condition, { index, slots, self: task, bindings: {} });
      return { ...placeOf(location), safe: when && !isFalse(when) ? readerOf(when) : undefined };
    });
  });
}

/** Notes that there is something to report, and reports nothing. */
class Quiet implements Pick<Sink, "seen" | "ended"> {
  disturbed = false;

  seen(): void {
    this.disturbed = true;
  }

  ended(): void {
    this.disturbed = true;
  }
}
