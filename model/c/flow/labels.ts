import type { Expr, Stmt } from "../syntax/ast.ts";

/** The labels of a function, to which more than a goto that names one may jump. */
export interface Labels {
  /** Those that a name in an argument can only mean: no variable is called so. */
  isMeant(name: string): boolean;
  /** Whether a `goto` names it. */
  isNamed(name: string): boolean;
  /** Those whose address is taken, or all where none is: what a computed goto may jump to. */
  readonly targets: readonly string[];
  readonly all: readonly string[];
}

/** `parameters` are the function's own names beside those that it declares. */
export function labelsOf(body: readonly Stmt[], parameters: readonly string[]): Labels {
  const labels = new Set<string>();
  const named = new Set<string>();
  const variables = new Set(parameters);
  let jumps = false;
  const visit = (each: Stmt | undefined): void => {
    if (each?.kind === "label") labels.add(each.name);
    if (each?.kind === "goto") named.add(each.name);
    if (each?.kind === "declare") variables.add(each.name);
    if (each?.kind === "computed goto") jumps = true;
    if (each) for (const part of partsOf(each)) visit(part);
  };
  for (const each of body) visit(each);
  const addressed = jumps ? addressedIn(body).filter((name) => labels.has(name)) : [];
  return {
    isMeant: (name) => labels.has(name) && !variables.has(name),
    isNamed: (name) => named.has(name),
    targets: addressed.length > 0 ? [...new Set(addressed)] : [...labels],
    all: [...labels],
  };
}

function partsOf(each: Stmt): readonly (Stmt | undefined)[] {
  switch (each.kind) {
    case "block":
      return each.body;
    case "if":
      return [each.yes, each.no];
    case "for":
      return [each.first, each.body];
    case "while":
    case "do":
    case "macro":
    case "switch":
      return [each.body];
    default:
      return [];
  }
}

/** `&&label`, wherever it stands. */
function addressedIn(body: readonly Stmt[]): readonly string[] {
  const found: string[] = [];
  const parts: unknown[] = [...body];
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    if (isUnary(part)) found.push(...addressed(part));
    for (const each of Object.values(part)) parts.push(each);
  }
  return found;
}

type Unary = Expr & { readonly kind: "unary" };

const isUnary = (part: object): part is Unary => "kind" in part && part.kind === "unary";

/** The grammar reads it as one operator or as two. */
function addressed({ operator, operand }: Unary): readonly string[] {
  const inner =
    operator === "&" && isUnary(operand) && operand.operator === "&" ? operand.operand : undefined;
  const label = operator === "&&" ? operand : inner;
  return label?.kind === "name" ? [label.name] : [];
}
