import { blank } from "./text.ts";

/** A body that a C parser can read, at the same length, and what its rewritten macros were called. */
export interface Normalised {
  readonly text: string;
  /**
   * Macros that now read as `while`, by offset: loops (list_for_each_entry) and blocks (scoped_guard). One at a
   * loop's end (while_each_thread) goes by its parenthesis.
   */
  readonly macros: ReadonlyMap<number, string>;
}

const TYPE_WORD =
  "(?:const|volatile|unsigned|signed|long|int|short|char|bool|void|float|double|struct\\s+\\w+|union\\s+\\w+|enum\\s+\\w+)";

interface Rule {
  readonly pattern: RegExp;
  /** What stands in its place, filled up with spaces. */
  readonly by: (match: string, ...groups: string[]) => string;
}

const ATTRIBUTES =
  "user|rcu|percpu|iomem|force|kernel|nocast|init|exit|initdata|maybe_unused|always_unused|unused|used|read_mostly|" +
  "always_inline|must_check|refdata|ref|cold|hot|pure|weak|packed|visible|latent_entropy|private|bitwise|counted_by";

/** Reads as the label of `goto *p`: no source has it. */
export const COMPUTED = "$";

/** The kernel's dialect, each rule with one thing that the grammar of C does not know. */
const RULES: readonly Rule[] = [
  // A range of cases reads as `first ?: last`, which no case is.
  { pattern: /(\bcase\b[^:;{}?]*?)\.\.\.(?=[^:;{}]*:)/g, by: (_, label = "") => `${label}?: ` },
  { pattern: /(\[[^\][;]*?)\.\.\.[^\][;]*(?=\])/g, by: (_, first = "") => first },
  {
    pattern: /\b(?:__)?(?:typeof__|typeof|typeof_unqual)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g,
    by: () => "int",
  },
  { pattern: /\b__auto_type\b/g, by: () => "int" },
  { pattern: /\b__label__[^;]*;/g, by: () => "" },
  // A definition by macro: static DEFINE_RATELIMIT_STATE(name, ...);
  { pattern: /\bstatic\s+(?:const\s+)?(?=[A-Z][A-Z0-9_]*\s*\()/g, by: () => "" },
  // A lone type for an argument: alloc_percpu(struct foo).
  {
    pattern:
      /(\b(?!sizeof\b|__alignof__\b|typeof\b|while\b|if\b|switch\b|return\b)\w+\s*\(\s*)(?:struct|union|enum)\s+\w+(?=\s*\))/g,
    by: (_, open = "") => `${open}0`,
  },
  { pattern: new RegExp(`\\b__(?:${ATTRIBUTES})\\b(?!\\s*\\()`, "g"), by: () => "" },
  { pattern: /\b__(?:free|cleanup|aligned|section|assume_aligned|counted_by)\s*\([^()]*\)/g, by: () => "" },
  { pattern: /\b__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g, by: () => "" },
  // asm_volatile_goto(...) and asm_goto_output(...) are asm goto.
  { pattern: /\basm_volatile_goto(?=\s*\()/g, by: () => "asm volatile goto" },
  { pattern: /\basm_goto(?:_output)?(?=\s*\()/g, by: () => "asm goto" },
  {
    pattern: /\b(?:__)?asm(?:__)?\b(?![\s\w]*\bgoto\b)[\s\w]*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g,
    by: () => "",
  },
  { pattern: /\bgoto\s*\*[^;{}]*(?=;)/g, by: () => `goto ${COMPUTED}` },
  // Types of parameters: void (*notify)(struct box *, int).
  {
    pattern:
      /(\b(?!(?:return|else|case|goto|sizeof)\b)\w+[\s*]*\(\s*\*+\s*(?:const\s+)?\w+(?:\[[^\]]*\])?\s*\)\s*\()(?=[^();{}]*,)[^();{}]*(?=\)\s*[=;,])/g,
    by: (_, head = "") => head,
  },
  // A constant of which a type is a part: offsetof(struct box, rows[0]).
  { pattern: /\boffsetof\s*\((?:[^(){};]|\([^(){};]*\))*\)/g, by: () => "sizeof(0)" },
  // A type for an argument: min_t(unsigned long, a, b), container_of(p, struct page, lru).
  {
    pattern: new RegExp(`(\\(\\s*)(?:${TYPE_WORD}\\s*)+[\\s*]*(?=,)`, "g"),
    by: (_, open = "") => `${open}0`,
  },
  {
    pattern: new RegExp(`(,\\s*)(?:${TYPE_WORD}\\s*)+[\\s*]*(?=[,)])`, "g"),
    by: (_, comma = "") => `${comma}0`,
  },
  { pattern: /([,(]\s*[A-Za-z_]\w*\s*)\*+\s*(?=,)/g, by: (_, type = "") => type },
  { pattern: /(,\s*[A-Za-z_]\w*\s*)\*+\s*(?=\))/g, by: (_, type = "") => type },
  // An operator for an argument: BUILD_CHECK(a, <=, b).
  { pattern: /(,\s*)(?:[<>=!]=|<|>|\+|-|&|\|)(?=\s*,)/g, by: (_, comma = "") => `${comma}0` },
];

/** Rewrites a function body, whose comments are blanked, for the parser. */
export function normalise(body: string): Normalised {
  const plain = RULES.reduce((text, { pattern, by }) => replaceSameLength(text, pattern, by), body);
  return rewriteMacros(plain);
}

function replaceSameLength(text: string, pattern: RegExp, by: Rule["by"]): string {
  return text.replace(pattern, (match: string, ...groups: unknown[]) => {
    const strings = groups.filter((each) => typeof each === "string").slice(0, -1);
    const replacement = by(match, ...strings);
    return replacement + blank(match.slice(replacement.length));
  });
}

const HEAD = /\b([A-Za-z_]\w{4,})\s*\(/g;
const NOT_A_MACRO = /^(?:while|switch|return|sizeof|__attribute__)$/;

/** What follows the block of a do loop: `do { } while_each_thread(...);`, `do { } for_each_vma(...);`. */
const LOOP_TAIL = /^(?:while|for)_each_/;

/** `X_for_each_y(...) statement` and `scoped_guard(...) { }` are read as `while (...)`. */
function rewriteMacros(text: string): Normalised {
  const macros = new Map<number, string>();
  let result = "";
  let done = 0;
  for (const match of text.matchAll(HEAD)) {
    const [whole, name = ""] = match;
    const inside = match.index + whole.length;
    const isTail = LOOP_TAIL.test(name) && closesLoop(text, match.index, inside);
    if (!isTail && (NOT_A_MACRO.test(name) || !opensBlock(text, name, inside))) continue;
    macros.set(isTail ? inside - 1 : match.index, name);
    result += `${text.slice(done, match.index)}while${" ".repeat(name.length - 5)}`;
    done = match.index + name.length;
  }
  return { text: result + text.slice(done), macros };
}

/** Whether a macro, whose parenthesis opens before `inside`, stands between a brace on its line and a semicolon. */
function closesLoop(text: string, at: number, inside: number): boolean {
  const close = closingParenthesis(text, inside);
  return (
    close >= 0 &&
    /\}[ \t]*$/.test(text.slice(Math.max(0, at - 20), at)) &&
    /^\s*;/.test(text.slice(close + 1, close + 20))
  );
}

/** Whether a statement follows the parenthesis that opens before `from`, as after while (...). */
function opensBlock(text: string, name: string, from: number): boolean {
  const close = closingParenthesis(text, from);
  if (close < 0) return false;
  const next = text.slice(close + 1).match(/\S/)?.[0] ?? "";
  if (next === "{") return true;
  return /for_each|each_|^scoped_guard$/.test(name) && /[A-Za-z_*(+-]/.test(next);
}

/** As deep as clang reads brackets (-fbracket-depth) unless it is told otherwise. */
const MAX_DEPTH = 256;

/** Where brackets of any kind are too many within each other; undefined where they nowhere are. */
export function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[()[\]{}]/g)) {
    depth += "([{".includes(bracket) ? 1 : -1;
    if (depth > MAX_DEPTH) return index;
  }
  return undefined;
}

/** The offset of the parenthesis that closes one opened just before `from`; -1 where none does, or too many open. */
export function closingParenthesis(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) {
      if (++depth > MAX_DEPTH) return -1;
    } else if (code === 41 && --depth === 0) return at;
    else if (code === 123 || code === 59) {
      if (!text.startsWith("({", at - 1) && code === 123) return -1;
    }
  }
  return -1;
}
