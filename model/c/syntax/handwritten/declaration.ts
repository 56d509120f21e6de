import type { Expr, Stmt } from "../ast.ts";
import { readAssignment } from "./expression.ts";
import {
  ASSIGN,
  CLOSE_BRACE,
  COMMA,
  DOT,
  INDEX,
  INDEX_END,
  OPEN,
  OPEN_BRACE,
  SEMICOLON,
  STAR,
} from "./punctuators.ts";
import type { Reader } from "./reader.ts";
import { END, NAME, unsure } from "./tokens.ts";
import { isReserved, isTypeWord, skipSpecifiers, skipStars } from "./types.ts";

/** Whether the words at hand declare: `type name` or `type *name`, as the grammar would have it. */
export function isDeclaration(reader: Reader): boolean {
  if (isTypeWord(reader.word())) return true;
  if (isReserved(reader.word())) return false;
  let ahead = 1;
  while (reader.kind(ahead) === STAR) ahead++;
  if (reader.kind(ahead) !== NAME) return false;
  if (ahead === 1) return true;
  const behind = reader.kind(ahead + 1);
  if (behind === ASSIGN || behind === SEMICOLON || behind === COMMA || behind === INDEX) return true;
  return isTypeWord(reader.word(ahead)) || unsure();
}

export function readDeclaration(list: Stmt[], reader: Reader): void {
  skipSpecifiers(reader);
  do list.push(readDeclarator(reader));
  while (reader.skipIf(COMMA));
  reader.expectSemicolon();
}

function readDeclarator(reader: Reader): Stmt {
  const { at } = reader;
  skipStars(reader);
  const name = reader.name();
  if (isReserved(name) || isTypeWord(name) || reader.kind() === OPEN) unsure();
  while (reader.kind() === INDEX) reader.skipBalanced(INDEX, INDEX_END);
  if (!reader.skipIf(ASSIGN)) return { kind: "declare", name, at };
  return { kind: "declare", name, at, value: readInitializer(reader) };
}

/** An initialiser, or an expression. */
function readInitializer(reader: Reader): Expr {
  return reader.kind() === OPEN_BRACE ? readList(reader) : readAssignment(reader);
}

export function readList(reader: Reader): Expr {
  return reader.nested(() => {
    reader.expect(OPEN_BRACE);
    const items: Expr[] = [];
    while (reader.kind() !== CLOSE_BRACE) {
      skipDesignators(reader);
      items.push(readInitializer(reader));
      if (!reader.skipIf(COMMA) && reader.kind() !== CLOSE_BRACE) unsure();
      if (reader.kind() === END) unsure();
    }
    reader.skip();
    return { kind: "list", items };
  });
}

function skipDesignators(reader: Reader): void {
  let found = false;
  for (let kind = reader.kind(); kind === DOT || kind === INDEX; kind = reader.kind()) {
    found = true;
    if (kind === INDEX) reader.skipBalanced(INDEX, INDEX_END);
    else reader.skip(2);
  }
  if (found) reader.expect(ASSIGN);
}
