import { isAccessor } from "../../kernel/table/accessor.ts";
import { calleeName, type Expr, type Stmt } from "../syntax/ast.ts";
import { changedIn, substituteIn } from "../syntax/rename.ts";
import type { FlowBuilder } from "./builder.ts";
import { print, readsOf, stripped } from "./print.ts";

/**
 * A callee's body where what it gets by an accessor is a variable that holds that already: `netdev_priv(dev)` is what its
 * caller got by `netdev_priv(dev)`.
 */
export function withSameAccess(statements: readonly Stmt[], flow: FlowBuilder): readonly Stmt[] {
  const values = new Map<string, Expr>();
  const changed = changedIn(statements);
  const kept = statements.filter((each) => {
    if (each.kind !== "declare" || !each.value || changed.has(each.name)) return true;
    const holder = holderOf(each.value, flow);
    if (holder !== undefined) values.set(each.name, { kind: "name", name: holder });
    return holder === undefined;
  });
  return values.size === 0 ? statements : substituteIn(kept, { names: new Map(), values });
}

/** The variable that got what the call gives, by the only assignment to it so far; its argument is as it was. */
function holderOf(value: Expr, flow: FlowBuilder): string | undefined {
  const call = stripped(value);
  if (call.kind !== "call" || !isAccessor(calleeName(call) ?? "")) return undefined;
  const text = print(call);
  const assigns = flow.actionsFrom(0).flatMap((each) => (each.kind === "assign" ? [each] : []));
  const times = (name: string) => assigns.filter(({ target }) => target === name).length;
  const [holder] = assigns.filter(({ from }) => from && print(givenBy(from)) === text);
  if (!holder || !/^[A-Za-z_]\w*$/.test(holder.target) || times(holder.target) !== 1) return undefined;
  return call.args.flatMap(readsOf).every((each) => times(each) === 0) ? holder.target : undefined;
}

const givenBy = (from: Expr): Expr => stripped(from.kind === "assign" ? from.right : from);
