import { blankComments } from "../rebuild/scan.ts";

/** Names that a function declares, each with its type and its place among those of that type. */
export type Locals = ReadonlyMap<string, string>;

const TYPE =
  /((?:(?:const|volatile|static|unsigned|signed|struct|union|enum|long|short|register)\s+)*[A-Za-z_]\w*(?:\s+(?:const|long|int))*)/
    .source;
const DECLARATION = new RegExp(
  `(?<=^|[({;,])\\s*${TYPE}((?:\\s*\\*+\\s*|\\s+)[A-Za-z_]\\w*(?:\\[[^\\]]*\\])*(?=\\s*[,;=)])(?:[^;()]|\\([^()]*\\))*)`,
  "gm",
);
/** Each parameter has a type of its own. */
const DECLARATOR = new RegExp(
  `^\\s*(?:${TYPE}(?=[\\s*]+[A-Za-z_]\\w*\\s*(?:\\[|$)))?(\\s*\\*?[\\s*]*)([A-Za-z_]\\w*)`,
);
const NOT_TYPES = /^(return|goto|case|else|sizeof|typeof|break|continue)$/;

/**
 * Finds parameters and local variables by the shape of their declarations. A name gets a canonical one of
 * its type and position (`spinlock_t*#0`), so that renaming a variable does not change what it stands for.
 */
export function localsOf(functionText: string): Locals {
  const locals = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const [, type, declarators] of blankComments(functionText).matchAll(DECLARATION)) {
    if (type === undefined || declarators === undefined || NOT_TYPES.test(type.trim())) continue;
    for (const declarator of splitDeclarators(declarators)) {
      const [, own = type, stars, name] = DECLARATOR.exec(declarator) ?? [];
      if (name === undefined || stars === undefined || locals.has(name)) continue;
      const kind = `${own.replace(/\s+/g, " ").trim()}${stars.replace(/\s/g, "")}`;
      const position = counts.get(kind) ?? 0;
      counts.set(kind, position + 1);
      locals.set(name, `${kind}#${position}`);
    }
  }
  return locals;
}

/** `a = f(x, y), *b` declares a and b: commas within parentheses separate nothing. */
function splitDeclarators(text: string): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const character of text) {
    if ("([{".includes(character)) depth++;
    if (")]}".includes(character)) depth--;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** The text with white space made even and local variables under their canonical names; fields keep theirs. */
export function normalise(text: string, locals: Locals): string {
  const code = blankComments(text).replace(/\s+/g, " ").trim();
  return code
    .replace(/(?<![\w$])(?<!->\s?)(?<!\.\s?)[A-Za-z_]\w*/g, (name) => locals.get(name) ?? name)
    .replace(/ ?([-+*/%&|^~!<>=?:;,.()[\]{}]) ?/g, "$1");
}
