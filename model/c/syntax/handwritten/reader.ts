import { SEMICOLON } from "./punctuators.ts";
import { NAME, type Tokens, tokensOf, unsure } from "./tokens.ts";

/** Deeper nesting than this is left to the grammar. */
const DEEPEST = 200;

/** Reads tokens one by one. */
export class Reader {
  readonly text: string;
  /** Added to a position to give an offset of the file. */
  readonly shift: number;
  /** Macros that read as `while`, by position. */
  readonly macros: ReadonlyMap<number, string>;
  readonly #tokens: Tokens;
  #position = 0;
  #depth = 0;

  constructor(text: string, shift: number, macros: ReadonlyMap<number, string>) {
    this.text = text;
    this.shift = shift;
    this.macros = macros;
    this.#tokens = tokensOf(text);
  }

  /** The kind of the token at hand, or of one behind it. */
  kind(ahead = 0): number {
    return this.#tokens.kinds[this.#position + ahead] ?? 0;
  }

  word(ahead = 0): string {
    const at = this.#position + ahead;
    return this.text.slice(this.#tokens.starts[at], this.#tokens.ends[at]);
  }

  /** Where the token at hand starts, in the text. */
  get start(): number {
    return this.#tokens.starts[this.#position] ?? 0;
  }

  /** The same in the file. */
  get at(): number {
    return this.start + this.shift;
  }

  /** Where the token before ends, in the text. */
  get end(): number {
    return this.#tokens.ends[this.#position - 1] ?? 0;
  }

  /** Whether the next token follows the one at hand without a blank. */
  touches(): boolean {
    return this.#tokens.ends[this.#position] === this.#tokens.starts[this.#position + 1];
  }

  skip(count = 1): void {
    this.#position += count;
  }

  /** Skips the token where it is of the kind. */
  skipIf(kind: number): boolean {
    if (this.kind() !== kind) return false;
    this.#position++;
    return true;
  }

  expect(kind: number): void {
    if (!this.skipIf(kind)) unsure();
  }

  expectSemicolon(): void {
    this.expect(SEMICOLON);
  }

  name(): string {
    if (this.kind() !== NAME) unsure();
    const word = this.word();
    this.#position++;
    return word;
  }

  /** Skips from an opening mark to behind the one that closes it. */
  skipBalanced(open: number, close: number): void {
    let depth = 0;
    do {
      const kind = this.kind();
      if (kind === 0) unsure();
      if (kind === open) depth++;
      else if (kind === close) depth--;
      this.#position++;
    } while (depth > 0);
  }

  /** Reads something that may contain others of its kind. */
  nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) unsure();
    const result = read();
    this.#depth--;
    return result;
  }
}
