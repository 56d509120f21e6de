import type { Stmt } from "../ast.ts";
import { readInitializer } from "./initializer.ts";
import { ASSIGN, COMMA, INDEX, INDEX_END, OPEN, SEMICOLON, STAR } from "./marks.ts";
import type { Reader } from "./reader.ts";
import { NAME, unsure } from "./tokens.ts";
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
