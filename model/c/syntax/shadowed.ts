import type { Expr, Stmt } from "./ast.ts";
import { mapParts } from "./map.ts";

type Names = ReadonlyMap<string, string>;

/**
 * Gives locals that hide another of the function, or a parameter, a name of their own: from there on one name
 * means one variable. Statements without such locals stay as they are.
 */
export function withoutShadows(body: readonly Stmt[], parameters: readonly string[]): readonly Stmt[] {
  if (!hidesSome(body, new Set(parameters))) return body;
  return new Renaming(parameters).block(body, new Map());
}

function hidesSome(body: readonly Stmt[], outer: ReadonlySet<string>): boolean {
  const own = new Set(outer);
  for (const each of body) {
    if (each.kind === "declare") {
      if (outer.has(each.name)) return true;
      own.add(each.name);
    }
    if (innerOf(each).some((inner) => hidesSome(inner, own))) return true;
  }
  return false;
}

/** The statements of a statement that have a scope of their own. */
function innerOf(each: Stmt): readonly (readonly Stmt[])[] {
  switch (each.kind) {
    case "block":
      return [each.body];
    case "if":
      return each.no ? [[each.yes], [each.no]] : [[each.yes]];
    case "for":
      return [each.first ? [each.first, each.body] : [each.body]];
    case "while":
    case "do":
    case "macro":
    case "switch":
      return [[each.body]];
    default:
      return [];
  }
}

class Renaming {
  readonly #known: Set<string>;
  #count = 0;

  constructor(parameters: readonly string[]) {
    this.#known = new Set(parameters);
  }

  block(body: readonly Stmt[], outer: Names): readonly Stmt[] {
    const names = new Map(outer);
    return body.map((each) => this.#statement(each, names));
  }

  /** Declarations are added to `names`, which hold from there to the end of their block. */
  #statement(each: Stmt, names: Map<string, string>): Stmt {
    const of = (expression: Expr): Expr => this.#expression(expression, names);
    const one = (inner: Stmt): Stmt => this.block([inner], names)[0] ?? inner;
    switch (each.kind) {
      case "block":
        return { ...each, body: this.block(each.body, names) };
      case "declare": {
        // The initial value is read under the old name, but for the address of the variable itself.
        const value = each.value && of(each.value);
        const name = this.#declared(each.name, names);
        return { ...each, name, ...(value && { value }) };
      }
      case "expression":
        return { ...each, value: of(each.value) };
      case "return":
        return each.value ? { ...each, value: of(each.value) } : each;
      case "if":
        return { ...each, test: of(each.test), yes: one(each.yes), ...(each.no && { no: one(each.no) }) };
      case "while":
      case "do":
        return { ...each, test: of(each.test), body: one(each.body) };
      case "for":
        return this.#for(each, names);
      case "macro":
        return { ...each, args: each.args.map(of), body: one(each.body) };
      case "switch":
        return { ...each, subject: of(each.subject), body: one(each.body) };
      default:
        return each;
    }
  }

  #for({ first, test, advance, ...each }: Stmt & { kind: "for" }, outer: Names): Stmt {
    const names = new Map(outer);
    const begin = first && this.#statement(first, names);
    const of = (expression: Expr): Expr => this.#expression(expression, names);
    const [body = each.body] = this.block([each.body], names);
    return {
      ...each,
      body,
      ...(begin && { first: begin }),
      ...(test && { test: of(test) }),
      ...(advance && { advance: of(advance) }),
    };
  }

  #declared(name: string, names: Map<string, string>): string {
    const own = this.#known.has(name) ? `${name}__${++this.#count}` : name;
    this.#known.add(name);
    names.set(name, own);
    return own;
  }

  #expression(each: Expr, names: Names): Expr {
    if (each.kind === "name") {
      const name = names.get(each.name);
      return name === undefined || name === each.name ? each : { ...each, name };
    }
    if (each.kind === "block") return { ...each, body: this.block(each.body, names) };
    return mapParts(each, (part) => this.#expression(part, names));
  }
}
