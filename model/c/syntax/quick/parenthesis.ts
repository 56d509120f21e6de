import type { Expr } from "../ast.ts";
import { readExpression, readUnary } from "./expression.ts";
import { readList } from "./initializer.ts";
import { AND, CLOSE, MINUS, OPEN, OPEN_BRACE, PLUS, STAR } from "./marks.ts";
import { PREFIXES } from "./operators.ts";
import type { Reader } from "./reader.ts";
import { readBlock } from "./statement.ts";
import { NAME, NUMBER, QUOTED, unsure } from "./tokens.ts";
import { isTypeWord, skipSpecifiers, skipStars } from "./types.ts";

export function readParenthesis(reader: Reader): Expr {
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
