import { cond, type Expression, FALSE, TRUE } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import type { ResolvedCalls, ResolvedOperation } from "../calls/calls.ts";
import type { Key } from "../calls/key.ts";
import { statusIn } from "./status.ts";

/*
 * What sparse alone is told to be taken, for the sake of an annotation (include/linux/compiler-context-analysis.h:
 * __acquire): nothing is disabled by that, whatever the lock is, which may well be none.
 */

const byCalls = new WeakMap<ResolvedCalls["outcomes"], ReadonlySet<number>>();

/** The locks that the function says to be taken somewhere. */
function saidKeys({ outcomes }: Pick<ResolvedCalls, "outcomes">): ReadonlySet<number> {
  const known = byCalls.get(outcomes);
  if (known) return known;
  const all = [...outcomes.values()].flat().flatMap(({ does }) => does);
  const said = new Set(all.flatMap((each) => (isSaying(each) && each.key !== undefined ? [each.key] : [])));
  byCalls.set(outcomes, said);
  return said;
}

const isSaying = ({ operation }: Pick<ResolvedOperation, "operation">): boolean =>
  operation.kind === "assume" && operation.mode === "taken";

const nameOf = ({ object, text }: Key): string => `only said of ${object} ${text}`;

/** For each such lock, whether nothing but that was said of it. */
export const saidVariables = (calls: ResolvedCalls): readonly Variable[] =>
  calls.keys
    .filter(({ index }) => saidKeys(calls).has(index))
    .map((key) => ({ name: nameOf(key), domain: { kind: "bool" }, scope: "task", initial: [0] }));

/** What an operation makes of it. */
export function saidUpdates(
  { operation, key: index }: ResolvedOperation,
  calls: ResolvedCalls,
): readonly Update[] {
  const key = index === undefined ? undefined : calls.keys[index];
  if (!key || !saidKeys(calls).has(key.index)) return [];
  const variable = nameOf(key);
  if (isSaying({ operation })) {
    const isFree = statusIn(key, ["untouched", "refused"]);
    return [{ variable, value: cond(isFree, TRUE, { kind: "variable", name: variable }) }];
  }
  return CHANGES.has(operation.kind) ? [{ variable, value: FALSE }] : [];
}

const CHANGES: ReadonlySet<string> = new Set(["acquire", "release", "acquire-release"]);

export const isOnlySaid = (key: Key, calls: ResolvedCalls): Expression =>
  saidKeys(calls).has(key.index) ? { kind: "variable", name: nameOf(key) } : FALSE;
