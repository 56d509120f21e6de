import type { Expr } from "../ast.ts";
import { isPostfix, isSignedNumber, readPostfix, readSigned } from "./primary.ts";
import {
  AND,
  ASSIGNMENTS,
  BINARY,
  CLOSE,
  COLON,
  COMMA,
  OPEN,
  PREFIXES,
  QUESTION,
  STAR,
  STEPS,
} from "./punctuators.ts";
import type { Reader } from "./reader.ts";
import { NAME, unsure } from "./tokens.ts";

/** What may be assigned to. */
const PLACES: ReadonlySet<Expr["kind"]> = new Set(["name", "member", "index", "call"]);

/** An expression with commas, nested to the right. */
export function readExpression(reader: Reader): Expr {
  const left = readAssignment(reader);
  if (!reader.skipIf(COMMA)) return left;
  return { kind: "comma", left, right: reader.nested(() => readExpression(reader)) };
}

/** An expression without commas of its own. */
export function readAssignment(reader: Reader): Expr {
  return reader.nested(() => {
    const { at, start } = reader;
    const bare = reader.kind() !== OPEN;
    const left = readUnary(reader);
    const operator = ASSIGNMENTS.get(reader.kind());
    if (operator === undefined) return readConditional(readBinary(left, 0, reader), at, reader);
    const isPlace = PLACES.has(left.kind) || (left.kind === "unary" && reader.text[start] !== "!");
    if (bare && !isPlace) unsure();
    reader.skip();
    return { kind: "assign", operator, left, right: readAssignment(reader), at };
  });
}

function readConditional(test: Expr, at: number, reader: Reader): Expr {
  if (ASSIGNMENTS.has(reader.kind())) unsure();
  if (!reader.skipIf(QUESTION)) return test;
  const yes = reader.kind() === COLON ? undefined : readExpression(reader);
  reader.expect(COLON);
  const no = readAssignment(reader);
  return { kind: "conditional", test, ...(yes && { yes }), no, at };
}

/** Joins what follows `first` as long as it binds at least so closely. */
function readBinary(first: Expr, least: number, reader: Reader): Expr {
  let left = first;
  for (let found = BINARY.get(reader.kind()); found && found[0] >= least; found = BINARY.get(reader.kind())) {
    const [strength, operator] = found;
    reader.skip();
    const right = readBinary(readUnary(reader), strength + 1, reader);
    left = { kind: "binary", operator, left, right };
  }
  return left;
}

export function readUnary(reader: Reader): Expr {
  const kind = reader.kind();
  if (kind === NAME && reader.word() === "sizeof") return readSizeof(reader);
  const { at } = reader;
  const step = STEPS.get(kind);
  if (step !== undefined) {
    reader.skip();
    return {
      kind: "step",
      operator: step,
      prefix: true,
      operand: reader.nested(() => readUnary(reader)),
      at,
    };
  }
  const operator = PREFIXES.get(kind);
  if (operator === undefined) return readPostfix(reader);
  if (isSignedNumber(reader)) return readSigned(reader);
  reader.skip();
  const operand = reader.nested(() => readUnary(reader));
  // The grammar says that a step behind such an operator starts at the operator.
  if (operand.kind === "step" && !operand.prefix && kind !== STAR && kind !== AND)
    return { kind: "unary", operator, operand: { ...operand, at } };
  return { kind: "unary", operator, operand };
}

function readSizeof(reader: Reader): Expr {
  const { start } = reader;
  reader.skip();
  if (reader.kind() !== OPEN) unsure();
  reader.skipBalanced(OPEN, CLOSE);
  if (isPostfix(reader.kind()) || isSignedNumber(reader)) unsure();
  return { kind: "literal", text: reader.text.slice(start, reader.end) };
}
