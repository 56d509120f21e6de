import type { Expr } from "../ast.ts";
import { readList } from "./declaration.ts";
import { readAssignment, readExpression, readUnary } from "./expression.ts";
import {
  AND,
  ARROW,
  CLOSE,
  COMMA,
  DOT,
  INDEX,
  INDEX_END,
  MINUS,
  OPEN,
  OPEN_BRACE,
  PLUS,
  PREFIXES,
  STAR,
  STEPS,
} from "./punctuators.ts";
import type { Reader } from "./reader.ts";
import { readBlock } from "./statement.ts";
import { NAME, NUMBER, QUOTED, unsure } from "./tokens.ts";
import { isReserved, isTypeWord, skipSpecifiers, skipStars } from "./types.ts";

const CONSTANTS: ReadonlySet<string> = new Set(["NULL", "nullptr", "true", "false", "TRUE", "FALSE"]);

export function readPostfix(reader: Reader): Expr {
  const { at } = reader;
  let base = readPrimary(reader);
  for (;;) {
    const kind = reader.kind();
    if (kind === OPEN) base = { kind: "call", callee: base, args: readArguments(reader), at };
    else if (kind === ARROW || kind === DOT) {
      reader.skip();
      base = { kind: "member", base, field: reader.name(), arrow: kind === ARROW };
    } else if (kind === INDEX) {
      reader.skip();
      base = { kind: "index", base, index: readAssignment(reader) };
      reader.expect(INDEX_END);
    } else {
      const operator = STEPS.get(kind);
      if (operator === undefined) return base;
      reader.skip();
      base = { kind: "step", operator, prefix: false, operand: base, at };
    }
  }
}

export const isPostfix = (kind: number): boolean =>
  kind === INDEX || kind === OPEN || kind === DOT || kind === ARROW || kind === OPEN_BRACE || STEPS.has(kind);

function readArguments(reader: Reader): readonly Expr[] {
  reader.expect(OPEN);
  const args: Expr[] = [];
  if (reader.skipIf(CLOSE)) return args;
  do args.push(readAssignment(reader));
  while (reader.skipIf(COMMA));
  reader.expect(CLOSE);
  return args;
}

function readPrimary(reader: Reader): Expr {
  const kind = reader.kind();
  if (kind === OPEN) return readParenthesis(reader);
  if (kind === NUMBER) return literal(reader);
  if (kind === QUOTED) return readStrings(reader);
  if (kind !== NAME) unsure();
  if (reader.kind(1) === QUOTED) return readStrings(reader);
  const word = reader.word();
  if (CONSTANTS.has(word)) return literal(reader);
  if (isReserved(word) || isTypeWord(word)) unsure();
  reader.skip();
  return { kind: "name", name: word };
}

/** Strings side by side, names of strings among them, are one. */
function readStrings(reader: Reader): Expr {
  const { start } = reader;
  if (reader.kind() === NAME && /^(?:L|u|U|u8)$/.test(reader.word())) unsure();
  while (reader.kind() === QUOTED || (reader.kind() === NAME && !isReserved(reader.word()))) reader.skip();
  return { kind: "literal", text: reader.text.slice(start, reader.end) };
}

function readParenthesis(reader: Reader): Expr {
  if (reader.kind(1) === OPEN_BRACE) return readStatementExpression(reader);
  if (isCast(reader)) return readCast(reader);
  reader.skip();
  const inner = readExpression(reader);
  reader.expect(CLOSE);
  return inner;
}

function readStatementExpression(reader: Reader): Expr {
  reader.skip();
  const { body } = readBlock(reader);
  reader.expect(CLOSE);
  return { kind: "block", body };
}

/** Whether a type stands in the parentheses. Throws NotModelled where only its declaration would tell. */
function isCast(reader: Reader): boolean {
  if (reader.kind(1) !== NAME) return false;
  if (isTypeWord(reader.word(1))) return true;
  if (reader.kind(2) === STAR) return isPointerType(reader);
  if (reader.kind(2) !== CLOSE) return false;
  const behind = reader.kind(3);
  if (behind === OPEN || behind === STAR || behind === AND || behind === MINUS || behind === PLUS) unsure();
  if (behind === NAME || behind === NUMBER || behind === QUOTED || behind === OPEN_BRACE) return true;
  return PREFIXES.has(behind);
}

/** `(type *)`, but `(a * b)`. */
function isPointerType(reader: Reader): boolean {
  let ahead = 3;
  while (reader.kind(ahead) === STAR) ahead++;
  return reader.kind(ahead) === CLOSE;
}

/** The value alone: of types nothing is known. */
function readCast(reader: Reader): Expr {
  reader.skip();
  skipSpecifiers(reader);
  skipStars(reader);
  reader.expect(CLOSE);
  if (reader.kind() === OPEN_BRACE) return readList(reader);
  return reader.nested(() => readUnary(reader));
}

function literal(reader: Reader): Expr {
  const text = reader.word();
  reader.skip();
  if (reader.kind() === NAME || reader.kind() === NUMBER) unsure();
  return { kind: "literal", text };
}

/** To the grammar a sign belongs to the digits that it touches. */
export function isSignedNumber(reader: Reader): boolean {
  const kind = reader.kind();
  return (kind === MINUS || kind === PLUS) && reader.kind(1) === NUMBER && reader.touches();
}

export function readSigned(reader: Reader): Expr {
  const { start } = reader;
  reader.skip();
  literal(reader);
  return { kind: "literal", text: reader.text.slice(start, reader.end) };
}
