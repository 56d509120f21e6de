/** A function definition as the light scanner finds it; offsets into the scanned text. */
export interface FunctionText {
  readonly name: string;
  /** From the first token of the head up to the body's brace. */
  readonly start: number;
  /** The body with its braces. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

const TOKEN = /[{};]|^[ \t]*#[ \t]*(\w*)(?:\\\r?\n|[^\n])*/gm;
const CALL = /\b([A-Za-z_]\w*)\s*\(/g;
const NOT_A_NAME =
  /^(?:__\w*|if|while|for|switch|return|sizeof|typeof|void|int|char|long|bool|asm|nokprobe_inline|noinline\w*)$/;
/** A macro that writes a function head and names the function in its first argument. */
const HEAD_MACRO = /^[A-Z][A-Z0-9_]*$/;

/**
 * Finds the function definitions of a text whose comments are blanked, by braces alone. Braces in
 * alternative arms of an #if count once. Where they don't balance, a brace in column 0 ends a
 * function, as the kernel's style has it.
 */
export function scanText(text: string): Scanned {
  const strict = scan(text, false);
  return strict.unclosed === undefined ? strict : scan(text, true);
}

export const scanFunctions = (text: string): readonly FunctionText[] => scanText(text).functions;

export interface Scanned {
  readonly functions: readonly FunctionText[];
  /** Where what stands before a block begins that is not closed: the rest of the text was not read. */
  readonly unclosed?: number;
  /** Closing braces that close nothing, or that end a function by their column while blocks in it are open. */
  readonly unbalanced: readonly number[];
}

function scan(text: string, byColumn: boolean): Scanned {
  const functions: FunctionText[] = [];
  const unbalanced: number[] = [];
  const arms: number[] = [];
  let [depth, from, open] = [0, 0, -1];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const at = match.index;
    const token = match[0];
    if (token === "{") {
      if (depth++ === 0) open = at;
    } else if (token === "}") {
      const endsByColumn = byColumn && text[at - 1] === "\n";
      if (depth === 0 || (endsByColumn && depth > 1)) unbalanced.push(at);
      depth = endsByColumn ? 0 : Math.max(0, depth - 1);
      if (depth > 0) continue;
      const found = open >= 0 && functionAt(text, from, open, at + 1);
      if (found) functions.push(found);
      [from, open] = [at + 1, -1];
    } else if (token === ";") {
      if (depth === 0) from = at + 1;
    } else {
      depth = armDepth(match[1] ?? "", depth, arms);
      if (depth === 0) from = at + token.length;
    }
  }
  return { functions, unbalanced, ...(depth > 0 && { unclosed: from }) };
}

/** Each arm of an #if starts at the depth that the #if stands at. */
function armDepth(directive: string, depth: number, arms: number[]): number {
  if (directive.startsWith("if")) arms.push(depth);
  else if (directive === "endif") arms.pop();
  else if (directive.startsWith("el")) return arms.at(-1) ?? depth;
  return depth;
}

function functionAt(text: string, from: number, open: number, end: number): FunctionText | undefined {
  const head = text.slice(from, open);
  const name = functionName(head);
  if (name === undefined) return undefined;
  return { name, start: from + head.search(/\S/), bodyStart: open, bodyEnd: end };
}

const ATTRIBUTE = /^__(?:attribute(?:__)?|printf|scanf|section|aligned|no_\w+)$/;
/** Annotations for sparse and for Clang's context analysis; a function may be called like one. */
const ANNOTATION = /^__\w*(?:acquire|release|must_hold|guarded_by|capability|context|ctx_lock|excludes)\w*$/;

function functionName(head: string): string | undefined {
  if (!head.includes(")") || /(?:^|[^=!<>])=(?!=)/.test(head) || TYPE_HEAD.test(head)) return undefined;
  let annotation: string | undefined;
  for (const { 1: name = "", index } of head.matchAll(CALL)) {
    if (ATTRIBUTE.test(name) || (NOT_A_NAME.test(name) && !name.startsWith("__"))) continue;
    if (annotation !== undefined && depthAt(head, index) > 0) continue;
    if (!ANNOTATION.test(name)) return HEAD_MACRO.test(name) ? macroName(head, name) : name;
    annotation ??= name;
  }
  return annotation;
}

const TYPE_HEAD =
  /^\s*(?:typedef|struct\s+\w+|union\s+\w+|enum\s+\w+|context_lock_struct\s*\(\s*\w+\s*\))\s*$/;

/** How many parentheses are open at an offset. */
function depthAt(text: string, offset: number): number {
  let depth = 0;
  for (let at = 0; at < offset; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")") depth--;
  }
  return depth;
}

function macroName(head: string, macro: string): string {
  const first = head.slice(head.indexOf(macro) + macro.length).match(/\(\s*(\w+)/)?.[1];
  if (first === undefined) return macro;
  return macro.includes("SYSCALL_DEFINE") ? `sys_${first}` : first;
}

/** The names that a stretch of text calls, or seems to. */
export function calledNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(CALL)) names.add(name);
  return names;
}
