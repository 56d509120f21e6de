/** What stands before the parenthesis of a call. */
export interface CalleeText {
  /** The last name of the callee: `lock` of `b->ops->lock(b)`. */
  readonly name: string;
  /** All names that may tell what is called: of `(fast ? f : g)(x)` both, of `b->fn[UNLOCK](b)` the index too. */
  readonly names: readonly string[];
  /** The callee as written, without white space that tells nothing and without parentheses around it: `b->ops->lock`. */
  readonly callee: string;
  /** Offset of that in the text. */
  readonly at: number;
  /** Where it begins with the parentheses around it, and where the parenthesis of the call stands. */
  readonly from: number;
  readonly open: number;
}

/** The parentheses behind these are their own. */
const TAKES_PARENTHESES =
  /^(?:if|while|for|switch|sizeof|typeof|__typeof__|typeof_unqual|defined|_Generic|__attribute__|__attribute|alignof|__alignof__|_Alignof|asm|__asm__|volatile)$/;
const NO_CALLEE =
  /^(?:return|else|do|case|goto|void|int|char|long|short|unsigned|signed|bool|float|double|\d\w*)$/;

const isKeyword = (word: string): boolean => TAKES_PARENTHESES.test(word) || NO_CALLEE.test(word);

/** A callee that is longer is cut. */
const LONGEST = 2_000;

/** The callee of the parenthesis at `open`; undefined where it calls nothing. `opens` pairs brackets. */
export function calleeBefore(
  text: string,
  open: number,
  opens: ReadonlyMap<number, number>,
): CalleeText | undefined {
  const end = skipSpace(text, open);
  const last = text[end - 1] ?? "";
  if (/\w/.test(last)) {
    const start = wordStart(text, end);
    const name = text.slice(start, end);
    if (isKeyword(name)) return undefined;
    if (!/[>.]/.test(text[skipSpace(text, start) - 1] ?? ""))
      return { name, names: [name], callee: name, at: start, from: start, open };
  } else if (last !== ")" && last !== "]") return undefined;
  const from = startOf(text, end, opens);
  return from === undefined ? undefined : calleeOf(text, from, open);
}

/** Where the expression begins that ends at `end`: a name, its members and elements, calls, parentheses. */
function startOf(text: string, end: number, opens: ReadonlyMap<number, number>): number | undefined {
  let [at, start] = [end, -1];
  while (at > end - LONGEST) {
    const letter = text[at - 1] ?? "";
    if (letter === ")" || letter === "]") {
      const open = opens.get(at - 1);
      if (open === undefined) return start < 0 ? undefined : start;
      const before = skipSpace(text, open);
      const word = text.slice(wordStart(text, before), before);
      if (letter === ")" && word === "" && start >= 0 && isCast(text.slice(open + 1, at - 1))) return start;
      if (letter === ")" && TAKES_PARENTHESES.test(word)) return start < 0 ? undefined : start;
      at = start = open;
      if (isDeclarator(text, open, before)) return undefined;
      if ((word !== "" && !isKeyword(word)) || /[)\]]/.test(text[before - 1] ?? "")) {
        at = before;
        continue;
      }
    } else if (/\w/.test(letter)) {
      at = wordStart(text, at);
      if (isKeyword(/^\w+/.exec(text.slice(at, end))?.[0] ?? "")) return start < 0 ? undefined : start;
      start = at;
    } else return start < 0 ? undefined : start;
    const member = skipSpace(text, at);
    const operator = text.startsWith("->", member - 2) ? 2 : text[member - 1] === "." ? 1 : 0;
    if (operator === 0) return start;
    at = skipSpace(text, member - operator);
  }
  return start < 0 ? undefined : start;
}

/** `void (*fn)(int)` declares fn, and `(void (*)(int))` is a type. */
function isDeclarator(text: string, open: number, before: number): boolean {
  const isPointer = /^\(\s*\*[\s*]*\w*\s*(?:\[[^\]]*\]\s*)*\)/.test(text.slice(open, open + 100));
  if (!isPointer) return false;
  const word = text.slice(wordStart(text, before), before);
  return word === "" ? text[before - 1] === "*" : !/^(?:return|else|do|case)$/.test(word);
}

/** By codes of characters: this runs for each parenthesis of a source. */
const skipSpace = (text: string, end: number): number => {
  let at = end;
  while (at > 0 && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
};

const wordStart = (text: string, end: number): number => {
  let at = end;
  while (at > 0 && isWord(text.charCodeAt(at - 1))) at--;
  return at;
};

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);

const CAST =
  /^[\s\w]*\w\s+\w[\s\w*]*$|^\s*\w[\s\w]*\*[\s*]*$|^\s*(?:\w+_t|void|int|long|unsigned|[us]\d+|bool)\s*$|\(\s*\*\s*\)/;

/** Whether parentheses around this make it a cast. */
const isCast = (inside: string): boolean => CAST.test(inside) && !/\?|->/.test(inside);

/** Parentheses and stars around a callee change nothing. */
const WRAPPED = /^\(\s*[*&]*\s*([\s\S]*?)\s*\)$/;

function calleeOf(text: string, from: number, open: number): CalleeText | undefined {
  const written = text.slice(from, skipSpace(text, open));
  let [inside, wrapped] = [written, WRAPPED.exec(written)];
  while (wrapped && isBalanced(wrapped[1] ?? "")) {
    inside = withoutCast(wrapped[1] ?? "");
    wrapped = WRAPPED.exec(inside);
  }
  const isName = /^\w+$/.test(inside) && /\)\s*\w+\s*\)$/.test(written);
  if (written.startsWith("(") && !isName && isCast(written.slice(1, -1))) return undefined;
  const callee = inside.replace(/\s+/g, " ").replace(/ ?(\W) ?/g, "$1");
  const names = namesOf(callee);
  const name = /(\w+)(?:\[[^\]]*\])*$/.exec(callee)?.[1] ?? names.at(-1) ?? "";
  return name === "" ? undefined : { name, names, callee, at: from + written.indexOf(inside), from, open };
}

/** A name that is made another type of is called all the same. */
function withoutCast(inside: string): string {
  const name = /\)\s*[*&]*\s*(\w+)$/.exec(inside);
  const cast = name ? inside.slice(1, name.index) : "";
  return inside.startsWith("(") && isBalanced(cast) && isType(cast) ? (name?.[1] ?? inside) : inside;
}

const isType = (inside: string): boolean => /^\s*(?:\w+\s*$|(?:__)?typeof)/.test(inside) || isCast(inside);

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const each of text) {
    if (each === "(") depth++;
    else if (each === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

/** But for those that others are reached from: `box` of `box->lock`. */
const namesOf = (callee: string): readonly string[] => [
  ...new Set(callee.match(/[A-Za-z_]\w*(?!\w|(?:\[[^\]]*\]|\([^()]*\)|[)\]])*(?:->|\.))/g) ?? []),
];
