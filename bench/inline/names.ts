import type { Edit } from "../mutate/edit.ts";
import type { Statement } from "./statements.ts";

/** A name where it stands for a variable, function or constant: no member, and no `struct NAME`. */
const NAME = /(?<![\w.]|->\s*|\b(?:struct|union|enum|goto)\s+)[A-Za-z_]\w*/g;

export const namesIn = (code: string): ReadonlySet<string> =>
  new Set([...code.matchAll(NAME)].map(([name]) => name));

/** Puts texts in the place of names between two offsets; `p->` becomes `a.` where `p` is replaced by `&a`. */
export function replacedNames(
  code: string,
  [from, end]: readonly [number, number],
  texts: ReadonlyMap<string, string>,
): readonly Edit[] {
  return [...code.slice(from, end).matchAll(NAME)].flatMap(({ 0: name, index }) => {
    const text = texts.get(name);
    if (text === undefined) return [];
    const at = from + index;
    const arrow = /^\s*->/.exec(code.slice(at + name.length, end))?.[0];
    if (arrow !== undefined && text.startsWith("&"))
      return [{ at, end: at + name.length + arrow.length, text: `${text.slice(1)}.` }];
    const isOperand = /[-+*/]\s*$/.test(code.slice(from, at)) || code[at + name.length] === "[";
    const isPlain = /^\w+$/.test(text) || !isOperand;
    return [{ at, end: at + name.length, text: isPlain ? text : `(${text})` }];
  });
}

const NO_TYPE = /^(?:return|goto|break|continue|else|case|default|sizeof|delete)$/;

/** The names that statements declare, and those of loops that declare their own. */
export function declaredIn(code: string, statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(
    statements.flatMap(({ kind, from, end, head }) => {
      if (kind === "simple") return declaredBy(code.slice(from, end));
      return kind === "loop" && head
        ? declaredBy(code.slice(head[0] + 1, head[1]).replace(/;[\s\S]*/, ";"))
        : [];
    }),
  );
}

const MAKES = /^(?:(?:DEFINE|DECLARE)_\w+|LIST_HEAD|HLIST_HEAD|CLASS)\s*\(([^)]*)\)/;
const TYPED =
  /^((?:[A-Za-z_]\w*[\s*]+)+|(?:[A-Za-z_]\w*[\s*]+)*typeof\s*\([^;=]*?\)[\s*]*)([A-Za-z_]\w*)\s*(?=[=;,[:]|__)/;

/** What one statement declares. */
export function declaredBy(statement: string): readonly string[] {
  const made = MAKES.exec(statement)?.[1];
  if (made !== undefined) return (made.match(/[a-z_]\w*/g) ?? []).slice(0, 2);
  const [all, type = "", first = ""] = TYPED.exec(statement) ?? [];
  if (all === undefined || NO_TYPE.test(/^\w+/.exec(type)?.[0] ?? "")) return [];
  const others = splitOutside(statement.slice(all.length), ",").slice(1);
  return [first, ...others.flatMap((each) => /^[\s*]*([A-Za-z_]\w*)/.exec(each)?.[1] ?? [])];
}

export const isStatic = (statement: string): boolean => /^(?:\w+\s+)*static\b/.test(statement);

/** Parts of a text between separators that no parenthesis or brace is around. */
export function splitOutside(text: string, separator: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if ("([{".includes(char)) depth++;
    if (")]}".includes(char)) depth--;
    if (char === separator && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** A name that none of a text has. */
export function freshName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}
