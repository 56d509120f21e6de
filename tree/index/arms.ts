/** An `#if` that is open: what its present arm asks for, and how many braces are open around it. */
interface Open {
  readonly depth: number;
  readonly before: readonly string[];
  now: string;
}

/** Arms, one within or behind another, that a condition names. */
const MAX_NAMED = 8;

/** Follows the `#if`s of a text, and tells what must be configured for what stands at a place. */
export class Arms {
  readonly #open: Open[] = [];
  #condition: string | undefined = "";

  /** Of the arms that are open, joined by `&&`: the innermost ones, where there are very many. */
  get condition(): string {
    this.#condition ??= this.#open
      .slice(-MAX_NAMED)
      .flatMap(({ before, now }) => (now === "" ? before : [...before, now]))
      .join(" && ");
    return this.#condition;
  }

  get count(): number {
    return this.#open.length;
  }

  /** @param condition empty for one that asks for nothing, as the guard of a header does. */
  enter(condition: string, depth: number): void {
    this.#open.push({ depth, before: [], now: condition });
    this.#condition = undefined;
  }

  /** The next arm: returns the depth at which it begins; undefined where no `#if` is open. */
  next(condition: string): number | undefined {
    const open = this.#open.pop();
    if (!open) return undefined;
    const before = open.now === "" ? open.before : [...open.before.slice(-MAX_NAMED), `!(${open.now})`];
    this.#open.push({ depth: open.depth, before, now: condition });
    this.#condition = undefined;
    return open.depth;
  }

  leave(): void {
    this.#open.pop();
    this.#condition = undefined;
  }
}

const IF = /^#[ \t]*(ifdef|ifndef|if|elif|else|endif)\b(.*)/s;

/** The directive's word and what it asks for. */
export function readCondition(directive: string): { readonly word: string; readonly asks: string } {
  const [, word = "", rest = ""] = IF.exec(directive) ?? [];
  const asks = rest
    .replace(/\/\*.*?(?:\*\/|$)|\/\/.*|\\\r?\n/gs, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (word === "ifdef") return { word, asks: `defined(${asks})` };
  return { word, asks: word === "ifndef" ? `!defined(${asks})` : asks };
}

const DIRECTIVE = /^[ \t]*#[ \t]*(if|el|endif)/gm;

/** Where the arm of an `#if 0` ends: at the end of the line before the directive that ends it. */
export function deadEnd(text: string, from: number): number {
  DIRECTIVE.lastIndex = from;
  let depth = 0;
  for (let match = DIRECTIVE.exec(text); match; match = DIRECTIVE.exec(text)) {
    if (match[1] === "if") depth++;
    else if (depth === 0) return Math.max(from, match.index - 1);
    else if (match[1] === "endif") depth--;
  }
  return text.length;
}
