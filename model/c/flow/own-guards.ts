import type { GuardText } from "../source/guards.ts";
import type { Expr } from "../syntax/ast.ts";
import { parseBody } from "../syntax/index.ts";
import { mapParts } from "../syntax/map.ts";

/** A guard of the source: what takes and what releases its lock, of an argument, where it is used. */
export interface OwnGuard {
  acquire(argument: Expr | undefined, at: number): Expr;
  release(argument: Expr | undefined, at: number): Expr;
}

export type OwnGuards = ReadonlyMap<string, OwnGuard>;

/** Parses the guards that a source defines; one that is no two expressions is not known. */
export async function readGuards(texts: ReadonlyMap<string, GuardText>): Promise<OwnGuards> {
  const guards = new Map<string, OwnGuard>();
  for (const [name, { acquire, release, argument }] of texts) {
    const [takes, gives] = [await expressionIn(acquire), await expressionIn(release)];
    if (!takes || !gives) continue;
    const about = (expression: Expr) => (given: Expr | undefined, at: number) =>
      withArgument(expression, { argument, given, own: `_T${at}`, at });
    guards.set(name, { acquire: about(takes), release: about(gives) });
  }
  return guards;
}

async function expressionIn(text: string): Promise<Expr | undefined> {
  const [only, ...more] = await parseBody(`{ ${text}; }`, 0);
  return only?.kind === "expression" && more.length === 0 ? only.value : undefined;
}

interface Use {
  /** How the definition names its argument. */
  readonly argument: GuardText["argument"];
  readonly given: Expr | undefined;
  /** The name of what else the guard keeps, such as interrupt flags. */
  readonly own: string;
  readonly at: number;
}

function withArgument(each: Expr, use: Use): Expr {
  const go = (inner: Expr): Expr => withArgument(inner, use);
  const { argument, given, own, at } = use;
  switch (each.kind) {
    case "name":
      if (each.name !== "_T") return each;
      return argument === "_T" && given ? given : { kind: "name", name: own };
    case "member": {
      const isLock = each.base.kind === "name" && each.base.name === "_T" && each.field === "lock";
      return isLock && argument === "_T->lock" && given ? given : { ...each, base: go(each.base) };
    }
    case "call":
    case "assign":
      return { ...mapParts(each, go), at } as Expr;
    default:
      return mapParts(each, go);
  }
}
