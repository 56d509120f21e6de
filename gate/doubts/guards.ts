import type { FileDiff } from "../diff/diff.ts";

/** include/linux/cleanup.h: what guard() and scoped_guard() take and give back. */
const DEFINITION = /^\s*DEFINE_(?:GUARD|LOCK_GUARD_[01])(?:_COND)?\s*\(\s*(\w+)/;

/** Guards that a change defines, or defines anew: the table describes the kernel's own, as they were. */
export function changedGuards({ hunks, before, after }: FileDiff): readonly string[] {
  const changed = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== "context"));
  const names = new Set(changed.flatMap(({ text }) => DEFINITION.exec(text)?.[1] ?? []));
  return [...names].map(
    (name) => `${after ?? before}: guard ${name} is defined: what it takes is not modelled`,
  );
}
