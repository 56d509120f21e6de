import type { Context } from "../../kernel/operation.ts";
import type { CallEffect } from "../knowledge/effect.ts";
import type { LockVariants, ResolvedOperation, ResolvedOutcome } from "./calls.ts";

type Outcomes = ReadonlyMap<number, readonly ResolvedOutcome[]>;

const VARIED: readonly Context[] = ["bh", "irq"];

/**
 * The locks of which not all calls are of one variant, as where spin_lock_bh() is followed by spin_unlock(). None
 * where a callee may switch bottom halves or interrupts, and not those that it takes or releases.
 */
export function lockVariants(
  outcomes: Outcomes,
  summaries: ReadonlyMap<number, CallEffect>,
): readonly LockVariants[] {
  const unclear = [...summaries].flatMap(([node, effect]) => {
    const own = outcomes.get(node) ?? [];
    return own.map((each) => (mayVary(each, effect) ? undefined : touchedBy(each)));
  });
  if (unclear.includes(undefined)) return [];
  const excluded = new Set(unclear.flatMap((keys) => keys ?? []));
  const calls = [...outcomes].flatMap(([node, each]) => each.map(({ does }) => ({ node, does })));
  const locks = new Set(calls.flatMap(({ does }) => does.flatMap(lockedKey)));
  return VARIED.flatMap((context) =>
    [...locks].flatMap((lock) => (excluded.has(lock) ? [] : (variantsOf(context, lock, calls) ?? []))),
  );
}

/** A callee that was not laid in the place of its call, and of whose contexts not all is known. */
const mayVary = ({ taints, does }: ResolvedOutcome, { switches }: CallEffect): boolean =>
  taints !== undefined || switches !== undefined || VARIED.some((context) => comesWith(does, context));

const touchedBy = ({ does, forgets }: ResolvedOutcome): readonly number[] => [
  ...forgets,
  ...does.flatMap(lockedKey),
];

const lockedKey = ({ operation: { kind }, key }: ResolvedOperation): readonly number[] =>
  (kind === "acquire" || kind === "release") && key !== undefined ? [key] : [];

interface CallDoes {
  readonly node: number;
  readonly does: readonly ResolvedOperation[];
}

function variantsOf(context: Context, lock: number, calls: readonly CallDoes[]): LockVariants | undefined {
  const [taken, given] = (["acquire", "release"] as const).map((kind) => {
    const own = calls.filter(({ does }) =>
      does.some(({ operation, key }) => operation.kind === kind && key === lock),
    );
    return new Map(own.map(({ node, does }) => [node, comesWith(does, context)]));
  });
  if (!taken?.size || !given?.size) return undefined;
  return new Set([...taken.values(), ...given.values()]).size < 2
    ? undefined
    : { context, lock, taken, given };
}

const comesWith = (does: readonly ResolvedOperation[], context: Context): boolean =>
  does.some(
    ({ operation: { kind, object } }) => (kind === "enter" || kind === "leave") && object === context,
  );

/** The locks that no call takes with interrupts as they are: an interrupt handler may take them. */
export function takenWithIrqsOff(outcomes: Outcomes, summarised: ReadonlySet<number>): ReadonlySet<number> {
  const off = new Set<number>();
  const on = new Set<number>();
  for (const [node, each] of outcomes) {
    for (const { does } of each) {
      const isOff = !summarised.has(node) && comesWith(does, "irq");
      for (const { operation, key } of does)
        if (operation.kind === "acquire" && key !== undefined) (isOff ? off : on).add(key);
    }
  }
  return new Set([...off].filter((key) => !on.has(key)));
}
