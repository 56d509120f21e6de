import type { ScanLine } from "./scan.ts";

/** Where a function starts in a fragment: from the first line of its head to the line with its brace. */
export interface FunctionHead {
  readonly name: string;
  readonly start: number;
  readonly open: number;
}

const KEYWORDS = new Set(
  "if else for while do switch case default return goto break continue sizeof typeof struct union enum".split(
    " ",
  ),
);
const MAX_HEAD_LINES = 30;

/** The heads of functions in a fragment, found by the kernel's style: a brace on a line of its own. */
export function functionHeads(lines: readonly ScanLine[], collapsed: boolean): readonly FunctionHead[] {
  return lines.flatMap((line, at) => {
    const code = line.code.trim();
    const head = code === "{" ? headAbove(lines, at, collapsed) : oneLineHead(line, at, collapsed);
    return head ? [head] : [];
  });
}

function oneLineHead({ code }: ScanLine, at: number, collapsed: boolean): FunctionHead | undefined {
  const match = /^([A-Za-z_][\w\s*]*[\s*])([A-Za-z_]\w*)\s*\([^;{]*\)[\w\s()]*\{.*\}\s*$/.exec(code);
  const name = match?.[2];
  if (name === undefined || (collapsed && !/^(static|inline|extern)\b/.test(code))) return undefined;
  return KEYWORDS.has(firstWord(code)) && !/^(struct|union|enum)\b/.test(code)
    ? undefined
    : { name, start: at, open: at };
}

/** Reads upward from a lone brace: `...)` must end the head, and its first line must start a declaration. */
function headAbove(lines: readonly ScanLine[], open: number, collapsed: boolean): FunctionHead | undefined {
  let depth = 0;
  let closed = false;
  for (let at = open - 1; at >= 0 && open - at <= MAX_HEAD_LINES; at--) {
    const code = lines[at]?.code ?? "";
    if (code.trim() === "" || code.startsWith("#")) {
      if (closed) return undefined;
      continue;
    }
    if (!closed && !/\)[\w\s]*$/.test(code)) return undefined;
    closed = true;
    depth += count(code, ")") - count(code, "(");
    if (/[;{}]/.test(code)) return undefined;
    const name = depth === 0 && (collapsed || /^\S/.test(code)) ? headName(code) : undefined;
    if (name !== undefined) return { name, start: withType(lines, at, name), open };
  }
  return undefined;
}

/** The declared name, where a line can be the first of a function's head. */
export function headName(code: string): string | undefined {
  const trimmed = code.trim();
  const name = /^[A-Za-z_][\w\s*]*?\b([A-Za-z_]\w*)\s*\(/.exec(trimmed)?.[1] ?? firstCall(trimmed);
  if (name === undefined || KEYWORDS.has(name)) return undefined;
  const first = firstWord(trimmed);
  return KEYWORDS.has(first) && !/^(struct|union|enum)$/.test(first) ? undefined : name;
}

/** A head without a type before it: `SYSCALL_DEFINE3(name, ...)`, or a name whose type stands above. */
const firstCall = (code: string): string | undefined => /^([A-Za-z_]\w*)\s*\(/.exec(code)?.[1];
const firstWord = (code: string): string => /^\w+/.exec(code.trim())?.[0] ?? "";
export const count = (text: string, character: string): number => text.split(character).length - 1;

/** `static int` on a line of its own belongs to the name below it. */
function withType(lines: readonly ScanLine[], at: number, name: string): number {
  const starts = new RegExp(`^\\s*${name}\\s*\\(`).test(lines[at]?.code ?? "");
  const above = lines[at - 1]?.code.trim() ?? "";
  return starts && /^[A-Za-z_][\w\s*]*$/.test(above) && !KEYWORDS.has(above) ? at - 1 : at;
}

/**
 * Turns a hunk heading's section into the head of a function. Git cuts it at 80 bytes and shows its first
 * line only: what is cut off is left out. Undefined where the section names no function.
 */
export function headOfSection(section: string): { name: string; text: string } | undefined {
  const name = /[;={}]/.test(section) ? undefined : headName(section);
  if (name === undefined) return undefined;
  const typed = firstCall(section.trim()) === name && !/^[A-Z]/.test(name) ? `int ${section}` : section;
  if (count(typed, "(") === count(typed, ")")) return { name, text: typed };
  const open = typed.indexOf("(");
  const comma = typed.lastIndexOf(",");
  const parameters = typed.slice(open + 1).trim();
  if (/^[\w\s*]+$/.test(parameters)) return { name, text: `${typed.slice(0, open + 1)}${parameters})` };
  return { name, text: `${comma > open ? typed.slice(0, comma) : typed.slice(0, open + 1)})` };
}
