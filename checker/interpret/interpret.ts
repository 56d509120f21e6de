/** The reference semantics: what every back end must agree with. */
export { type Environment, evaluate } from "./evaluate.ts";
export { initialStates } from "./initial-states.ts";
export { ModelError, unlessWrong } from "./model-error.ts";
export type { State, TaskState, Value, Values } from "./state.ts";
export {
  apply,
  enabledMoves,
  enabledMovesOf,
  failedAssertions,
  isEnabled,
  type Margin,
  movesFrom,
  type Step,
  successors,
  transitionOf,
} from "./successors.ts";
