/** The reference semantics: what every back end must agree with. */
export { type Environment, evaluate } from "./evaluate.ts";
export { initialStates } from "./initial-states.ts";
export { ModelError } from "./model-error.ts";
export type { State, TaskState, Value, Values } from "./state.ts";
export {
  apply,
  enabledMoves,
  failedAssertions,
  type Margin,
  type Step,
  successors,
  transitionOf,
} from "./successors.ts";
