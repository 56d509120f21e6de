/** What a C text says before anything of it is parsed: functions, calls, macros, annotations, lines. */
export { type Annotation, annotationsIn, declaredNets } from "./annotation.ts";
export { type CallText, calledNames, callsIn, firstArgument } from "./calls.ts";
export type { Reading } from "./conditional.ts";
export { type Expanded, expandMacros } from "./expand.ts";
export { functionRanges, rangesNamed } from "./function-ranges.ts";
export { freesIn, type GuardText, guardsIn } from "./guards.ts";
export { headsBefore } from "./head.ts";
export { type HeaderMacros, headerMacrosOf, macrosFor } from "./header-macros.ts";
export { type Included, includedBy } from "./included.ts";
export { type MacroText, macrosIn } from "./macros.ts";
export { Outline } from "./outline.ts";
export { ofRecent } from "./recent.ts";
export { type Gap, scanFunctions } from "./scan.ts";
export { splitTop } from "./split-top.ts";
export { blank, blankOpaque, DIRECTIVE, GAP, type Lines, linesOf, parenthesisEnd } from "./text.ts";
export { functionsNamed, readExcerpt, readUnit, type Unit, type UnitFunction } from "./unit.ts";
