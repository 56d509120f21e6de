import { closingParenthesis } from "./normalise.ts";

/**
 * What a function's head says of a lock: that it comes with it and keeps it (__must_hold), comes without and
 * returns with it (__acquires), comes with it and returns without (__releases).
 */
export interface Annotation {
  readonly kind: "must_hold" | "acquires" | "releases";
  readonly shared: boolean;
  /** The lock's path, without the operators that lead to it. */
  readonly lock: string;
}

const ANNOTATION = /\b__(must_hold|acquires|releases)(_shared)?\s*\(/g;

/** Sparse's annotations and those of Clang's context analysis, which take several locks at once. */
export function annotationsIn(head: string): readonly Annotation[] {
  return [...head.matchAll(ANNOTATION)].flatMap((match) => {
    const open = match.index + match[0].length;
    const close = closingParenthesis(head, open);
    const locks = close < 0 ? [] : head.slice(open, close).split(",");
    const kind = match[1] as Annotation["kind"];
    return locks.map((lock) => ({ kind, shared: match[2] !== undefined, lock: pathOf(lock) }));
  });
}

const pathOf = (lock: string): string => lock.replace(/[\s()]/g, "").replace(/^[&*]+/, "");

/** How many more locks a function returns with than it came with, by its annotations; by lock. */
export function declaredNets(annotations: readonly Annotation[]): ReadonlyMap<string, number> {
  const nets = new Map<string, number>();
  for (const { kind, lock } of annotations) {
    const change = kind === "acquires" ? 1 : kind === "releases" ? -1 : 0;
    nets.set(lock, (nets.get(lock) ?? 0) + change);
  }
  return nets;
}

/**
 * The locks that it comes with. One that `__acquires` names before `__releases` does may be taken and released within:
 * the kernel has such heads of functions that come with it and of those that don't.
 */
export function heldOnEntry(annotations: readonly Annotation[]): readonly Annotation[] {
  return annotations.filter(
    ({ kind, lock }, position) =>
      kind === "must_hold" ||
      (kind === "releases" &&
        !annotations.slice(0, position).some((each) => each.kind === "acquires" && each.lock === lock)),
  );
}
