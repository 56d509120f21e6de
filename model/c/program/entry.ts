import type { ResolvedOperation } from "../calls/calls.ts";
import { isNamed, type Key } from "../calls/key.ts";
import type { Plan } from "../plan/plan.ts";
import { type Annotation, heldOnEntry } from "../source/annotation.ts";
import type { Status } from "../status/status.ts";

/** What the function's head says of a lock that it comes with. */
export function statusOnEntry(key: Key, { calls }: Plan, annotations: readonly Annotation[]): Status {
  const given = heldOnEntry(annotations).find(({ lock }) => isNamed(key, lock));
  if (!given || calls.mayAlias.has(key.index)) return "untouched";
  return given.shared ? "given-shared" : "given";
}

/** The operations of a call without what it says of locks that may be meant otherwise. */
export const credible = (does: readonly ResolvedOperation[], { calls }: Plan): readonly ResolvedOperation[] =>
  does.filter(
    ({ operation, key }) => operation.kind !== "believe" || key === undefined || !calls.mayAlias.has(key),
  );
