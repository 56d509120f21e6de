import type { Run } from "../checker/result.ts";
import {
  type Flow,
  type Key,
  keyText,
  placeOf,
  readsOf,
  type Translation,
  type UnknownCall,
} from "../model/c/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import { isAccessor } from "../model/kernel/table/accessor.ts";
import { isNoLock } from "../model/kernel/table/no-lock.ts";
import type { SourceStory } from "./source-story.ts";

/** A finding as far as its lock goes: where its run takes that, and the step that breaks the rule; none of an exit. */
interface Held {
  readonly key: Key | undefined;
  readonly taken?: number;
  readonly run: Run;
  readonly step?: number;
}

const MAX_SUSPECTS = 2;

/** Calls of which nothing is known, on a way from where the lock is taken to where it is found held, that may release it. */
export function suspectsOf(
  { key, taken, run, step }: Held,
  { nodes, plan: { flow, kept, calls } }: Translation,
  { isExplained }: SourceStory,
): readonly string[] {
  if (!key || taken === undefined) return [];
  const suspects = flow.unknown.filter((each) => mayReach(each, key, calls) && !isExplained(each.name));
  if (suspects.length === 0) return [];
  const behind = reachedFrom(flow, nodes[taken] ?? -1);
  const end = nodes[step ?? run.moves.at(-1)?.transition ?? -1] ?? -1;
  const onRun = new Set(run.moves.map(({ transition }) => nodes[transition]));
  const between = suspects.filter(
    ({ next }) => behind.has(next) && onRun.has(kept.arrive(next).node) && reachedFrom(flow, next).has(end),
  );
  return [...new Set(between.map(({ name }) => name))].slice(0, MAX_SUSPECTS);
}

/** It is given the lock, or what the lock is in; or its name says that it releases something, and it is given what leads there. */
function mayReach({ name, args }: UnknownCall, key: Key, { aliases }: Translation["plan"]["calls"]): boolean {
  if (isNoLock(name) || isAccessor(name) || QUESTION.test(name)) return false;
  const leading = key.roots.filter((root) => root !== key.text);
  const isGiven = args.some((each) => {
    const place = placeOf(each);
    return keyText(each, aliases) === key.text || (place !== undefined && leading.includes(place));
  });
  return (
    isGiven ||
    (lockWordOf(name) !== undefined && args.flatMap(readsOf).some((each) => leading.includes(each)))
  );
}

/** Its result is what it is called for. */
const QUESTION =
  /(?:^|_)(?:is|has|have|can|test|needs?|should|count|empty|full|mask|size|len|index|idx|version|rev|read[bwlq]?|rd\d*|write[bwlq]?|wr\d*)(?:_|$)/;

function reachedFrom({ nodes }: Flow, from: number): ReadonlySet<number> {
  const reached = new Set<number>();
  const todo = [from];
  for (let each = todo.pop(); each !== undefined; each = todo.pop()) {
    const node = nodes[each];
    if (!node || reached.has(each)) continue;
    reached.add(each);
    todo.push(node.next, node.otherwise);
  }
  return reached;
}
