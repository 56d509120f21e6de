import type { State } from "../../checker/interpret/interpret.ts";
import { type Expression, or, TRUE } from "../../model/ir/expression.ts";
import { type Model, programsByTask, type Transition } from "../../model/ir/model.ts";
import type { Conjunct } from "./conjunct.ts";

/** What each task that is not at an end waits for: that one of the steps from where it stands is possible. */
export function waitingFor(model: Model, { tasks }: State): readonly Conjunct[] {
  const programs = programsByTask(model);
  return tasks.flatMap(({ location }, position) => {
    const program = model.programs.find(({ name }) => name === programs[position]);
    const ended = program?.locations.some(({ name, end }) => name === location && end === true);
    if (!program || ended) return [];
    const leaving = program.transitions.filter(({ from }) => from === location);
    return [{ condition: or(...leaving.map(possible)), bindings: {}, self: position + 1 }];
  });
}

function possible({ guard = TRUE, choice }: Transition): Expression {
  return choice ? { kind: "some", name: choice.name, over: choice.domain, body: guard } : guard;
}
