import { parametersIn } from "./head.ts";
import { directiveEnd, kindOf, LETTER, SPACE, wordEnd } from "./letters.ts";

/** A macro that stands for code; offsets are those of its file. */
export interface MacroDefinition {
  readonly name: string;
  readonly isFunction: boolean;
  readonly parameters: readonly string[];
  readonly body: number;
  readonly to: number;
  /** What it calls, or is another name for. */
  readonly calls: readonly string[];
}

/** Reads the macro whose name begins at an offset; undefined for one that stands for a number, a text or nothing. */
export function macroAt(text: string, at: number): MacroDefinition | undefined {
  const nameEnd = wordEnd(text, at);
  const isFunction = text.charCodeAt(nameEnd) === 0x28;
  if (!isFunction && standsForNoCode(text, nameEnd)) return undefined;
  const to = directiveEnd(text, nameEnd);
  const close = isFunction ? nameEnd + text.slice(nameEnd, to).indexOf(")") : -1;
  if (isFunction && close < nameEnd) return undefined;
  const start = isFunction ? close + 1 : nameEnd;
  const body = text.slice(start, to);
  const alias = isFunction ? undefined : ALIAS.exec(body)?.[1];
  return {
    name: text.slice(at, nameEnd),
    isFunction,
    parameters: isFunction ? parametersIn(text.slice(nameEnd + 1, close).replace(/\\/g, " ")) : [],
    body: start,
    to,
    calls: alias === undefined ? callsOf(body) : [alias],
  };
}

/** Headers of registers have millions of these. */
function standsForNoCode(text: string, from: number): boolean {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c || (kindOf(code) !== SPACE && code !== 0x28)) break;
  }
  const code = text.charCodeAt(at);
  return code !== 0x7b && code !== 0x5c && kindOf(code) !== LETTER;
}

const ALIAS = /^\s*([A-Za-z_]\w*)\s*$/;
const CALL = /\b([A-Za-z_]\w*)[ \t]*\(/g;

/** Words that a parenthesis follows and that call nothing. */
export const NO_CALL: ReadonlySet<string> = new Set(
  "if while for switch return sizeof typeof __typeof__ defined".split(" "),
);

function callsOf(body: string): readonly string[] {
  const names = new Set<string>();
  for (const { 1: name = "", index } of body.matchAll(CALL)) {
    const isMember = /(?:\.|->)[ \t]*$/.test(body.slice(Math.max(0, index - 4), index));
    if (!NO_CALL.has(name)) names.add(isMember ? `.${name}` : name);
  }
  return [...names];
}
