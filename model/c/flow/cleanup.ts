import { guards } from "../../kernel/table/guard.ts";
import type { Expr, Stmt } from "../syntax/ast.ts";
import type { Building } from "./expression.ts";

/** A lock that is taken here and released where its scope ends: guard(mutex)(&m), scoped_guard(mutex, &m). */
export interface Guard {
  readonly acquire: string;
  readonly release: string;
  readonly args: readonly Expr[];
  readonly at: number;
}

export function guardOf(each: Expr | Stmt): Guard | undefined {
  if (each.kind === "macro" && each.name === "scoped_guard") return guardFor(each.args, each.at);
  if (each.kind !== "call" || each.callee.kind !== "call") return undefined;
  const { callee } = each.callee;
  if (callee.kind !== "name" || callee.name !== "guard") return undefined;
  return guardFor([...each.callee.args, ...each.args], each.at);
}

function guardFor([kind, ...args]: readonly Expr[], at: number): Guard | undefined {
  const found = kind?.kind === "name" ? guards[kind.name] : undefined;
  return found && { ...found, args, at };
}

/** Lays the call that a guard stands for. */
export function guardCall(name: string, guard: Guard, on: Building): void {
  const call = { kind: "call", callee: { kind: "name", name }, args: guard.args, at: guard.at } as const;
  on.flow.add({ kind: "call", name, call, args: guard.args, result: on.flow.temporary() });
}
