import { type Annotation, annotationsIn } from "./annotation.ts";
import { closingParenthesis } from "./normalise.ts";
import { ofRecent } from "./recent.ts";
import { calledNames, type FunctionText, type Scanned, scanText } from "./scan.ts";
import { blankOpaque, type Lines, linesOf } from "./text.ts";

/** A function of a C text, as far as it can be told without parsing it. */
export interface UnitFunction extends FunctionText {
  /** What stands before its name: its type. */
  readonly head: string;
  /** Names of its parameters, in order. */
  readonly parameters: readonly string[];
  /** Its head says that it comes or goes with a lock: __acquires, __releases, __must_hold and their kin. */
  readonly annotated: boolean;
  readonly annotations: readonly Annotation[];
  readonly calls: ReadonlySet<string>;
}

/** A C text, scanned. */
export interface Unit {
  /** At the same length, without comments. */
  readonly text: string;
  readonly lines: Lines;
  readonly functions: readonly UnitFunction[];
  /** A comment or a block that is not closed: nothing behind it was read. */
  readonly unclosed?: { readonly what: "comment" | "block"; readonly at: number };
  /** Offsets of braces that do not balance: where a function ends there, it may be another one's end. */
  readonly unbalanced: readonly number[];
}

const ANNOTATION = /\b__(?:acquires?|releases?|must_hold|cond_acquires|no_context_analysis|cond_lock)\w*\b/;

export const readUnit = ofRecent(8, (source): Unit => {
  const text = blankOpaque(source);
  const scanned = scanText(text);
  const functions = scanned.functions.map((each) => {
    const head = text.slice(each.start, each.bodyStart);
    const calls = calledNames(text.slice(each.bodyStart, each.bodyEnd));
    return {
      ...each,
      head: head.slice(0, nameAt(head, each.name)),
      parameters: parametersOf(head, each.name),
      annotated: ANNOTATION.test(head),
      annotations: annotationsIn(head),
      calls,
    };
  });
  const unclosed = unclosedIn(source, text, scanned);
  const { unbalanced } = scanned;
  return { text, lines: linesOf(source), functions, unbalanced, ...(unclosed && { unclosed }) };
});

function unclosedIn(source: string, plain: string, { unclosed: block }: Scanned): Unit["unclosed"] {
  const comment = source.lastIndexOf("/*");
  const open = comment > source.lastIndexOf("*/") && plain.slice(comment).trim() === "";
  if (open && /\n\s*\S/.test(source.slice(comment))) return { what: "comment", at: comment };
  return block === undefined ? undefined : { what: "block", at: block };
}

/** Where the function's name stands in its head; 0 where a macro makes the name up. */
function nameAt(head: string, name: string): number {
  const close = head.indexOf(`${name}(`);
  return Math.max(0, close >= 0 ? close : head.search(new RegExp(`\\b${name}\\s*\\(`)));
}

/** The last name of each parameter. A system call's head lists types and names alike. */
function parametersOf(head: string, name: string): readonly string[] {
  const named = nameAt(head, name);
  const open = head.indexOf("(", named);
  const close = closingParenthesis(head, open + 1);
  const inside = head.slice(open + 1, close < 0 ? head.length : close);
  return splitTop(inside).map(
    (part) => (FUNCTION_POINTER.exec(part) ?? /(\w+)\s*(?:\[[^\]]*\]\s*)*$/.exec(part))?.[1] ?? "",
  );
}

const FUNCTION_POINTER = /\(\s*\*\s*(\w+)\s*\)\s*\(/;

function splitTop(text: string): readonly string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === "(") depth++;
    else if (letter === ")") depth--;
    else if (letter === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
