import type { Expr } from "../ast.ts";
import { MINUS, PLUS } from "./marks.ts";
import type { Reader } from "./reader.ts";
import { NAME, NUMBER, unsure } from "./tokens.ts";

export function literal(reader: Reader): Expr {
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
