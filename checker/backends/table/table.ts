import { isTrue } from "../../ground/ground.ts";
import {
  type GroundCheck,
  type GroundProblem,
  type GroundWrite,
  groundProblem,
  type Rule,
} from "../../ground/ground-problem.ts";
import { required } from "../../interpret/model-index.ts";
import type { BackEnd } from "../back-end.ts";
import { raiseFault } from "../fault.ts";
import { type Sink, storedEngine } from "../stored-engine.ts";
import { type Reader, readerOf, targetReaderOf } from "./readers.ts";
import { SlotCodec } from "./slot-codec.ts";

/** Tables of closures by task and location: for programs so small that compiling them costs more than running. */
export const tableBackEnd: BackEnd = {
  name: "table",
  start: (problem) => {
    const table = new Table(groundProblem(problem));
    return storedEngine("table", problem, (words, sink) => table.expand(words, sink));
  },
};

interface Row {
  readonly rule: Rule;
  readonly guard: Reader | undefined;
  readonly assertions: readonly Judge[];
  readonly writes: readonly Write[];
}

interface Judge {
  readonly check: number;
  /** Whether the condition is to be reported: when it fails, or, for a witness, when it holds. */
  readonly reported: (values: Int32Array) => boolean;
}

interface Write {
  readonly write: GroundWrite;
  readonly target: Reader;
  readonly value: Reader;
}

interface Place {
  readonly end: boolean;
  readonly checks: readonly Judge[];
  readonly rows: readonly Row[];
}

/** The rules of a problem, made ready when a location is first come to. */
export class Table {
  readonly ground: GroundProblem;
  private readonly codec: SlotCodec;
  private readonly stateChecks: readonly Judge[];
  private readonly places: readonly (Place | undefined)[][];

  constructor(ground: GroundProblem) {
    this.ground = ground;
    this.codec = new SlotCodec(ground.slots, ground.problem.layout.words);
    this.stateChecks = ground.stateChecks.map(judgeOf);
    this.places = ground.tasks.map(({ locations }) => locations.map(() => undefined));
  }

  expand(words: Uint32Array, sink: Sink): void {
    const { ground, codec } = this;
    const values = codec.read(words);
    report(this.stateChecks, values, sink);
    let [stuck, ended] = [true, true];
    for (let position = 0; position < ground.tasks.length; position++) {
      const place = this.placeOf(position, values[position] as number);
      report(place.checks, values, sink);
      if (!place.end) ended = false;
      for (const row of place.rows) if (this.take(row, values, sink)) stuck = false;
    }
    if (stuck && !ended) for (const check of ground.deadlockChecks) sink.seen(check);
  }

  /** Whether the row's rule is enabled; its successor goes to the sink. */
  private take({ rule, guard, assertions, writes }: Row, values: Int32Array, sink: Sink): boolean {
    if (guard && guard(values) === 0) return false;
    report(assertions, values, sink);
    const next = this.codec.copy(values);
    for (const { write, target, value } of writes) {
      const [slot, written] = [target(values), value(values)];
      if (write.mayLeave && (written < write.min || written > write.max)) {
        sink.ended(rule.transition, (write.margin ?? raiseFault()) + (written > write.max ? 1 : 0));
        return true;
      }
      next[slot] = written;
    }
    next[rule.task - 1] = rule.to;
    sink.successor(this.codec.pack(next), rule.transition);
    return true;
  }

  private placeOf(position: number, location: number): Place {
    const row = required(this.places[position], `no task ${position + 1}`);
    const known = row[location];
    if (known) return known;
    const { end, checks, rules } = required(
      this.ground.tasks[position]?.locations[location],
      `no location ${location}`,
    );
    const made = { end, checks: checks.map(judgeOf), rows: rules.map(rowOf) };
    row[location] = made;
    return made;
  }
}

function rowOf(rule: Rule): Row {
  return {
    rule,
    guard: isTrue(rule.guard) ? undefined : readerOf(rule.guard),
    assertions: rule.assertions.map(judgeOf),
    writes: rule.writes.map((write) => ({
      write,
      target: targetReaderOf(write.target),
      value: readerOf(write.value),
    })),
  };
}

function judgeOf({ check, condition, witness }: GroundCheck): Judge {
  const read = readerOf(condition);
  return { check, reported: (values) => (read(values) !== 0) === witness };
}

function report(judges: readonly Judge[], values: Int32Array, sink: Sink): void {
  for (const { check, reported } of judges) if (reported(values)) sink.seen(check);
}
