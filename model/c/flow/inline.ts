import type { CallExpr, Expr, Stmt } from "../syntax/ast.ts";
import { changedIn, declaredIn, substituteIn } from "../syntax/rename.ts";
import type { FlowBuilder } from "./builder.ts";
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
}

/** The body to lay in place of a call, if any; `around` names the functions whose bodies it stands in. */
export type Inline = (call: CallExpr, around: readonly string[]) => InlineBody | undefined;

/** What a name of an inlined body ends with: no other place of the program has the same number. */
const SUFFIX = "__in";

/** Lays a call as its arguments and the callee's body. */
export function layInlined(body: InlineBody, call: CallExpr, on: Building): Value {
  const { flow } = on;
  const { at } = flow;
  const result = flow.temporary();
  const { statements, parameters, given } = prepared(body, call.args, `${SUFFIX}${result.slice(1)}`);
  for (const { name, arg } of given) buildDeclaration(name, arg, on);
  const inside: Building = {
    ...on,
    labels: labelsOf(statements, parameters),
    around: [...(on.around ?? []), body.name],
    result,
  };
  const scope = { cleanups: [], returns: [] as FlowBuilder["exits"][] };
  flow.within(scope, () => flow.within({ cleanups: [] }, () => buildStatements(statements, inside)));
  flow.exits = [...flow.exits, ...scope.returns.flat()];
  flow.at = at;
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
    if (!changed.has(name) && isSimple(arg)) values.set(name, stripped(arg));
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

/** A place, its address, or a constant: to evaluate it again gives the same. */
function isSimple(arg: Expr): boolean {
  const each = stripped(arg);
  if (each.kind === "literal" || each.kind === "name") return true;
  if (each.kind === "unary" && (each.operator === "&" || each.operator === "-"))
    return isSimple(each.operand);
  return placeOf(each) !== undefined;
}
