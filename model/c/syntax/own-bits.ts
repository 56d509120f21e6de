import { type CallExpr, calleeName, type Expr, type Stmt } from "./ast.ts";
import { declaredIn, nodesIn } from "./rename.ts";

/** What calls do to a bit of a word (include/linux/bitops.h): `sets`, `clears`, asks first or only. */
const OPERATION = /^(?:__|arch_|raw_)?(?:test_and_(set|clear)|(set|clear|test))_bit(?:_lock|_unlock)?$/;

/**
 * Bits of a word that the function declares itself, as the operators that they stand for: `set_bit(HELD, &word)` as
 * `word |= BIT_HELD`, `test_bit(HELD, &word)` as `word & BIT_HELD`. `numberOf` tells the number of a name, where it is known.
 */
export function withOwnBits(
  body: readonly Stmt[],
  numberOf: (name: string) => number | undefined,
): readonly Stmt[] {
  const declared = new Set(declaredIn(body));
  const isOwn = (each: Expr | Stmt) => each.kind === "call" && wordOf(each, declared) !== undefined;
  if (declared.size === 0 || !nodesIn(body).some(isOwn)) return body;
  const go = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(go);
    if (typeof part !== "object" || part === null) return part;
    const made = Object.fromEntries(Object.entries(part).map(([name, each]) => [name, go(each)]));
    return made["kind"] === "call" ? asOperator(made as unknown as CallExpr, declared, numberOf) : made;
  };
  return go(body) as readonly Stmt[];
}

/** The variable whose bit a call is about. */
function wordOf(call: CallExpr, declared: ReadonlySet<string>): Expr | undefined {
  const [, place] = call.args;
  if (!OPERATION.test(calleeName(call) ?? "") || call.args.length !== 2) return undefined;
  const word = place?.kind === "unary" && place.operator === "&" ? place.operand : undefined;
  return word?.kind === "name" && declared.has(word.name) ? word : undefined;
}

function asOperator(
  call: CallExpr,
  declared: ReadonlySet<string>,
  numberOf: (name: string) => number | undefined,
): Expr {
  const word = wordOf(call, declared);
  const [which] = call.args;
  if (calleeName(call) === "BIT" && which) return bitOf(which, numberOf) ?? call;
  const bit = word && which && bitOf(which, numberOf);
  if (!word || !bit) return call;
  const { at } = call;
  const [, changes, plain] = OPERATION.exec(calleeName(call) ?? "") ?? [];
  const asked: Expr = { kind: "binary", operator: "&", left: word, right: bit };
  const put = (operator: string, right: Expr): Expr => ({ kind: "assign", operator, left: word, right, at });
  const set = put("|=", bit);
  const clear = put("&=", { kind: "unary", operator: "~", operand: bit });
  if (plain !== undefined) return plain === "test" ? asked : plain === "set" ? set : clear;
  const number = (text: string): Expr => ({ kind: "literal", text });
  const [yes, no] =
    changes === "set"
      ? [number("1"), { kind: "comma", left: set, right: number("0") } as const]
      : [{ kind: "comma", left: clear, right: number("1") } as const, number("0")];
  return { kind: "conditional", test: asked, yes, no, at };
}

/** More bits than that are not told by numbers. */
const MAX_BIT = 30;

/** The mask of a bit by its number or name. */
function bitOf(which: Expr, numberOf: (name: string) => number | undefined): Expr | undefined {
  const number =
    which.kind === "literal" && /^\d+$/.test(which.text)
      ? Number(which.text)
      : which.kind === "name"
        ? numberOf(which.name)
        : undefined;
  if (number !== undefined && number <= MAX_BIT) return { kind: "literal", text: String(2 ** number) };
  return which.kind === "name" && /^[A-Z][A-Z0-9_]*$/.test(which.name)
    ? { kind: "name", name: `BIT_${which.name}` }
    : undefined;
}
