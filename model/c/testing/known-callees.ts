import type { CallEffect, CallOutcome, PlacedOperation } from "../knowledge/effect.ts";
import { tableKnowledge, withEffects } from "../knowledge/knowledge.ts";

const operation = (
  kind: "acquire" | "release",
  object: string,
  more: { operand?: number | "result"; regardless?: boolean } = {},
): PlacedOperation["operation"] => ({ kind, object, mode: "exclusive", ...more });

const outcome = (
  name: string,
  does: readonly PlacedOperation[],
  more: Partial<CallOutcome> = {},
): CallOutcome => ({ name, weight: 0, does, returns: 7, ...more });

const effects: Readonly<Record<string, readonly CallOutcome[]>> = {
  lock_box: [
    outcome("done", [{ operation: operation("acquire", "spinlock", { operand: 1 }), path: ".lock" }]),
  ],
  find_locked: [
    outcome("found", [{ operation: operation("acquire", "mutex", { operand: "result" }), path: "->mutex" }], {
      returns: 4,
    }),
    outcome("none", [], { returns: 2, weight: 1 }),
  ],
  lock_boxes: [outcome("done", [{ operation: operation("acquire", "spinlock"), path: "boxes_lock" }])],
  do_anything: [outcome("done", [], { taints: "all" })],
  do_spinning: [outcome("done", [], { taints: ["spinlock"] })],
  change_lock: [
    outcome("done", [], {
      forgets: [{ operation: operation("acquire", "spinlock", { operand: 0 }), path: "->lock" }],
    }),
  ],
  next_locked: [
    outcome("done", [
      { operation: operation("acquire", "spinlock", { operand: 0, regardless: true }), path: "->lock" },
    ]),
  ],
};

/** Callees as summaries and a project's configuration describe them. */
export const knownCallees = withEffects(
  tableKnowledge,
  new Map<string, CallEffect | undefined>([
    ...Object.entries(effects).map(
      ([name, outcomes]) => [name, { name, outcomes, source: "summary" }] as const,
    ),
    ["known_to_do_nothing", undefined],
  ]),
);
