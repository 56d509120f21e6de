import type { Context } from "../../kernel/operation.ts";
import type { LockVariants, ResolvedOperation, ResolvedOutcome } from "./calls.ts";

type Outcomes = ReadonlyMap<number, readonly ResolvedOutcome[]>;

const VARIED: readonly Context[] = ["bh", "irq"];

/**
 * The locks of which not all calls are of one variant, as where spin_lock_bh() is followed by spin_unlock().
 * None where a callee takes or releases a lock: which variant it calls is not known.
 */
export function lockVariants(outcomes: Outcomes, summarised: ReadonlySet<number>): readonly LockVariants[] {
  const isUnclear = ({ does, taints, forgets }: ResolvedOutcome) =>
    taints !== undefined || forgets.length > 0 || does.some(isLocking);
  if ([...summarised].some((node) => outcomes.get(node)?.some(isUnclear))) return [];
  const calls = [...outcomes.values()].flat().map(({ does }) => does);
  const locks = new Set(calls.flat().flatMap((each) => (isLocking(each) ? (each.key ?? []) : [])));
  return VARIED.flatMap((context) => [...locks].flatMap((lock) => variantsOf(context, lock, calls) ?? []));
}

const isLocking = ({ operation: { kind } }: ResolvedOperation): boolean =>
  kind === "acquire" || kind === "release" || kind === "enter" || kind === "leave";

function variantsOf(
  context: Context,
  lock: number,
  calls: readonly (readonly ResolvedOperation[])[],
): LockVariants | undefined {
  const [taken, given] = (["acquire", "release"] as const).map((kind) => {
    const own = calls.filter((does) =>
      does.some(({ operation, key }) => operation.kind === kind && key === lock),
    );
    return new Set(own.map((does) => comesWith(does, context)));
  });
  if (!taken?.size || !given?.size || new Set([...taken, ...given]).size < 2) return undefined;
  return { context, lock, isOneSided: taken.size === 1 || given.size === 1 };
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
