import { conditionalGuards, guards, HAD, releaseOfHad } from "../../kernel/table/guard.ts";
import type { Expr, Stmt } from "../syntax/ast.ts";
import { type Building, evaluateForEffect } from "./expression.ts";
import type { OwnGuard } from "./own-guards.ts";

/** A lock that is taken here and released where its scope ends: guard(mutex)(&m), scoped_guard(mutex, &m). */
export interface Guard {
  /** Lays what takes the lock. */
  readonly acquire: () => void;
  /** Lays what releases it. */
  readonly release: () => void;
}

export function guardOf(each: Expr | Stmt, on: Building): Guard | undefined {
  if (each.kind === "macro" && each.name === "scoped_guard") return guardFor(each.args, each.at, on);
  if (each.kind !== "call" || each.callee.kind !== "call") return undefined;
  const { callee } = each.callee;
  if (callee.kind !== "name" || callee.name !== "guard") return undefined;
  return guardFor([...each.callee.args, ...each.args], each.at, on);
}

function guardFor([kind, ...args]: readonly Expr[], at: number, on: Building): Guard | undefined {
  if (kind?.kind !== "name") return undefined;
  const release = releaseOfHad(kind.name);
  if (release !== undefined)
    return { acquire: () => undefined, release: () => guardCall(release, args, at, on) };
  const own = on.guards.get(kind.name);
  if (own) return ownGuard(own, args[0], at, on);
  const known = Object.hasOwn(guards, kind.name) ? guards[kind.name] : undefined;
  const lay = (name: string) => () => guardCall(name, args, at, on);
  return known && { acquire: lay(known.acquire), release: lay(known.release) };
}

/** `scoped_guard(mutex_intr, &m) { ... }` as what it does: the block runs where the lock was got. */
export function triedGuard({ name, args, body, at }: Extract<Stmt, { kind: "macro" }>): Stmt | undefined {
  const [kind, ...given] = args;
  if (name !== "scoped_guard" || kind?.kind !== "name") return undefined;
  const known = Object.hasOwn(conditionalGuards, kind.name) ? conditionalGuards[kind.name] : undefined;
  if (!known) return undefined;
  const [not, acquire] = known.fails.startsWith("!") ? ["", known.fails.slice(1)] : ["!", known.fails];
  const call: Expr = { kind: "call", callee: { kind: "name", name: acquire }, args: given, at };
  const test: Expr = not === "" ? call : { kind: "unary", operator: not, operand: call };
  const had: Expr = { kind: "name", name: `${HAD}${kind.name}` };
  return { kind: "if", test, yes: { kind: "macro", name, args: [had, ...given], body, at }, at };
}

/** A guard that the source defines: its expressions, about the argument given here. */
function ownGuard(own: OwnGuard, argument: Expr | undefined, at: number, on: Building): Guard {
  const lay = (side: "acquire" | "release") => () => evaluateForEffect(own[side](argument, at), on);
  return { acquire: lay("acquire"), release: lay("release") };
}

/** Lays the call that a guard stands for. */
function guardCall(name: string, args: readonly Expr[], at: number, on: Building): void {
  const call = { kind: "call", callee: { kind: "name", name }, args, at } as const;
  on.flow.add({ kind: "call", name, call, args, result: on.flow.temporary() });
}
