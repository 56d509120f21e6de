/** The front door of kernel C: a function of a C text is read, and its readings are made programs. */

export type { LockVariants, ResolvedOperation, ResolvedOutcome } from "./calls/calls.ts";
export { areNeighbours } from "./calls/counted-on.ts";
export {
  behindPointer,
  CONTEXT,
  familyOf,
  isFlags,
  isList,
  isMapping,
  isNamed,
  isPrivate,
  type Key,
  keyText,
  lockName,
  taintOf,
} from "./calls/key.ts";
export { asInSource } from "./flow/builder.ts";
export {
  type Action,
  ANY,
  type Condition,
  type Flow,
  type FlowNode,
  type Mask,
  NEGATIVE,
  POSITIVE,
  type UnknownCall,
  ZERO,
} from "./flow/graph.ts";
export { type Inline, type InlineBody, isOfCallee, sizeOf } from "./flow/inline.ts";
export { placeOf, print, readsOf, stripped } from "./flow/print.ts";
export { bareExits, isUnseenExit } from "./macros/unseen-exit.ts";
export { bodiesOf, callsOf } from "./macros/use.ts";
export { wantedMacros } from "./macros/wanted.ts";
export type { FactChoice, Tracked } from "./plan/facts.ts";
export { handedKeys } from "./plan/given-keys.ts";
export { unlaidSwitches } from "./plan/inline-sites.ts";
export type { Plan } from "./plan/plan.ts";
export { acquisitionsOf, reachedFrom, releasesOf } from "./plan/reach.ts";
export type { Binding, LockEvent } from "./program/binding.ts";
export { hasGuesses, unlessGuessed, unlessOpen, whereGuessed } from "./program/guess.ts";
export { areApart, type KnownValue, knownValue } from "./program/known-value.ts";
export { comparedLocks, unreadableLocks } from "./program/lock-updates.ts";
export { programLines } from "./program/program-text.ts";
export { RETURNED, type ReturnedClass, returnedClass } from "./program/returned.ts";
export { errorAt } from "./program/returned-error.ts";
export type { Translation } from "./program/translate.ts";
export { type FunctionReading, readFunction, type Surroundings } from "./read-function.ts";
export type { Expanded } from "./source/expand.ts";
export { calleeName, type Expr, type Stmt } from "./syntax/ast.ts";
export { loadParser } from "./syntax/grammar.ts";
export { ownLocks } from "./syntax/rename.ts";
