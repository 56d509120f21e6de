import { isNamed, isPrivate, type Key, type Translation } from "../model/c/index.ts";
import type { Declared } from "./escape.ts";
import type { Exit } from "./exit.ts";
import { exitFinding, nameOf } from "./exit-finding.ts";
import type { Finding } from "./finding.ts";
import { isAssigned } from "./passage.ts";

/**
 * Exits that keep the lock of one parameter and have released that of another: nothing else takes or releases either,
 * and what both lead to is called the same. It is a hint, as a caller may mean to go from one to the next.
 */
export function wrongObjects(
  translation: Translation,
  exits: readonly Exit[],
  { parameters, annotations }: Pick<Declared, "parameters" | "annotations">,
): readonly Finding[] {
  const { flow, calls } = translation.plan;
  const roots = parameters.filter((name) => !isAssigned(name, flow));
  const pairs = calls.keys.flatMap((kept) => {
    const lost = calls.keys.find((each) => isSameOf(kept, each, roots));
    const isMoved = [kept, lost].some((key) => key?.roots.some((root) => isAssigned(root, flow)));
    // Its head says so.
    const isMeant = annotations.some(({ kind, lock }) => kind === "acquires" && isNamed(kept, lock));
    return lost && !isMoved && !isMeant && kept.acquired && !kept.released && lost.released && !lost.acquired
      ? [{ kept, lost }]
      : [];
  });
  return pairs.flatMap(({ kept, lost }) => {
    const exit = exits.find(
      ({ statuses }) => statuses[kept.index] === "held" && statuses[lost.index] === "dropped",
    );
    if (!exit) return [];
    const [held, released] = [nameOf(kept), nameOf(lost)];
    const message = `returns with a lock that it has taken: ${held}; what it has released is another object's: ${released}`;
    return [exitFinding(translation, exit.end.run(), held, message)];
  });
}

/** Whether two keys are the same lock of two parameters. */
function isSameOf(one: Key, other: Key, roots: readonly string[]): boolean {
  const [first, second] = [one, other].map(({ text }) => /^\w+/.exec(text)?.[0] ?? "");
  if (first === undefined || second === undefined || first === second) return false;
  return (
    [first, second].every((each) => roots.includes(each)) &&
    one.object === other.object &&
    !isPrivate(one) &&
    one.text.slice(first.length) === other.text.slice(second.length) &&
    /^(?:->|\.)/.test(one.text.slice(first.length))
  );
}
