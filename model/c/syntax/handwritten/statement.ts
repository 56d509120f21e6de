import { COMPUTED } from "../../source/normalise.ts";
import { commaItems, type Expr, type Stmt } from "../ast.ts";
import { isDeclaration, readDeclaration } from "./declaration.ts";
import { readExpression } from "./expression.ts";
import { CLOSE, CLOSE_BRACE, COLON, OPEN, OPEN_BRACE, SEMICOLON } from "./punctuators.ts";
import type { Reader } from "./reader.ts";
import { END, NAME, unsure } from "./tokens.ts";
import { isReserved } from "./types.ts";

type Read = (reader: Reader, at: number) => Stmt;

/** Statements that start with a word of their own; the word is skipped. */
const STATEMENTS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["if", readIf],
  ["while", readWhile],
  ["do", readDo],
  ["for", readFor],
  [
    "switch",
    (reader, at) => ({ kind: "switch", subject: readCondition(reader), body: readBody(reader), at }),
  ],
  ["goto", readGoto],
  ["break", readJump("break")],
  ["continue", readJump("continue")],
  ["return", readReturn],
]);

/** `{ ... }`, with where its closing brace stands. */
export function readBlock(reader: Reader): Stmt & { kind: "block" } {
  return reader.nested(() => {
    reader.expect(OPEN_BRACE);
    const body: Stmt[] = [];
    while (reader.kind() !== CLOSE_BRACE) {
      if (reader.kind() === END) unsure();
      readInto(body, reader);
    }
    const end = reader.at;
    reader.skip();
    return { kind: "block", body, end };
  });
}

/** Reads a statement, or a label before one. */
function readInto(list: Stmt[], reader: Reader): void {
  const { at } = reader;
  const kind = reader.kind();
  if (reader.skipIf(SEMICOLON)) return;
  if (kind === OPEN_BRACE) list.push(readBlock(reader));
  else if (kind !== NAME) list.push(readExpressionStatement(reader, at));
  else readWordInto(list, reader, at);
}

function readWordInto(list: Stmt[], reader: Reader, at: number): void {
  const word = reader.word();
  const read = STATEMENTS.get(word);
  if (read) {
    reader.skip();
    list.push(reader.nested(() => read(reader, at)));
  } else if (word === "case" || word === "default") list.push(readCase(reader, word, at));
  else if (reader.kind(1) === COLON) list.push(readLabel(reader, at));
  else if (isDeclaration(reader)) readDeclaration(list, reader);
  else list.push(readExpressionStatement(reader, at));
}

function readExpressionStatement(reader: Reader, at: number): Stmt {
  const value = readExpression(reader);
  reader.expectSemicolon();
  if (looksLikeType(value)) unsure();
  return { kind: "expression", value, at };
}

/** The grammar may take `f(g(a * b));` for a type that a macro makes of a type. */
function looksLikeType(value: Expr): boolean {
  const [inner, ...others] = value.kind === "call" ? value.args : [];
  if (inner?.kind !== "call" || others.length > 0) return false;
  return inner.args.some((each) => each.kind === "binary" && each.operator === "*");
}

function readCase(reader: Reader, word: string, at: number): Stmt {
  reader.skip();
  const value = word === "case" ? readExpression(reader) : undefined;
  if (value?.kind === "comma") unsure();
  reader.expect(COLON);
  return { kind: "case", ...(value && { value }), at };
}

function readLabel(reader: Reader, at: number): Stmt {
  const name = reader.name();
  reader.expect(COLON);
  if (isReserved(name) || reader.kind() === CLOSE_BRACE) unsure();
  return { kind: "label", name, at };
}

/** The statement that belongs to an `if` or a loop: nothing, or several, count as a block. */
function readBody(reader: Reader): Stmt {
  if (reader.kind() === NAME && (/^(?:case|default)$/.test(reader.word()) || reader.kind(1) === COLON))
    unsure();
  const list: Stmt[] = [];
  readInto(list, reader);
  const [only] = list;
  // C has no declaration there: a piece of something else may have come in between.
  if (only?.kind === "declare") unsure();
  return list.length === 1 && only ? only : { kind: "block", body: list, end: reader.end + reader.shift };
}

function readCondition(reader: Reader): Expr {
  reader.expect(OPEN);
  if (reader.kind() === OPEN_BRACE) unsure();
  const condition = readExpression(reader);
  reader.expect(CLOSE);
  return condition;
}

function readIf(reader: Reader, at: number): Stmt {
  const test = readCondition(reader);
  const yes = readBody(reader);
  if (reader.kind() !== NAME || reader.word() !== "else") return { kind: "if", test, yes, at };
  reader.skip();
  return { kind: "if", test, yes, no: readBody(reader), at };
}

function readWhile(reader: Reader, at: number): Stmt {
  const name = reader.macros.get(at - reader.shift);
  const test = readCondition(reader);
  const body = readBody(reader);
  if (name === undefined) return { kind: "while", test, body, at };
  return { kind: "macro", name, args: commaItems(test), body, at };
}

function readDo(reader: Reader, at: number): Stmt {
  const body = readBody(reader);
  if (reader.name() !== "while" || reader.macros.has(reader.start)) unsure();
  const test = readCondition(reader);
  reader.expectSemicolon();
  return { kind: "do", test, body, at };
}

function readFor(reader: Reader, at: number): Stmt {
  reader.expect(OPEN);
  const first: Stmt[] = [];
  const begins = reader.kind() !== SEMICOLON;
  readInto(first, reader);
  const test = reader.kind() === SEMICOLON ? undefined : readExpression(reader);
  reader.expectSemicolon();
  const advance = reader.kind() === CLOSE ? undefined : readExpression(reader);
  reader.expect(CLOSE);
  return {
    kind: "for",
    ...(begins && { first: { kind: "block", body: first, end: at } as const }),
    ...(test && { test }),
    ...(advance && { advance }),
    body: readBody(reader),
    at,
  };
}

function readGoto(reader: Reader, at: number): Stmt {
  const name = reader.name();
  reader.expectSemicolon();
  return name === COMPUTED ? { kind: "computed goto", at } : { kind: "goto", name, at };
}

function readJump(kind: "break" | "continue"): Read {
  return (reader, at) => {
    reader.expectSemicolon();
    return { kind, at };
  };
}

function readReturn(reader: Reader, at: number): Stmt {
  if (reader.skipIf(SEMICOLON)) return { kind: "return", at };
  const value = readExpression(reader);
  reader.expectSemicolon();
  return { kind: "return", value, at };
}
