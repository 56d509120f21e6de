/**
 * An independent scan of C as text: it shares nothing with model/c, so that what it finds can tell what
 * model/c misses. It relies on the kernel's layout: the braces of a function stand in column one.
 */

export interface ScannedFunction {
  readonly name: string;
  /** What stands before the name. */
  readonly returns: string;
  /** Offsets of its opening and closing brace. */
  readonly start: number;
  readonly end: number;
  /** From the head on: annotations stand between the parameters and the body. */
  readonly head: string;
  /** Offset of the head. */
  readonly from: number;
}

/** A call that is a statement of its own, its semicolon included. */
export interface CallStatement {
  readonly name: string;
  readonly text: string;
  readonly arguments: readonly string[];
  readonly at: number;
  readonly end: number;
}

/** The text with comments, strings and preprocessor lines blanked: same length, same lines. */
export function blank(text: string): string {
  const pattern =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|^[ \t]*#(?:\\\r?\n|[^\n])*/gm;
  return text.replace(pattern, (found) => found.replace(/[^\n]/g, " "));
}

/** The functions of a blanked text. */
export function functionsOf(code: string): readonly ScannedFunction[] {
  return [...code.matchAll(/^\{[\s\S]*?^\}/gm)].flatMap((body) => {
    const above = code.slice(0, body.index);
    const gap = above.slice(Math.max(above.lastIndexOf("}"), above.lastIndexOf(";")) + 1);
    const head = gap.trim();
    const named = /^((?:[\w*]+\s+)*?[\w*\s]*?)\b(\w+)\s*\(/.exec(head);
    if (!named) return [];
    const [, returns = "", word = ""] = named;
    const name = SYSCALL.test(word) ? `sys_${/\(\s*(\w+)/.exec(head)?.[1]}` : word;
    const from = body.index - gap.trimStart().length;
    const end = body.index + body[0].length - 1;
    return [{ name, returns: returns.trim(), start: body.index, end, head, from }];
  });
}

const SYSCALL = /^(?:COMPAT_)?SYSCALL_DEFINE\d$/;

/** A call, wherever it stands. */
export type Call = Pick<CallStatement, "name" | "arguments" | "at">;

/** All calls inside a function. */
export function callsOf(code: string, { start, end }: ScannedFunction): readonly Call[] {
  return [...code.slice(start, end).matchAll(/\b([a-z_]\w*)\(/g)].map((found) => {
    const [all, name = ""] = found;
    const at = start + found.index;
    const opening = at + all.length - 1;
    return { name, arguments: splitArguments(code.slice(opening + 1, closingOf(code, opening))), at };
  });
}

/** Calls inside a function whose result is not used. */
export function callStatements(code: string, { start, end }: ScannedFunction): readonly CallStatement[] {
  const body = code.slice(start, end);
  return [...body.matchAll(/(?<=[;{})]|\belse|:)(\s+)(\w+)\s*\(/g)].flatMap((found) => {
    const [all, space = "", name = ""] = found;
    const opening = start + found.index + all.length - 1;
    const closing = closingOf(code, opening);
    const rest = /^\s*;/.exec(code.slice(closing + 1, end));
    if (!rest) return [];
    const at = start + found.index + space.length;
    const after = closing + 1 + rest[0].length;
    const given = splitArguments(code.slice(opening + 1, closing));
    return [{ name, text: code.slice(at, after), arguments: given, at, end: after }];
  });
}

function closingOf(code: string, opening: number): number {
  let depth = 0;
  for (let at = opening; at < code.length; at++) {
    if (code[at] === "(") depth++;
    if (code[at] === ")" && --depth === 0) return at;
  }
  return code.length;
}

function splitArguments(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "(" || char === "[") depth++;
    if (char === ")" || char === "]") depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.replace(/\s+/g, " ").trim());
}
