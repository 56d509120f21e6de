import type { Flow } from "../model/c/flow/graph.ts";
import type { Unit, UnitFunction } from "../model/c/source/unit.ts";
import { sentenceOf } from "../model/not-modelled.ts";
import type { ReadProgram } from "./read-program.ts";
import type { NamedReason } from "./report.ts";

const CALL = /(?<![\w.]|->)([A-Za-z_]\w*)\s*\(/g;
/** A call that never comes back ends its path. */
const IS_CALL: ReadonlySet<string> = new Set(["call", "stop"]);
/** What they take stands in their argument: they are read as the calls that they stand for. */
const GUARD = /guard$/;

/**
 * Names a function of which some reading has a call that takes or releases something, by a scan of the text,
 * and whose program has no such call: the parser made nothing of it.
 */
export function missedIn(
  { name, bodyStart }: UnitFunction,
  readings: readonly Pick<ReadProgram, "text" | "translation">[],
  { lines }: Unit,
  takesLocks: (callee: string) => boolean,
): readonly NamedReason[] {
  for (const { text, translation } of readings) {
    const missed = missedCall(translation.plan.flow, text, bodyStart, takesLocks);
    if (missed) {
      const line = lines.lineAt(missed.at);
      const reason = sentenceOf({ kind: "call not understood", line, callee: missed.name });
      return [{ function: name, reason }];
    }
  }
  return [];
}

function missedCall(
  { nodes }: Flow,
  body: string,
  offset: number,
  takesLocks: (callee: string) => boolean,
): { readonly name: string; readonly at: number } | undefined {
  const read = new Set(nodes.flatMap(({ action: { kind }, at }) => (IS_CALL.has(kind) ? [at] : [])));
  for (const { index, 1: name = "" } of body.matchAll(CALL)) {
    const at = offset + index;
    if (!read.has(at) && !GUARD.test(name) && takesLocks(name)) return { name, at };
  }
  return undefined;
}
