import { type GroundProblem, groundProblem } from "../../ground/ground-problem.ts";
import { required } from "../../interpret/model-index.ts";
import type { Problem } from "../../problem.ts";
import type { BackEnd, Engine } from "../back-end.ts";
import { emptyMemory, type Memory } from "../memory.ts";
import { type Sink, storedEngine } from "../stored-engine.ts";
import type { Readers } from "./readers.ts";
import { fire, type Judge, judgeOf, type Place, placeOf, type Row, report } from "./rows.ts";
import { SlotCodec } from "./slot-codec.ts";

/** Tables of closures by task and location: for programs so small that compiling them costs more than running. */
export const tableBackEnd: BackEnd = {
  name: "table",
  start: (problem, { memory = emptyMemory(problem) }) => tableOn(problem, memory),
};

/** Fills the memory given. */
export function tableOn(problem: Problem, memory: Memory): Engine {
  const table = new Table(groundProblem(problem));
  return storedEngine("table", problem, (words, sink) => table.expand(words, sink), memory);
}

/** The rules of a problem, made ready when a location is first come to. */
export class Table {
  readonly ground: GroundProblem;
  private readonly codec: SlotCodec;
  private readonly stateChecks: readonly Judge[];
  private readonly readers: Readers = new Map();
  private readonly places: readonly (Place | undefined)[][];

  constructor(ground: GroundProblem) {
    this.ground = ground;
    this.codec = new SlotCodec(ground.slots, ground.problem.layout.words);
    this.stateChecks = ground.stateChecks.map((each) => judgeOf(each));
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
  private take(row: Row, values: Int32Array, sink: Sink): boolean {
    const { next } = this.codec;
    const outcome = fire(row, values, next, sink);
    if (outcome === "moved") sink.successor(this.codec.pack(next), row.rule.transition);
    return outcome !== "disabled";
  }

  private placeOf(position: number, location: number): Place {
    const row = required(this.places[position], `no task ${position + 1}`);
    const known = row[location];
    if (known) return known;
    const made = placeOf(
      required(this.ground.tasks[position]?.locations[location], `no location ${location}`),
      this.readers,
    );
    row[location] = made;
    return made;
  }
}
