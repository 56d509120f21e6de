import type { Expression } from "../../../model/ir/expression.ts";
import { type Program, programsByTask, type Variable } from "../../../model/ir/model.ts";
import type { Problem } from "../../problem.ts";
import { type Access, accessesOf } from "./access.ts";

/** A transition with all it touches, which is what independence is computed from. */
export interface Step {
  readonly number: number;
  readonly program: Program;
  readonly transition: Problem["transitions"][number]["transition"];
  readonly accesses: readonly Access[];
}

/** What independence is computed from: the model's data, and nothing that a name could tell. */
export interface Steps {
  readonly problem: Problem;
  readonly all: readonly Step[];
  readonly variables: ReadonlyMap<string, Variable>;
  /** How many tasks run each program. */
  readonly counts: ReadonlyMap<Program, number>;
  /** Whether only the task itself ever touches its variable of this name. */
  isPrivate(name: string): boolean;
}

export function stepsOf(problem: Problem): Steps {
  const { model } = problem;
  const running = programsByTask(model);
  const counts = new Map(
    model.programs.map((each) => [each, running.filter((name) => name === each.name).length] as const),
  );
  const all = problem.transitions.flatMap((each, number): readonly Step[] => {
    if (!counts.get(each.program)) return [];
    const { program, transition } = each;
    return [
      { number, program, transition, accesses: accessesOf(transition, judgedOf(problem, each.checks)) },
    ];
  });
  const variables = new Map(model.variables.map((each) => [each.name, each]));
  const foreign = new Set(all.flatMap(({ accesses }) => accesses.filter(({ place }) => place.of)).map(named));
  const isPrivate = (name: string) => variables.get(name)?.scope === "task" && !foreign.has(name);
  return { problem, all, variables, counts, isPrivate };
}

/** The steps of tasks other than one that runs the program. */
export function stepsOfOthers({ all, counts }: Steps, program: Program): readonly Step[] {
  return all.filter((each) => each.program !== program || (counts.get(program) ?? 0) > 1);
}

function judgedOf({ checks }: Problem, numbers: readonly number[]): readonly Expression[] {
  return numbers.flatMap((number) => {
    const check = checks[number];
    return check?.kind === "assertion" ? [check.assertion.condition] : [];
  });
}

function named({ place }: Access): string {
  return place.name;
}
