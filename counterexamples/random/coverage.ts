import type { Move } from "../../checker/result.ts";
import { type Model, type Program, programsByTask } from "../../model/ir/model.ts";

/** Which transitions walks have taken so far, and how far a location is from one that none has. */
export class Coverage {
  private readonly programs: readonly Program[];
  private readonly taken = new Map<Program, number[]>();
  private distances = new Map<Program, ReadonlyMap<string, number>>();

  private readonly also: Coverage | undefined;

  /** `also` is told of everything, too. */
  constructor(model: Model, also?: Coverage) {
    this.also = also;
    const byName = new Map(model.programs.map((program) => [program.name, program]));
    this.programs = programsByTask(model).flatMap((name) => byName.get(name) ?? []);
    for (const program of model.programs)
      this.taken.set(
        program,
        program.transitions.map(() => 0),
      );
  }

  note(move: Move): void {
    const { task, transition } = move;
    this.also?.note(move);
    const program = this.programOf(task);
    const counts = this.taken.get(program) ?? [];
    if (counts[transition] === 0) this.distances.delete(program);
    counts[transition] = (counts[transition] ?? 0) + 1;
  }

  /** How often the move's transition was taken. */
  count({ task, transition }: Move): number {
    return this.taken.get(this.programOf(task))?.[transition] ?? 0;
  }

  /** Steps from where the move leads to where an untaken transition starts; Infinity where none can be reached. */
  distance({ task, transition }: Move): number {
    const program = this.programOf(task);
    const known = this.distances.get(program) ?? distancesIn(program, this.taken.get(program) ?? []);
    this.distances.set(program, known);
    return known.get(program.transitions[transition]?.to ?? "") ?? Number.POSITIVE_INFINITY;
  }

  /** Numbers of the transitions of a program that no walk has taken. */
  untaken(program: Program): readonly number[] {
    return (this.taken.get(program) ?? []).flatMap((count, transition) => (count === 0 ? [transition] : []));
  }

  private programOf(task: number): Program {
    const program = this.programs[task - 1];
    if (!program) throw new Error(`no task ${task} (the model has ${this.programs.length})`);
    return program;
  }
}

/** Backwards from where the untaken transitions start, along the program's edges. */
function distancesIn({ transitions }: Program, taken: readonly number[]): ReadonlyMap<string, number> {
  const distances = new Map<string, number>();
  let frontier = new Set(transitions.flatMap(({ from }, at) => (taken[at] === 0 ? [from] : [])));
  for (let steps = 0; frontier.size > 0; steps++) {
    for (const location of frontier) distances.set(location, steps);
    const before = transitions.flatMap(({ from, to }) => (frontier.has(to) ? [from] : []));
    frontier = new Set(before.filter((location) => !distances.has(location)));
  }
  return distances;
}
