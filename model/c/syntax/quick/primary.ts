import type { Expr } from "../ast.ts";
import { readAssignment } from "./expression.ts";
import { literal } from "./literal.ts";
import { ARROW, CLOSE, COMMA, DOT, INDEX, INDEX_END, OPEN, OPEN_BRACE } from "./marks.ts";
import { STEPS } from "./operators.ts";
import { readParenthesis } from "./parenthesis.ts";
import type { Reader } from "./reader.ts";
import { NAME, NUMBER, QUOTED, unsure } from "./tokens.ts";
import { isReserved, isTypeWord } from "./types.ts";

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
