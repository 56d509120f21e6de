import { GAP_CALLEE } from "../source/text.ts";
import { type CallExpr, calleeName, type Expr, type Stmt } from "../syntax/ast.ts";
import { changedIn, declaredIn, nodesIn, substituteIn } from "../syntax/rename.ts";
import { withSameAccess } from "./accessed.ts";
import { SUFFIX } from "./builder.ts";
import type { Building } from "./expression.ts";
import type { Value } from "./graph.ts";
import { labelsOf } from "./labels.ts";
import { placeOf, stripped } from "./print.ts";
import { buildDeclaration, buildStatements } from "./statement.ts";

/** A function whose body is laid in place of a call. */
export interface InlineBody {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly statements: readonly Stmt[];
  /** What it does by a condition that is open there counts for no more than a guess. */
  readonly tellsGuesses?: true;
  /** What it returns or puts behind pointers says what it has done to locks: then the caller knows, whatever decided. */
  readonly tellsAll?: true;
  /** It puts values that are known behind its parameters: `*locked = true`. */
  readonly fillsIn?: true;
  /** It is laid only where nothing but the body tells what is asked. */
  readonly isLarge?: true;
}

const MAX_STATEMENTS = 40;
const MAX_STATEMENTS_OF_LARGE = 250;
const NOT_LAID: ReadonlySet<string> = new Set(["unreadable", "computed goto", "asm goto"]);

/**
 * Whether a body is small enough to be laid wherever it is called; undefined for one that is too large to be laid, or
 * not understood to its end.
 */
export function sizeOf(statements: readonly Stmt[]): "small" | "large" | undefined {
  const nodes = nodesIn(statements);
  const kinds = nodes.map(({ kind }) => kind);
  // What a patch does not show may decide on what it shows.
  const hasGap = nodes.some((each) => each.kind === "call" && calleeName(each) === GAP_CALLEE);
  const size = kinds.filter((kind) => COUNTED.has(kind)).length;
  if (hasGap || size > MAX_STATEMENTS_OF_LARGE || kinds.some((kind) => NOT_LAID.has(kind))) return undefined;
  return size > MAX_STATEMENTS ? "large" : "small";
}

const COUNTED: ReadonlySet<string> = new Set([
  ...["expression", "declare", "if", "while", "do", "for", "macro", "switch", "case"],
  ...["goto", "break", "continue", "return"],
]);

/** A call that a body may be laid in place of. */
export interface InlineSite {
  readonly call: CallExpr;
  /** The functions whose bodies it stands in. */
  readonly around: readonly string[];
  /** Tells it from every other call of the program. */
  readonly site: string;
}

/** The body to lay in place of a call, if any. */
export type Inline = (site: InlineSite) => InlineBody | undefined;

/** Where a call stands, in the body of which call. */
export function siteOf(call: CallExpr, { around = [], within = "" }: Partial<Building>): InlineSite {
  return { call, around, site: `${within}${calleeName(call)}@${call.at}` };
}

/** The name of the function that is called at a site. */
export const calleeAt = (site: string): string => /(\w+)@\d+$/.exec(site)?.[1] ?? "";

const OF_CALLEE = /^\w+__in\d+$/;

/** Whether it is a variable of an inlined body. */
export const isOfCallee = (name: string): boolean => OF_CALLEE.test(name);

/** Lays a call as its arguments and the callee's body. */
export function layInlined(body: InlineBody, call: CallExpr, on: Building): Value {
  const { flow } = on;
  const unnamed = flow.temporary();
  const { parameters, given, ...written } = prepared(body, call.args, `${SUFFIX}${unnamed.slice(1)}`);
  const statements = withSameAccess(written.statements, flow);
  if (body.tellsGuesses) {
    const about = { name: body.name, call, args: call.args, result: flow.temporary() };
    flow.add({ kind: "call", ...about, onlyDemands: true }, call.at);
  }
  for (const { name, arg } of given) buildDeclaration(name, arg, on);
  const result = returnedPlace(statements) ?? unnamed;
  const inside: Building = {
    ...on,
    labels: labelsOf(statements, parameters),
    around: [...(on.around ?? []), body.name],
    within: `${siteOf(call, on).site}/`,
    result,
  };
  flow.inPlaceOf(body, call, () => buildStatements(statements, inside));
  return { kind: "copy", variable: result };
}

interface Prepared {
  readonly statements: readonly Stmt[];
  readonly parameters: readonly string[];
  /** Parameters that stay variables, with what the call gives them. */
  readonly given: readonly { readonly name: string; readonly arg: Expr }[];
}

/** The body in the caller's terms: a parameter that it never changes is the argument itself. */
function prepared({ parameters, statements }: InlineBody, args: readonly Expr[], suffix: string): Prepared {
  const changed = changedIn(statements);
  const values = new Map<string, Expr>();
  const given: { name: string; arg: Expr }[] = [];
  for (const [position, name] of parameters.entries()) {
    const arg = args[position];
    if (!arg) continue;
    if (!changed.has(name) && isSimple(arg, changed)) values.set(name, asGiven(stripped(arg)));
    else given.push({ name: name + suffix, arg });
  }
  const own = new Set([...parameters, ...declaredIn(statements)]);
  const names = new Map([...own].map((name) => [name, name + suffix]));
  return {
    statements: substituteIn(statements, { names, values }),
    parameters: parameters.map((name) => name + suffix),
    given,
  };
}

const asGiven = (arg: Expr): Expr => (arg.kind === "name" ? { ...arg, given: true } : arg);

/** A place that the callee does not write, its address, or a constant: to evaluate it again gives the same. */
function isSimple(arg: Expr, changed: ReadonlySet<string>): boolean {
  const each = stripped(arg);
  if (each.kind === "literal" || each.kind === "name") return true;
  if (each.kind === "unary" && (each.operator === "&" || each.operator === "-"))
    return isSimple(each.operand, changed);
  const field = /(?:->|\.)(\w+)$/.exec(placeOf(each) ?? "")?.[1];
  return placeOf(each) !== undefined && !changed.has(field ?? "");
}

/** The variable that all returns return: it has the result, and leads where it led. */
function returnedPlace(statements: readonly Stmt[]): string | undefined {
  const values = nodesIn(statements).flatMap((each) =>
    each.kind === "return" && each.value ? [stripped(each.value)] : [],
  );
  const places = values.map(placeOf);
  const [first] = places;
  return first !== undefined && isOfCallee(first) && new Set(places).size === 1 ? first : undefined;
}

export function isConstant(each: Expr): boolean {
  if (each.kind === "literal") return true;
  if (each.kind === "unary") return each.operator === "-" && isConstant(each.operand);
  return each.kind === "name" && placeOf(each) === undefined;
}
