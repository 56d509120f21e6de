import { initialStates, type State, successors } from "../../checker/interpret/interpret.ts";
import type { Move, Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";
import { execute } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";

interface Reached {
  readonly state: State;
  readonly run: Run;
}

/** A shortest run that violates the property, by the reference semantics alone: slow, and an oracle. */
export function shortestViolation(model: Model, property: string, maxStates = 20_000): Run | undefined {
  const seen = new Set<string>();
  let frontier: readonly Reached[] = initialStates(model).map((state, initial) => ({
    state,
    run: { initial, moves: [] },
  }));
  while (frontier.length > 0 && seen.size < maxStates) {
    const fresh = frontier.filter(
      ({ state }) => !seen.has(JSON.stringify(state)) && seen.add(JSON.stringify(state)),
    );
    const runs = fresh.flatMap(({ state, run }) => [
      run,
      ...successors(model, state).map(({ move }) => after(run, move)),
    ]);
    const found = runs
      .sort((one, other) => one.moves.length - other.moves.length)
      .find((run) => violationAtEnd(model, execute(model, run), property) !== undefined);
    if (found) return found;
    frontier = fresh.flatMap(({ state, run }) => next(model, state, run));
  }
  return undefined;
}

function next(model: Model, state: State, run: Run): readonly Reached[] {
  return successors(model, state).flatMap((step) =>
    step.kind === "successor" ? [{ state: step.state, run: after(run, step.move) }] : [],
  );
}

const after = ({ initial, moves }: Run, move: Move): Run => ({ initial, moves: [...moves, move] });

/** How many distinct states are reachable. */
export function countStates(model: Model): number {
  const seen = new Set<string>();
  const queue = [...initialStates(model)];
  for (let state = queue.pop(); state; state = queue.pop()) {
    const key = JSON.stringify(state);
    if (seen.has(key)) continue;
    seen.add(key);
    queue.push(
      ...successors(model, state).flatMap((each) => (each.kind === "successor" ? [each.state] : [])),
    );
  }
  return seen.size;
}
