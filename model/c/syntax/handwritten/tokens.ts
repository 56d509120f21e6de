import { NotModelled } from "../../../not-modelled.ts";
import { ARROW, ASSIGN, DOT, MINUS } from "./punctuators.ts";

/** Made once: to make one takes longer than to read most bodies. */
const NOT_PLAIN = new NotModelled({ kind: "not plain C" });

/** The text is not plainly C as the handwritten parser knows it: the grammar has to tell. */
export function unsure(): never {
  throw NOT_PLAIN;
}

export const END = 0;
export const NAME = 1;
export const NUMBER = 2;
/** A string or a character constant. */
export const QUOTED = 3;

/** The tokens of a text; a punctuator's kind is its characters, the first in the lowest byte. */
export interface Tokens {
  readonly text: string;
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const SPACE = 0;
const OTHER = 1;
const LETTER = 2;
const DIGIT = 3;
const QUOTE = 4;
const MARK = 5;
const CLASSES = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(128).fill(OTHER);
  const set = (characters: string, to: number) => {
    for (const each of characters) table[each.charCodeAt(0)] = to;
  };
  set(" \t\n\r\f\v", SPACE);
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$", LETTER);
  set("0123456789", DIGIT);
  set("\"'", QUOTE);
  set("(){}[];,.?:=+-*/%&|^!~<>", MARK);
  return table;
}

/** Splits a text without comments and directives. Throws NotModelled for what is none of C's. */
export function tokensOf(text: string): Tokens {
  const kinds: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < text.length; ) {
    const kind = CLASSES[text.charCodeAt(at)];
    if (kind === SPACE) {
      at++;
      continue;
    }
    starts.push(at);
    if (kind === LETTER) {
      kinds.push(NAME);
      at = wordEnd(text, at);
    } else if (kind === MARK) {
      const mark = markAt(text, at);
      kinds.push(mark);
      at += mark > 0xffff ? 3 : mark > 0xff ? 2 : 1;
    } else if (kind === DIGIT) {
      kinds.push(NUMBER);
      at = numberEnd(text, at);
    } else if (kind === QUOTE) {
      kinds.push(QUOTED);
      at = quotedEnd(text, at);
    } else unsure();
    ends.push(at);
  }
  for (const each of [starts, ends]) each.push(text.length);
  kinds.push(END);
  return { text, kinds, starts, ends };
}

function wordEnd(text: string, from: number): number {
  let at = from + 1;
  for (let kind = CLASSES[text.charCodeAt(at)]; kind === LETTER || kind === DIGIT; ) {
    kind = CLASSES[text.charCodeAt(++at)];
  }
  return at;
}

const INTEGER = /^(?:0[xX][\da-fA-F]+|0[bB][01]+|\d+)[uUlL]*$/;

/** Floating point is not the kernel's. */
function numberEnd(text: string, from: number): number {
  const at = wordEnd(text, from);
  const isInteger = at === from + 1 || INTEGER.test(text.slice(from, at));
  return isInteger && text[at] !== "." ? at : unsure();
}

/** The insides of literals are blanked: the next quote ends it. */
function quotedEnd(text: string, from: number): number {
  const end = text.indexOf(text[from] ?? "", from + 1);
  return end < 0 ? unsure() : end + 1;
}

const GREATER = ">".charCodeAt(0);
const LESS = "<".charCodeAt(0);
/** Marks that an `=` may follow. */
const WITH_EQUALS = new Set([..."=!<>+-*/%&|^"].map((each) => each.charCodeAt(0)));
/** Marks that may stand twice. */
const DOUBLED = new Set([..."&|+-<>"].map((each) => each.charCodeAt(0)));

function markAt(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  if (first === MINUS && second === GREATER) return ARROW;
  if (first === DOT) return CLASSES[second] === DIGIT || second === DOT ? unsure() : first;
  if (second === first && DOUBLED.has(first)) {
    const shift = first === LESS || first === GREATER;
    const assigns = shift && text.charCodeAt(at + 2) === ASSIGN;
    return first | (second << 8) | (assigns ? ASSIGN << 16 : 0);
  }
  return second === ASSIGN && WITH_EQUALS.has(first) ? first | (second << 8) : first;
}
