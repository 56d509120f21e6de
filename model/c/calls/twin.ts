import type { Flow } from "../flow/graph.ts";
import type { Key } from "./key.ts";

/**
 * The keys whose pointer is copied to another one that leads to a lock of the same name: which of the two is
 * meant by what is said of either, is not known.
 */
export function twinsAmong(keys: readonly Key[], { nodes }: Flow): ReadonlySet<number> {
  const texts = new Set(keys.map(({ text }) => text));
  const twins = new Set<number>();
  for (const { action } of nodes) {
    if (action.kind !== "assign" || action.value.kind !== "copy") continue;
    const { variable } = action.value;
    for (const { index, text, roots } of keys) {
      if (roots.includes(variable) && texts.has(action.target + text.slice(variable.length)))
        twins.add(index);
    }
  }
  return twins;
}
