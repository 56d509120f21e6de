/** What calls do to locks: by the table of primitives, and by what else is known of them. */
export { isByName } from "./by-name.ts";
export {
  type CallEffect,
  type CallOutcome,
  effectOf,
  isTrylock,
  isUnclear,
  type Knowledge,
  type OtherSource,
  type PlacedOperation,
  type SleepCall,
  type SleepChain,
} from "./effect.ts";
export {
  declaresList,
  isReleaseStatement,
  knowledgeOf,
  tableKnowledge,
  takesLocks,
  withEffects,
} from "./knowledge.ts";
export { knowledgeByName } from "./named-calls.ts";
export { withSignals } from "./signals.ts";
export { type Sleepers, withConfirmedSleep, withSleepers } from "./sleepers.ts";
