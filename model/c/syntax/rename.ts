import { calleeName, type Expr, type Stmt } from "./ast.ts";

/** What stands for a name: for a variable an expression, for what is declared or jumped to another name. */
export interface Substitution {
  readonly names: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, Expr>;
}

/** The same statements with other names, and with values in place of some variables. */
export function substituteIn(body: readonly Stmt[], by: Substitution): readonly Stmt[] {
  return body.map((each) => rewrite(each, by));
}

function rewrite<T extends Expr | Stmt>(node: T, by: Substitution): T {
  if (node.kind === "name" && "name" in node) return renamedName(node, by) as T;
  const entries = Object.entries(node).map(([key, value]) => [key, rewrittenPart(node, key, value, by)]);
  return simplified(Object.fromEntries(entries) as T);
}

const renamedName = (node: Expr & { kind: "name" }, { names, values }: Substitution): Expr =>
  values.get(node.name) ?? { ...node, name: names.get(node.name) ?? node.name };

/** Statements whose name is a variable's or a label's. */
const NAMING: ReadonlySet<string> = new Set(["declare", "label", "goto"]);

function rewrittenPart({ kind }: Expr | Stmt, key: string, value: unknown, by: Substitution): unknown {
  const to = (name: string) => by.names.get(name) ?? name;
  if (typeof value === "string") {
    if (key === "name" && NAMING.has(kind)) return to(value);
    return kind === "unreadable" && key === "text" ? value.replace(/[A-Za-z_]\w*/g, to) : value;
  }
  if (Array.isArray(value))
    return value.map((each: unknown) => (typeof each === "string" ? to(each) : rewrittenNode(each, by)));
  return rewrittenNode(value, by);
}

function rewrittenNode(value: unknown, by: Substitution): unknown {
  return typeof value === "object" && value !== null ? rewrite(value as Expr | Stmt, by) : value;
}

/** `*&x` is `x`, and `(&x)->f` is `x.f`. */
function simplified<T extends Expr | Stmt>(node: T): T {
  if (node.kind === "unary" && node.operator === "*" && isAddress(node.operand))
    return node.operand.operand as T;
  if (node.kind === "member" && node.arrow && isAddress(node.base))
    return { ...node, base: node.base.operand, arrow: false };
  return node;
}

const isAddress = (each: Expr): each is Expr & { kind: "unary" } =>
  each.kind === "unary" && each.operator === "&";

/** The variables and labels that statements declare. */
export const declaredIn = (body: readonly Stmt[]): readonly string[] =>
  nodesIn(body).flatMap((each) => (each.kind === "declare" || each.kind === "label" ? [each.name] : []));

/** The locks that a body has for itself: those of DEFINE_MUTEX() and its kin, and variables that it sets up, as by mutex_init(). */
export function ownLocks(body: readonly Stmt[]): ReadonlySet<string> {
  const declared = new Set(declaredIn(body));
  return new Set(nodesIn(body).flatMap((each) => definedBy(each) ?? setUpBy(each, declared) ?? []));
}

function definedBy(each: Expr | Stmt): string | undefined {
  if (each.kind !== "call" && each.kind !== "macro") return undefined;
  const name = each.kind === "call" ? calleeName(each) : each.name;
  const [first] = each.args;
  return /^(?:DEFINE|DECLARE)_\w+$/.test(name ?? "") && first?.kind === "name" ? first.name : undefined;
}

function setUpBy(each: Expr | Stmt, declared: ReadonlySet<string>): string | undefined {
  if (each.kind !== "call" || !/_init(?:_|$)/.test(calleeName(each) ?? "")) return undefined;
  const [first] = each.args;
  const lock = first && isAddressOf(first) ? first.operand : undefined;
  return lock?.kind === "name" && declared.has(lock.name) ? lock.name : undefined;
}

/** The variables and fields that statements may give another value: they assign them, or take a variable's address. */
export function changedIn(body: readonly Stmt[]): ReadonlySet<string> {
  const changed = nodesIn(body).flatMap((each) => {
    if (each.kind === "assign") return [each.left];
    if (each.kind === "call") return calleeName(each) === "swap" ? each.args : [];
    return each.kind === "step" || isAddressOf(each) ? [each.operand] : [];
  });
  const written = nodesIn(body).flatMap((each) => {
    const place = each.kind === "assign" ? each.left : each.kind === "step" ? each.operand : undefined;
    return place?.kind === "member" ? [place.field] : [];
  });
  const names = changed.flatMap((each) => (each.kind === "name" ? [each.name] : []));
  const walked = nodesIn(body).flatMap((each) => (each.kind === "macro" ? each.args : []));
  return new Set([
    ...names,
    ...written,
    ...walked.flatMap((each) => (each.kind === "name" ? [each.name] : [])),
  ]);
}

const isAddressOf = (each: Expr | Stmt): each is Expr & { kind: "unary" } =>
  each.kind === "unary" && each.operator === "&";

/** Statements and expressions, with all that they consist of. */
export function nodesIn(body: readonly Stmt[]): readonly (Expr | Stmt)[] {
  const nodes: (Expr | Stmt)[] = [];
  const parts: unknown[] = [...body];
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    if ("kind" in part) nodes.push(part as Expr | Stmt);
    for (const each of Object.values(part)) parts.push(each);
  }
  return nodes;
}
