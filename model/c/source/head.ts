import { readConditionals } from "./conditional.ts";
import { blank, DIRECTIVE } from "./text.ts";

/** `f(`, and `(f)(` and `(*f)(`, which call the same. */
const CALL = /\b([A-Za-z_]\w*)(?=\s*\()|\(\s*[*&]*\s*([A-Za-z_]\w*)(?:\s*\))+\s*(?=\()/g;

/** What stands before a block at file scope, as one choice of its `#if` arms has it. */
export interface Head {
  readonly name: string;
  readonly start: number;
  /** The text from there up to the block, with other arms and directives blanked. */
  readonly text: string;
}

/**
 * The heads of the function whose body opens at `open`, one for each name: arms of an `#if` may each bring a head of
 * their own. The text behind the last directive is enough where it is a head; `region` begins where no statement is open.
 */
export function headsBefore(
  text: string,
  { region, last, open }: { readonly region: number; readonly last: number; readonly open: number },
): readonly Head[] {
  const near = headOf(text.slice(last, open), last);
  if ((near && isWhole(near)) || region === last) return near ? [near] : [];
  const readings = readConditionals(text.slice(region, open)).readings.map((reading) => reading.text);
  const found = readings.flatMap((reading) => headOf(reading.replace(DIRECTIVE, blank), region) ?? []);
  // Where no arm is taken, annotations alone may be left.
  const heads = found.some(isWhole) ? found.filter(isWhole) : found;
  const byName = new Map(heads.toReversed().map((head) => [head.name, head]));
  return heads.length > 0 ? [...byName.values()].reverse() : near ? [near] : [];
}

function headOf(text: string, offset: number): Head | undefined {
  const name = functionName(text);
  if (name === undefined) return undefined;
  const start = text.search(/\S/);
  return { name, start: offset + start, text: text.slice(start) };
}

/** Annotations, or the rest of a list of parameters, may stand behind a directive alone. */
function isWhole({ name, text }: Head): boolean {
  let depth = 0;
  for (const each of text) {
    if (each === "(") depth++;
    else if (each === ")" && --depth < 0) return false;
  }
  return depth === 0 && !ANNOTATION.test(name);
}

const NOT_A_NAME =
  /^(?:__\w*|if|while|for|switch|return|sizeof|typeof|void|int|char|long|bool|asm|nokprobe_inline|noinline\w*)$/;
/** A macro that writes a function head and names the function in its first argument. */
const HEAD_MACRO = /^[A-Z][A-Z0-9_]*$/;
const ATTRIBUTE = /^__(?:attribute(?:__)?|printf|scanf|section|aligned|no_\w+)$/;
/** Annotations for sparse and for Clang's context analysis; a function may be called like one. */
const ANNOTATION = /^__\w*(?:acquire|release|must_hold|guarded_by|capability|context|ctx_lock|excludes)\w*$/;

function functionName(head: string): string | undefined {
  if (!head.includes(")") || /(?:^|[^=!<>])=(?!=)/.test(head) || TYPE_HEAD.test(head)) return undefined;
  let annotation: string | undefined;
  let macro: string | undefined;
  const depthAt = depthsIn(head);
  for (const { 1: plain, 2: parenthesised, index } of head.matchAll(CALL)) {
    const name = plain ?? parenthesised ?? "";
    if (ATTRIBUTE.test(name) || (NOT_A_NAME.test(name) && !name.startsWith("__"))) continue;
    if ((annotation ?? macro) !== undefined && depthAt(index) > 0) continue;
    if (ANNOTATION.test(name)) annotation ??= name;
    else if (!HEAD_MACRO.test(name) || hasParameters(head.slice(index + name.length))) return name;
    // A definition by a macro may stand before the head without a semicolon: DEFINE_GUARD(...)
    else if (macro === undefined || macro.startsWith("DEFINE_")) macro = name;
  }
  return macro === undefined ? annotation : macroName(head, macro);
}

/** What follows a name declares a parameter, by a type and a name: the name in capitals is the function's own. */
const hasParameters = (behind: string): boolean =>
  /^\s*\(\s*(?:void\s*\)|(?:const\s+)?(?:(?:struct|union|enum)\s+)?\w+(?:\s+|\s*\*+\s*)\w)/.test(behind);

const TYPE_HEAD =
  /^\s*(?:typedef|struct\s+\w+|union\s+\w+|enum\s+\w+|context_lock_struct\s*\(\s*\w+\s*\))\s*$/;

/** Tells how many parentheses are open at an offset; each one asked for stands behind the one before. */
function depthsIn(text: string): (offset: number) => number {
  let [at, depth] = [0, 0];
  return (offset) => {
    for (; at < offset; at++) {
      if (text[at] === "(") depth++;
      else if (text[at] === ")") depth--;
    }
    return depth;
  };
}

function macroName(head: string, macro: string): string {
  const first = head.slice(head.indexOf(macro) + macro.length).match(/\(\s*(\w+)/)?.[1];
  if (first === undefined) return macro;
  return macro.includes("SYSCALL_DEFINE") ? `sys_${first}` : first;
}
