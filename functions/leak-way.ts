import type { Run } from "../checker/result.ts";
import { acquisitionsOf, type Key, reachedFrom, releasesOf, type Translation } from "../model/c/index.ts";
import type { Transition } from "../model/ir/model.ts";
import type { Exit } from "./exit.ts";
import { transitionsOf } from "./path.ts";
import { skipOf, storyOf } from "./story.ts";

/** It gives the lock up before it takes it: it came with it, and goes with it. */
export function comesWithLock(translation: Translation, { index }: Key, { end }: Exit): boolean {
  const passed = transitionsOf(translation, end.run());
  const first = passed.flatMap(({ transition: { events = [] } }) => events).find((each) => isOf(each, index));
  return first?.kind === "release";
}

/** Where a way takes the lock last; -1 where it does not. */
export const lastTaken = (passed: ReturnType<typeof transitionsOf>, { index }: Key): number =>
  passed.findLastIndex(({ transition: { events = [] } }) =>
    events.some((each) => isOf(each, index) && each.kind === "acquire"),
  );

/** Whether anything releases the lock, or may, on ways from where it was taken last up to where it is taken anew. */
export function mayReleaseBehind(translation: Translation, key: Key, { end }: Exit): boolean {
  const { plan, nodes } = translation;
  const passed = transitionsOf(translation, end.run());
  const at = nodes[passed[lastTaken(passed, key)]?.index ?? -1];
  if (at === undefined || at < 0) return true;
  const behind = reachedFrom(plan.flow.nodes, [at], new Set(acquisitionsOf(key, plan)));
  const given = releasesOf(key, plan).some((each) => behind.has(each));
  const forgotten = [...behind].some((node) =>
    plan.calls.outcomes.get(node)?.some(({ forgets, taints }) => taints || forgets.includes(key.index)),
  );
  return given || forgotten;
}

/**
 * Whether the way there, behind where the lock is taken, depends on what the search may know less of than the kernel:
 * what the caller gave may tell whether the lock is to be kept, a switch without a default may have a case for all
 * that there is, and so may ifs of which the last one has nothing beside it.
 */
export function isDoubtfulWay(
  translation: Translation,
  key: Key,
  { end }: Exit,
  parameters: readonly string[],
): boolean {
  const { index } = key;
  const run = transitionsOf(translation, end.run());
  const behind = behindTaken(
    run.map(({ transition }) => transition),
    index,
  );
  return (
    leavesBy(translation, end.run(), key, parameters) ||
    leavesSwitch(behind) ||
    leavesIf(translation, run.at(-2)?.index)
  );
}

/**
 * What the caller gave decides that the lock is not released. Before that it may decide what it likes; where a release
 * follows by another name, or none, anything that it decides may be why.
 */
function leavesBy(translation: Translation, run: Run, key: Key, parameters: readonly string[]): boolean {
  const { taken } = storyOf(translation, run, key, "the end");
  const skip = taken === undefined ? undefined : skipOf(translation, run, { key, taken });
  const steps = transitionsOf(translation, run);
  if (!skip) {
    const passed = steps.map(({ transition }) => transition);
    return behindTaken(passed, key.index).some((each) => isDecidedBy(each, parameters));
  }
  const at = steps.findIndex(({ index }) => index === skip.step);
  return steps.slice(at).some(({ transition }) => isDecidedBy(transition, parameters));
}

/** Behind where the lock is taken, what the caller gave decides. */
export const isCallersWay = (
  translation: Translation,
  { index }: Key,
  { end }: Exit,
  parameters: readonly string[],
): boolean => {
  const passed = transitionsOf(translation, end.run()).map(({ transition }) => transition);
  return behindTaken(passed, index).some((each) => isDecidedBy(each, parameters));
};

function behindTaken(passed: readonly Transition[], index: number): readonly Transition[] {
  const taken = passed.findIndex(({ events = [] }) => events.some((each) => isOf(each, index)));
  return passed.slice(Math.max(taken, 0));
}

const isOf = (event: object, index: number): boolean => "key" in event && event.key === index;

const isDecidedBy = ({ decision }: Transition, parameters: readonly string[]): boolean =>
  decision?.kind === "branch" && parameters.includes(/^\w+(?!\w|->|\.|\()/.exec(decision.subject)?.[0] ?? "");

/** What is done if the last condition holds is left out, and nothing is done instead. */
function leavesIf({ plan, nodes, model }: Translation, last = -1): boolean {
  const { decision } = model.programs[0]?.transitions[last] ?? {};
  if (decision?.kind !== "branch" || decision.loop || decision.alternative !== "false") return false;
  const { nodes: all } = plan.flow;
  const node = all[nodes[last] ?? -1];
  if (node?.action.kind !== "branch") return false;
  let at = node.action.holds === decision.alternative ? node.next : node.otherwise;
  while (IDLE.has(all[at]?.action.kind ?? "")) at = all[at]?.next ?? -1;
  return all[at]?.action.kind === "return";
}

const IDLE: ReadonlySet<string> = new Set(["jump", "forget"]);

/** None of its cases is chosen. */
function leavesSwitch(passed: readonly Transition[]): boolean {
  const asked = passed.filter(({ decision, source }) => decision && /^switch\b/.test(source?.text ?? ""));
  return asked.some(
    ({ decision, source }, at) =>
      decision?.alternative === "false" && asked[at + 1]?.source?.line !== source?.line,
  );
}
