import type { Edit } from "../mutate/edit.ts";
import { type CallStatement, callStatements } from "../mutate/scan.ts";
import type { Subject } from "./subject.ts";

/** What releases each lock, and the guard of include/linux/cleanup.h and others that does so at the scope's end. */
const GUARDS: Readonly<Record<string, readonly [string, string]>> = {
  mutex_lock: ["mutex_unlock", "mutex"],
  spin_lock: ["spin_unlock", "spinlock"],
  spin_lock_irq: ["spin_unlock_irq", "spinlock_irq"],
  spin_lock_bh: ["spin_unlock_bh", "spinlock_bh"],
  spin_lock_irqsave: ["spin_unlock_irqrestore", "spinlock_irqsave"],
  raw_spin_lock: ["raw_spin_unlock", "raw_spinlock"],
  raw_spin_lock_irq: ["raw_spin_unlock_irq", "raw_spinlock_irq"],
  raw_spin_lock_irqsave: ["raw_spin_unlock_irqrestore", "raw_spinlock_irqsave"],
  read_lock: ["read_unlock", "read_lock"],
  write_lock: ["write_unlock", "write_lock"],
  down_read: ["up_read", "rwsem_read"],
  down_write: ["up_write", "rwsem_write"],
  rcu_read_lock: ["rcu_read_unlock", "rcu"],
  preempt_disable: ["preempt_enable", "preempt"],
};

/**
 * A lock of the outermost block that each way out releases right before it returns: the guard does so instead,
 * and who went to a label for it returns at once.
 */
export function guarded(subject: Subject): readonly (readonly Edit[])[] {
  const { code, in: each } = subject;
  const calls = callStatements(code, each);
  return calls.flatMap((taken) => {
    const [release, guard] = GUARDS[taken.name] ?? [];
    const isOf = (name: string | undefined) => (call: CallStatement) =>
      call.name === name && call.arguments[0] === taken.arguments[0];
    const releases = calls.filter(isOf(release));
    const isOnly = calls.filter(isOf(taken.name)).length === 1 && releases.every(({ at }) => at > taken.at);
    const jumpsIn = /\bgoto\b/.test(code.slice(each.start, taken.at));
    if (guard === undefined || !isOnly || jumpsIn || !code.slice(0, taken.at).endsWith("\n\t")) return [];
    const ends = endsOf(subject, releases, taken.end);
    const lock = taken.arguments[0] ?? "";
    return ends ? [[{ at: taken.at, end: taken.end, text: `guard(${guard})(${lock});` }, ...ends]] : [];
  });
}

/** The edits at the releases; undefined where one stands elsewhere, or a way out has none. */
function endsOf(
  { code, in: each }: Subject,
  releases: readonly CallStatement[],
  from: number,
): readonly Edit[] | undefined {
  const returns = [...code.slice(from, each.end).matchAll(/\breturn\b[^;]*;/g)];
  const behind = releases.map(({ end }) => /^\s*(return\b[^;]*;)/.exec(code.slice(end, each.end)));
  const falls = releases.filter(({ end }) => code.slice(end, each.end).trim() === "");
  const covered = behind.filter((found) => found !== null).length;
  if (returns.length !== covered || covered + falls.length !== releases.length) return undefined;
  if (releases.length === 0 || (covered === 0 && falls.length === 0)) return undefined;
  return releases.flatMap(({ at, end }, index) => [
    { at, end, text: ";" },
    ...jumpsTo(code, { from, at, end: each.end }, behind[index]?.[1] ?? "return;"),
  ]);
}

/** Each `goto` to the label right before a release says itself what is returned. */
function jumpsTo(
  code: string,
  { from, at, end }: { readonly from: number; readonly at: number; readonly end: number },
  leaving: string,
): readonly Edit[] {
  const label = /^(\w+):\s*$/.exec(
    code.slice(code.lastIndexOf("\n", code.lastIndexOf(":", at)) + 1, at),
  )?.[1];
  if (label === undefined) return [];
  return [...code.slice(from, end).matchAll(new RegExp(`\\bgoto ${label};`, "g"))].map(
    ({ index, 0: text }) => ({
      at: from + index,
      end: from + index + text.length,
      text: leaving,
    }),
  );
}
