import { callbackArgument } from "../../kernel/table/callback.ts";
import { type Annotation, annotationsIn } from "./annotation.ts";
import { type CallText, calledNames, callsIn } from "./calls.ts";
import { withoutDeadArms } from "./dead-arms.ts";
import { enumeratorsIn } from "./enumerators.ts";
import { conditionalGuardMacros } from "./guards.ts";
import { type MacroTable, macroTable } from "./macro-table.ts";
import { pastedNames } from "./macros.ts";
import { neverReturningIn } from "./no-return.ts";
import { closingParenthesis } from "./normalise.ts";
import { ofRecent } from "./recent.ts";
import { type FunctionText, type Gap, scanText } from "./scan.ts";
import { splitTop } from "./split-top.ts";
import { blankOpaque, type Lines, linesOf } from "./text.ts";

/** A function of a C text, as far as it can be told without parsing it. */
export interface UnitFunction extends FunctionText {
  /** What stands before its name: its type. */
  readonly head: string;
  /** Names of its parameters, in order. */
  readonly parameters: readonly string[];
  /** Those of them that lead to a pointer: what is behind that, no caller gives by their name. */
  readonly pointersToPointers: ReadonlySet<string>;
  /** Its head says that it comes or goes with a lock: __acquires, __releases, __must_hold and their kin. */
  readonly annotated: boolean;
  readonly annotations: readonly Annotation[];
  /** The names that it calls, those among them that macros call for it. */
  readonly calls: ReadonlySet<string>;
  /** The calls as they stand in its body, at their offsets in that. */
  readonly ownCalls: readonly CallText[];
}

/** A C text, scanned. */
export interface Unit {
  /** At the same length, without comments. */
  readonly text: string;
  readonly lines: Lines;
  readonly functions: readonly UnitFunction[];
  /** What of the text was perhaps not read as it is meant. */
  readonly gaps: readonly Gap[];
  readonly macros: MacroTable;
  /** The numbers of its enumerators. */
  readonly enumerators: ReadonlyMap<string, number>;
  /** The functions that never come back. */
  readonly neverReturning: ReadonlySet<string>;
}

const ANNOTATION = /\b__(?:acquires?|releases?|must_hold|cond_acquires|no_context_analysis|cond_lock)\w*\b/;

/** `headers`: the text of the headers that it includes, as far as they were read. */
export const readUnit = (source: string, headers = ""): Unit => unitsWith(headers)(source);

/** The same of a text that is asked for once. */
export const readExcerpt = (source: string, headers: string): Unit => unitOf(source, blankOpaque(headers));

const unitsWith = ofRecent(8, (headers) => {
  const plain = blankOpaque(headers);
  return ofRecent(8, (source) => unitOf(source, plain));
});

function unitOf(source: string, headers: string): Unit {
  const text = withoutDeadArms(blankOpaque(source));
  const scanned = scanText(text);
  const begins = new Map(scanned.functions.map(({ name, bodyStart }) => [name, bodyStart]));
  const macros = macroTable(text, headers + conditionalGuardMacros(text), begins);
  const functions = scanned.functions.map((each): UnitFunction => {
    const head = each.headText;
    const own = callsIn(bodyOf(text, each));
    const called = new Set(own.flatMap(({ names }) => names));
    const calls = throughMacros(called, bodyOf(text, each), macros);
    return {
      ...each,
      head: head.slice(0, nameAt(head, each.name)),
      ...parametersIn(head, each.name),
      annotated: ANNOTATION.test(head),
      annotations: annotationsIn(head),
      ownCalls: own,
      calls: new Set([...calls, ...callbacksIn(own)]),
    };
  });
  const gaps = [...openComment(source, text), ...scanned.gaps, ...included(source, functions)];
  const neverReturning = neverReturningIn(text, functions);
  const enumerators = enumeratorsIn(headers + text);
  return { text, lines: linesOf(source), functions, gaps, macros, enumerators, neverReturning };
}

/** These names, and what the macros that a text uses call, by other macros too. */
function throughMacros(
  called: ReadonlySet<string>,
  body: string,
  { names, definitionsOf }: MacroTable,
): ReadonlySet<string> {
  if (names.size === 0) return called;
  const calls = new Set(called);
  const used = new Set((body.match(/[A-Za-z_]\w*/g) ?? []).filter((name) => names.has(name)));
  for (const name of used) {
    for (const { body: text = "" } of definitionsOf(name)) {
      for (const inner of [...(text.match(/[A-Za-z_]\w*/g) ?? []), ...pastedNames(text, names)])
        if (names.has(inner)) used.add(inner);
      const alias = /^\s*(\w+)\s*$/.exec(text)?.[1];
      for (const callee of alias === undefined ? calledNames(text) : [alias]) calls.add(callee);
    }
  }
  return calls;
}

const byName = ofRecent(8, (source) => {
  const functions = new Map<string, UnitFunction[]>();
  for (const each of readUnit(source).functions) {
    functions.set(each.name, [...(functions.get(each.name) ?? []), each]);
  }
  return functions;
});

/** The functions of a text that have a name. */
export const functionsNamed = (source: string, name: string): readonly UnitFunction[] =>
  byName(source).get(name) ?? [];

/** The functions that are given to calls which may run them. */
function callbacksIn(calls: readonly CallText[]): readonly string[] {
  return calls.flatMap(({ name, arguments: given }) => {
    const position = Object.hasOwn(callbackArgument, name) ? callbackArgument[name] : undefined;
    const callback = position === undefined ? undefined : splitTop(given)[position]?.replace(/^&/, "");
    return callback !== undefined && /^\w+$/.test(callback) ? [callback] : [];
  });
}

/** The text of a function's body, with its braces. */
export const bodyOf = (text: string, { body, bodyStart, bodyEnd }: FunctionText): string =>
  body ?? text.slice(bodyStart, bodyEnd);

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]*)"|<([^>\n]*)>)/gm;

/** Other files of C, and what stands in the middle of a function. */
function included(source: string, functions: readonly FunctionText[]): readonly Gap[] {
  return [...source.matchAll(INCLUDE)].flatMap(({ 0: line, 1: own, 2: other, index: at }) => {
    const isInside = functions.some(({ bodyStart, bodyEnd }) => bodyStart <= at && at < bodyEnd);
    const isHeader = /\.h$/.test(own ?? other ?? "");
    return isInside || !isHeader ? [{ what: "include", from: at, to: at + line.length, at }] : [];
  });
}

/** A comment that is not closed hides all that follows. */
function openComment(source: string, plain: string): readonly Gap[] {
  const from = source.lastIndexOf("/*");
  const isOpen = from > source.lastIndexOf("*/") && plain.slice(from).trim() === "";
  const hides = isOpen && /\n\s*\S/.test(source.slice(from));
  return hides ? [{ what: "comment", from, to: source.length, at: from }] : [];
}

/** Where the function's name stands in its head, which may be put in parentheses; 0 where a macro makes the name up. */
function nameAt(head: string, name: string): number {
  const close = head.indexOf(`${name}(`);
  return Math.max(0, close >= 0 ? close : head.search(new RegExp(`\\b${name}\\s*(?:\\)\\s*)*\\(`)));
}

/** The last name of each parameter. A system call's head lists types and names alike. */
function parametersIn(head: string, name: string): Pick<UnitFunction, "parameters" | "pointersToPointers"> {
  const named = nameAt(head, name);
  const open = head.indexOf("(", named);
  const close = closingParenthesis(head, open + 1);
  const parts = splitTop(head.slice(open + 1, close < 0 ? head.length : close));
  const parameters = parts.map(
    (part) => (FUNCTION_POINTER.exec(part) ?? /(\w+)\s*(?:\[[^\]]*\]\s*)*$/.exec(part))?.[1] ?? "",
  );
  const isTwice = (part = "") => /\*\s*(?:const\s*)?\*\s*(?:const\s+)?\w+\s*$/.test(part);
  return { parameters, pointersToPointers: new Set(parameters.filter((_, at) => isTwice(parts[at]))) };
}

const FUNCTION_POINTER = /\(\s*\*\s*(\w+)\s*\)\s*\(/;
