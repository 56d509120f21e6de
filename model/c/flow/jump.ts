import type { CallExpr, Stmt } from "../syntax/ast.ts";
import type { FlowBuilder } from "./builder.ts";
import type { Labels } from "./labels.ts";
import { loopForgets } from "./loop.ts";

interface Jumping {
  readonly flow: FlowBuilder;
  readonly labels: Labels;
}

/** Lays a jump to a label. */
export function jumpTo(name: string, { flow }: Jumping): void {
  if (flow.isBehind(name)) {
    const conditions = loopForgets([], flow.actionsFrom(0));
    if (conditions.length > 0) flow.add({ kind: "forget", variables: [], conditions });
  }
  flow.goto(name, () => flow.add({ kind: "jump", text: `goto ${name};` }));
}

/** Lays that control may jump to one of these labels, and may go on. */
export function mayJump(names: readonly string[], text: string, on: Jumping): void {
  for (const name of names) {
    const sides = on.flow.branch({
      kind: "branch",
      condition: { kind: "unknown" },
      text,
      holds: `a jump to ${name}`,
      fails: `no jump to ${name}`,
    });
    on.flow.exits = sides.yes;
    jumpTo(name, on);
    on.flow.exits = sides.no;
  }
}

/** Assembly may go on, `goto *p` jumps to any label that p may point to. */
export function jumpElsewhere(each: Stmt & { kind: "asm goto" | "computed goto" }, on: Jumping): void {
  if (each.kind === "computed goto") jumpAnywhere(on);
  else mayJump(each.labels.length > 0 ? each.labels : on.labels.all, "asm goto", on);
}

function jumpAnywhere(on: Jumping): void {
  const names = on.labels.targets;
  const last = names.at(-1);
  mayJump(names.slice(0, -1), "goto *", on);
  if (last !== undefined) jumpTo(last, on);
  else {
    on.flow.add({ kind: "unreadable", text: "goto *" });
    on.flow.add({ kind: "stop" });
  }
}

/**
 * A macro that is given a label may jump there: unsafe_get_user(value, pointer, fault). A name that is a label of some
 * `goto` further up may be that of a member as well: call_op(device, configured). A patch may not show that `goto`.
 */
export function labelsGiven({ args }: CallExpr, { flow, labels }: Jumping): readonly string[] {
  const mayBeLabel = (name: string) =>
    labels.isMeant(name) && !(flow.isBehind(name) && (labels.isNamed(name) || flow.hasGap));
  return args.flatMap((arg) => (arg.kind === "name" && mayBeLabel(arg.name) ? [arg.name] : []));
}
