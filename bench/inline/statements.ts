/**
 * The statements of a body, by their text alone: like bench/mutate/scan.ts it shares nothing with model/c, which is
 * what the bench judges.
 */

export interface Statement {
  readonly kind: "simple" | "if" | "switch" | "loop" | "block" | "label";
  readonly from: number;
  /** Behind its last character, with all that belongs to it. */
  readonly end: number;
  /** Its condition, parentheses included. */
  readonly head?: readonly [number, number];
  /** It stands among others between braces: what is put before it needs no braces of its own. */
  readonly inBlock: boolean;
  /** Braces around it, the body's own not counted. */
  readonly depth: number;
}

/** All statements between two braces, outer ones first; undefined where the text cannot be told apart. */
export function statementsIn(code: string, open: number, close: number): readonly Statement[] | undefined {
  const scan = new Scan(code, close);
  return scan.block(open + 1, 0) === close ? scan.found : undefined;
}

/** Behind the parenthesis or brace that closes the one at `open`. */
export function behindClosing(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if ("([{".includes(code[at] ?? "")) depth++;
    if (")]}".includes(code[at] ?? "") && --depth === 0) return at + 1;
  }
  return code.length;
}

type Where = Pick<Statement, "inBlock" | "depth">;

class Scan {
  readonly found: Statement[] = [];
  readonly #code: string;
  readonly #close: number;

  constructor(code: string, close: number) {
    this.#code = code;
    this.#close = close;
  }

  /** Reads up to the brace that closes a block, and tells where it stands. */
  block(from: number, depth: number): number {
    let at = this.#skip(from);
    while (at < this.#close && this.#code[at] !== "}")
      at = this.#skip(this.#statement(at, { inBlock: true, depth }));
    return at;
  }

  #statement(at: number, where: Where): number {
    if (this.#code[at] === "{")
      return this.#note("block", at, where, () => this.block(at + 1, where.depth + 1) + 1);
    const label = this.#match(/(?:case\b[^:;{}]*|default|[A-Za-z_]\w*)\s*:(?!:)/y, at);
    if (label !== undefined) return this.#note("label", at, where, () => at + label.length);
    const word = this.#match(/[A-Za-z_]\w*/y, at) ?? "";
    if (word === "do") return this.#note("loop", at, where, () => this.#doLoop(at, where));
    const open = this.#skip(at + word.length);
    if (word === "" || this.#code[open] !== "(") return this.#simple(at, where);
    const behind = behindClosing(this.#code, open);
    const kind = KINDS[word] ?? (this.#isLoopMacro(behind) ? "loop" : undefined);
    if (kind === undefined) return this.#simple(at, where);
    return this.#note(kind, at, where, () => this.#headed(behind, { ...where, isIf: kind === "if" }), [
      open,
      behind,
    ]);
  }

  /** Notes a statement before those within it. */
  #note(
    kind: Statement["kind"],
    from: number,
    where: Where,
    read: () => number,
    head?: readonly [number, number],
  ): number {
    const place = this.found.length;
    const open = { kind, from, end: from, ...where, ...(head && { head }) };
    this.found.push(open);
    const end = read();
    this.found[place] = { ...open, end };
    return end;
  }

  #headed(behind: number, { depth, isIf }: { readonly depth: number; readonly isIf: boolean }): number {
    const inner = { inBlock: false, depth: depth + 1 };
    const end = this.#statement(this.#skip(behind), inner);
    const next = this.#skip(end);
    if (!isIf || this.#match(/else\b/y, next) === undefined) return end;
    return this.#statement(this.#skip(next + "else".length), inner);
  }

  #doLoop(at: number, { depth }: Where): number {
    const end = this.#statement(this.#skip(at + "do".length), { inBlock: false, depth: depth + 1 });
    return this.#semicolon(end);
  }

  #simple(at: number, where: Where): number {
    return this.#note("simple", at, where, () => this.#semicolon(at));
  }

  #semicolon(from: number): number {
    for (let at = from; at < this.#close; at++) {
      if (this.#code[at] === ";") return at + 1;
      if ("([{".includes(this.#code[at] ?? "")) at = behindClosing(this.#code, at) - 1;
      // It was no statement.
      if (this.#code[at] === "}" && this.#code[from] !== "{" && this.#isUnopened(from, at))
        return this.#close + 1;
    }
    return this.#close + 1;
  }

  #isUnopened(from: number, at: number): boolean {
    const text = this.#code.slice(from, at + 1);
    return text.split("{").length < text.split("}").length;
  }

  /** `list_for_each_entry(...)`: a statement follows. */
  #isLoopMacro(behind: number): boolean {
    return /[{A-Za-z_]/.test(this.#code[this.#skip(behind)] ?? "");
  }

  #skip(at: number): number {
    let next = at;
    while (next < this.#close && /\s/.test(this.#code[next] ?? "")) next++;
    return next;
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.#code)?.[0];
  }
}

const KINDS: Readonly<Record<string, Statement["kind"]>> = {
  ...{ if: "if", switch: "switch", while: "loop", for: "loop" },
};
