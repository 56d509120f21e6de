import { failedAssertions, type State } from "../../checker/interpret/interpret.ts";
import { problemOf, propertiesOf } from "../../checker/problem.ts";
import type { FoundFault, Move, Run } from "../../checker/result.ts";
import { faultAfter } from "../../checker/search/fault.ts";
import type { Model } from "../../model/ir/model.ts";
import { violationAtEnd } from "../trace/violation.ts";

/** What a walk may find out about a state or a move. */
export interface Judge {
  readonly properties: readonly string[];
  ofMove(state: State, move: Move): readonly string[];
  ofState(state: State): readonly string[];
  /** Of a state that has no move. */
  ofDeadEnd(state: State): readonly string[];
  /** What is wrong with the model in the state that a run leads to. */
  faultAfter(run: Run, state: State): FoundFault;
}

/** Names the properties that are violated; `only` where given, else all of the model's. */
export function judgeFor(model: Model, only?: readonly string[]): Judge {
  const judged = propertiesOf(model).filter((each) => only?.includes(each) ?? true);
  const having = (wanted: (kind: string) => boolean) =>
    judged.filter((name) => model.invariants.some(({ kind, property }) => property === name && wanted(kind)));
  const ofStates = having((kind) => kind === "always" || kind === "location");
  const ofDeadEnds = having((kind) => kind === "no-deadlock");
  const violated = (names: readonly string[], state: State) =>
    names.filter((name) => {
      const here = { initial: state, steps: [], final: state };
      return violationAtEnd(model, here, name) !== undefined;
    });
  return {
    properties: judged,
    ofMove: (state, move) =>
      failedAssertions(model, state, move)
        .map(({ property }) => property)
        .filter((property) => judged.includes(property)),
    ofState: (state) => violated(ofStates, state),
    ofDeadEnd: (state) => violated(ofDeadEnds, state),
    faultAfter: (run, state) => faultAfter(problemOf(model, judged), run, state),
  };
}
