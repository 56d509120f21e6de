/**
 * Holdfast's public API: write a model of your own as plain data, judge it, search it, and replay what
 * was found. `holdfast explore ./my-model.ts` loads a module whose default export is a Scenario or a Model.
 * @packageDocumentation
 * @since 0.1.0
 */

/**
 * The reference semantics: a model's states and steps.
 * @since 0.1.0
 */
export { apply, initialStates, type State, successors } from "./checker/interpret/interpret.ts";
/**
 * The search, and its verdicts.
 * @since 0.1.0
 */
export type { Bound, Move, PropertyResult, Run, SearchResult, Verdict } from "./checker/result.ts";
export { search } from "./checker/search/search.ts";
export type { SearchOptions } from "./checker/search-options.ts";
/**
 * Counterexamples: built from a run, read from JSON, replayed without a search, shrunk and explained.
 * @since 0.1.0
 */
export { replayInWords, type StepInWords } from "./counterexamples/emit-test/in-words.ts";
export { explained } from "./counterexamples/explain/explain.ts";
export type { Explanation, FailedPart, Pivot } from "./counterexamples/explain/explanation.ts";
export { renderText } from "./counterexamples/render/text.ts";
export { type Replay, replay } from "./counterexamples/replay.ts";
export { type Family, familyOf, scenarioFamily } from "./counterexamples/shrink/family.ts";
export { type ShrinkOptions, type Shrunk, shrink } from "./counterexamples/shrink/shrink.ts";
export { modelSubject, type Subject, scenarioSubject } from "./counterexamples/subject.ts";
export { traceOf } from "./counterexamples/trace/build.ts";
export { readTrace } from "./counterexamples/trace/read.ts";
export type { Change, ModelIdentity, Trace, TraceEvent, TraceStep } from "./counterexamples/trace/trace.ts";
/**
 * What bad input throws; its message is one line that names the valid choices.
 * @since 0.1.0
 */
export { InputError } from "./model/input-error.ts";
/**
 * The language: finite domains.
 * @since 0.1.0
 */
export type { Bounds, Domain, RangeDomain, Sets } from "./model/ir/domain.ts";
/**
 * The language: expressions. Booleans are 0 and 1.
 * @since 0.1.0
 */
export {
  add,
  all,
  and,
  bound,
  cond,
  constant,
  type Expression,
  equal,
  FALSE,
  implies,
  less,
  not,
  or,
  some,
  subtract,
  TRUE,
} from "./model/ir/expression.ts";
/**
 * The language: structured statements, lowered to a program with a listing.
 * @since 0.1.0
 */
/** @since 0.1.0 */
export { lower } from "./model/ir/lower.ts";
/**
 * The language: a model as plain data.
 * @since 0.1.0
 */
export type {
  Assertion,
  Choice,
  Decision,
  Event,
  Invariant,
  Location,
  Model,
  Program,
  Source,
  TaskGroup,
  Transition,
  Update,
  Variable,
  Weight,
} from "./model/ir/model.ts";
/**
 * The language: variables that can be compared and assigned.
 * @since 0.1.0
 */
export {
  type ArrayHandle,
  bool,
  idOf,
  local,
  localArray,
  oneOf,
  owner,
  type Place,
  range,
  type ScalarHandle,
  self,
  shared,
  sharedArray,
  type Term,
} from "./model/ir/place.ts";
export {
  type Alternative,
  breakLoop,
  choose,
  continueLoop,
  goto,
  type ListingLine,
  label,
  loop,
  type Procedure,
  type Statement,
  step,
  when,
} from "./model/ir/procedure.ts";
/**
 * Kernel calls as statements, and the kernel objects that they act on.
 * @since 0.1.0
 */
export { type CallOptions, call, type OutcomeOptions, returns } from "./model/kernel/call.ts";
export { type KernelState, kernelState } from "./model/kernel/kernel-state.ts";
export type { Observations } from "./model/kernel/observation.ts";
export {
  mapping,
  mode,
  nesting,
  ownedLock,
  type Resource,
  readWriteLock,
  references,
} from "./model/kernel/resource.ts";
export { loadScenario, scenarioIds } from "./model/scenarios/registry.ts";
/**
 * What `holdfast explore` loads: a model in versions and sizes.
 * @since 0.1.0
 */
export type {
  Parameter,
  Scenario,
  ScenarioChoice,
  ScenarioModel,
  ScenarioVersion,
} from "./model/scenarios/scenario.ts";
/**
 * Rules to judge a model by.
 * @since 0.1.0
 */
export { instrument } from "./properties/instrument.ts";
export { findProperty, properties } from "./properties/library.ts";
export type { Property, Reaction, Requirement, Watch } from "./properties/property.ts";
