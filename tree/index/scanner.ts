import { deadEnd, readCondition } from "./arms.ts";
import { Blocks, type Tag } from "./blocks.ts";
import type { Handler } from "./facts.ts";
import {
  commentEnd,
  DIGIT,
  directiveEnd,
  kindOf,
  LETTER,
  LINE_END,
  literalEnd,
  SPACE,
  skipSpace,
  wordEnd,
} from "./letters.ts";
import { macroAt, NO_CALL } from "./macro.ts";
import { PendingCalls } from "./pending-calls.ts";

/** The latest token, as far as it matters. */
type Token = "name" | "member" | "dot" | "struct" | "union" | "tag" | "other";

/** Goes once through C, one character a byte, and tells what it calls and sets; blocks tell what it defines. */
export class Scanner {
  readonly blocks: Blocks;
  readonly pending: PendingCalls;
  readonly handlers: Handler[] = [];
  readonly includes: string[] = [];
  readonly #text: string;
  #last: Token = "other";
  /** Of the latest word, and of the word that begins a type. */
  #from = 0;
  #to = 0;
  #typeFrom = 0;
  #typeKind: Tag["kind"] = "struct";

  constructor(text: string) {
    this.#text = text;
    this.blocks = new Blocks(text);
    this.pending = new PendingCalls(text);
  }

  scan(from: number, end: number): void {
    const text = this.#text;
    let isLineStart = true;
    for (let at = from; at < end; ) {
      const code = text.charCodeAt(at);
      const kind = kindOf(code);
      if (kind === SPACE) at++;
      else if (kind === LINE_END) {
        at++;
        isLineStart = true;
      } else {
        if (kind === LETTER) at = this.#word(at);
        else if (code === HASH && isLineStart) at = this.#directive(at);
        else if (code === SLASH) at = this.#slash(at);
        else if (kind === DIGIT) at = this.#other(wordEnd(text, at));
        else at = this.#punctuation(code, at);
        isLineStart = false;
      }
    }
  }

  #word(from: number): number {
    const to = wordEnd(this.#text, from);
    this.blocks.token(from);
    if (this.#last === "dot") this.pending.other();
    else this.pending.word(from, to);
    this.#last = this.#wordAfter(this.#last, from, to);
    this.#from = from;
    this.#to = to;
    return to;
  }

  #wordAfter(last: Token, from: number, to: number): Token {
    if (last === "dot") return "member";
    if (last === "struct" || last === "union") return "tag";
    const kind = this.#typeWord(from, to);
    if (kind === undefined) return "name";
    this.#typeFrom = from;
    this.#typeKind = kind;
    return kind;
  }

  #typeWord(from: number, to: number): Tag["kind"] | undefined {
    if (to - from === 6 && this.#text.startsWith("struct", from)) return "struct";
    return to - from === 5 && this.#text.startsWith("union", from) ? "union" : undefined;
  }

  #slash(at: number): number {
    const end = commentEnd(this.#text, at);
    return end > at ? end : this.#other(at + 1);
  }

  #other(next: number): number {
    this.pending.other();
    this.#last = "other";
    return next;
  }

  #punctuation(code: number, at: number): number {
    const next = at + 1;
    switch (code) {
      case 0x28:
        return this.#parenthesis(at);
      case 0x29:
        this.pending.close();
        return this.#after(next);
      case 0x2c:
        this.pending.comma();
        return this.#after(next);
      case 0x26:
        return this.#after(next);
      case 0x2e:
        this.pending.other();
        this.#last = "dot";
        return next;
      case 0x2d:
        if (this.#text.charCodeAt(next) !== 0x3e) return this.#other(next);
        this.pending.other();
        this.#last = "dot";
        return next + 1;
      case 0x3d:
        return this.#equals(at);
      case 0x22:
      case 0x27:
        return this.#other(literalEnd(this.#text, at));
      default:
        return this.#block(code, at);
    }
  }

  #block(code: number, at: number): number {
    if (code === 0x7b) {
      const name = this.#text.slice(this.#from, this.#to);
      const isType = this.#last === "tag";
      this.blocks.enter(at, isType ? { kind: this.#typeKind, name, from: this.#typeFrom } : undefined);
      this.pending.forget();
    } else if (code === 0x7d) {
      this.blocks.leave(at);
      this.pending.forget();
    } else if (code === 0x3b) {
      this.blocks.statementEnd();
      if (this.blocks.depth === 0) this.pending.forget();
    }
    return this.#other(at + 1);
  }

  /** As `#other`, where it is told already. */
  #after(next: number): number {
    this.#last = "other";
    return next;
  }

  #parenthesis(at: number): number {
    const isCall = this.#last === "name" || this.#last === "member";
    const word = isCall ? this.#text.slice(this.#from, this.#to) : "";
    const name = NO_CALL.has(word) ? "" : this.#last === "member" ? `.${word}` : word;
    if (name !== "") this.blocks.call(name, at, this.pending.depth > 0);
    this.pending.open(name);
    return this.#after(at + 1);
  }

  #equals(at: number): number {
    if (this.#text.charCodeAt(at + 1) === 0x3d) return this.#other(at + 2);
    const isAssignment = !OPERATORS.includes(this.#text[at - 1] ?? " ");
    if (isAssignment) this.blocks.assignment(this.pending.depth > 0);
    if (isAssignment && this.#last === "member") this.#setMember(at + 1);
    return this.#other(at + 1);
  }

  /** A name, or its address, that is all that a member is set to. */
  #setMember(behind: number): void {
    const text = this.#text;
    let at = skipSpace(text, behind);
    if (text.charCodeAt(at) === 0x26) at = skipSpace(text, at + 1);
    if (kindOf(text.charCodeAt(at)) !== LETTER) return;
    const to = wordEnd(text, at);
    const name = text.slice(at, to);
    if (!",;}".includes(text[skipSpace(text, to)] ?? "x") || NO_FUNCTION.has(name)) return;
    this.handlers.push({ function: name, place: `.${text.slice(this.#from, this.#to)}`, at });
  }

  #directive(at: number): number {
    const text = this.#text;
    const word = skipBlanks(text, at + 1);
    this.#last = "other";
    this.blocks.directive(isConditional(text, word));
    if (text.startsWith("define", word)) return this.#define(at, skipBlanks(text, word + 6));
    const end = directiveEnd(text, at);
    if (text.startsWith("include", word)) this.#include(text.slice(word, end));
    if (!isConditional(text, word)) return end;
    const { word: kind, asks } = readCondition(`#${text.slice(word, end)}`);
    if (kind === "endif") this.blocks.arms.leave();
    else if (kind.startsWith("if")) this.blocks.enterArm(isGuard(text, word, end) ? "" : asks);
    else this.blocks.nextArm(kind === "elif" ? asks : "", at);
    return asks === "0" && (kind === "if" || kind === "elif") ? deadEnd(text, end) : end;
  }

  #define(from: number, name: number): number {
    const macro = macroAt(this.#text, name);
    if (!macro) return directiveEnd(this.#text, from);
    const { isFunction, ...rest } = macro;
    if (isFunction || rest.calls.length > 0)
      this.blocks.macro(isFunction ? "macro" : "object-macro", { ...rest, from });
    return rest.to;
  }

  #include(directive: string): void {
    const name = /^include[ \t]*("[^"\n]+"|<[^>\n]+>)/.exec(directive)?.[1];
    if (name !== undefined) this.includes.push(name);
  }
}

const [HASH, SLASH] = [0x23, 0x2f];
/** What makes an `=` behind it another operator. */
const OPERATORS = "=!<>+-*/|&^%";
const NO_FUNCTION = new Set("NULL true false".split(" "));

const isConditional = (text: string, word: number): boolean =>
  text.startsWith("if", word) || text.startsWith("el", word) || text.startsWith("endif", word);

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (kindOf(text.charCodeAt(at)) === SPACE) at++;
  return at;
}

/** Whether an `#ifndef` keeps a header from being read twice: what it asks for is defined at once. */
function isGuard(text: string, word: number, end: number): boolean {
  if (!text.startsWith("ifndef", word)) return false;
  const name = /\w+/.exec(text.slice(word + 6, end))?.[0];
  const next = skipSpace(text, end);
  return (
    name !== undefined && new RegExp(`^#[ \\t]*define[ \\t]+${name}\\b`).test(text.slice(next, next + 200))
  );
}
