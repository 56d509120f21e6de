import { type Annotation, heldOnEntry } from "../source/annotation.ts";
import { isNamed, type Key } from "./key.ts";
import type { Plan } from "./plan.ts";
import type { BoundOperation } from "./resolve.ts";
import type { Status } from "./status.ts";

/** What the function's head says of a lock that it comes with. */
export function statusOnEntry(key: Key, { calls }: Plan, annotations: readonly Annotation[]): Status {
  const given = heldOnEntry(annotations).find(({ lock }) => isNamed(key, lock));
  if (!given || calls.twins.has(key.index)) return "untouched";
  return given.shared ? "given-shared" : "given";
}

/** The operations of a call without what it says of locks that may be meant otherwise. */
export const credible = (does: readonly BoundOperation[], { calls }: Plan): readonly BoundOperation[] =>
  does.filter(
    ({ operation, key }) => operation.kind !== "believe" || key === undefined || !calls.twins.has(key),
  );
