import type { Run } from "../checker/result.ts";
import {
  acquisitionsOf,
  type Key,
  lockName,
  type ResolvedOutcome,
  reachedFrom,
  readsOf,
  releasesOf,
  type Translation,
} from "../model/c/index.ts";
import { handsOn, handsOnTo } from "./escape.ts";
import type { Exit } from "./exit.ts";
import { transitionsOf } from "./path.ts";
import { isSuspect } from "./silent-release.ts";

/**
 * The way to where a function goes on to another object and leaves the lock of this one held: the variable that leads
 * to it is set anew. Undefined where it does not, or may come back for the lock.
 */
export function leftBehind(translation: Translation, key: Key, exit: Exit): Run | undefined {
  if (exit.statuses[key.index] !== "unknown" || mayComeBack(translation, key)) return undefined;
  const { plan, nodes } = translation;
  const run = exit.end.run();
  let isHeld = false;
  let isHandedOn = false;
  for (const [at, { index, transition }] of transitionsOf(translation, run).entries()) {
    const node = nodes[index] ?? -1;
    if (plan.calls.outcomes.get(node)?.some(({ forgets }) => forgets.includes(key.index))) return undefined;
    for (const event of transition.events ?? []) {
      if (!("key" in event) || event.key !== key.index) continue;
      isHeld = event.kind === "acquire";
      isHandedOn = false;
    }
    isHandedOn ||= handsOnTo(key.text, new Set(plan.flow.nodes.slice(node, node + 1).flatMap(handsOn)));
    if (isHeld && !isHandedOn && isSetAnew(translation, key, node))
      return { ...run, moves: run.moves.slice(0, at + 1) };
  }
  return undefined;
}

const releasesAny = ({ does }: ResolvedOutcome): boolean =>
  does.some(({ operation }) => operation.kind === "release");

function isSetAnew({ plan }: Translation, { roots }: Key, node: number): boolean {
  const action = plan.flow.nodes[node]?.action;
  return action?.kind === "assign" && /^\w+$/.test(action.target) && roots.includes(action.target);
}

/**
 * Another variable has the object as well, or something is released of one that it leads to; or another lock is called
 * the same; or a call may release it first; or it is released behind where the variable is set anew: a loop takes the
 * locks of all, another gives them back.
 */
function mayComeBack(translation: Translation, key: Key): boolean {
  const { flow, calls } = translation.plan;
  const copies = flow.nodes.flatMap(({ action }) =>
    action.kind === "assign" && action.value.kind === "copy" && !key.roots.includes(action.target)
      ? [{ from: action.value.variable, to: action.target }]
      : [],
  );
  const isCopied = copies.some(({ from }) => key.roots.includes(from));
  const led = copies.filter(({ from }) => key.roots.some((root) => from.startsWith(`${root}->`)));
  const isLed = [...calls.outcomes].some(([node, outcomes]) => {
    const { action } = flow.nodes[node] ?? {};
    if (action?.kind !== "call" || !outcomes.some(releasesAny)) return false;
    const given = action.args.flatMap(readsOf);
    return led.some(({ to }) => given.includes(to));
  });
  const isOther = calls.keys.some(
    (each) => each !== key && each.released && lockName(each) === lockName(key),
  );
  if (isCopied || isLed || isOther) return true;
  const anew = flow.nodes.flatMap((_, node) => (isSetAnew(translation, key, node) ? [node] : []));
  const taken = acquisitionsOf(key, translation.plan);
  const during = [...taken, ...reachedFrom(flow.nodes, taken, new Set(anew))];
  const passed = new Set(during.flatMap((each) => [flow.nodes[each]?.next, flow.nodes[each]?.otherwise]));
  if (flow.unknown.some((each) => passed.has(each.next) && isSuspect(each, key, translation.plan)))
    return true;
  const behind = reachedFrom(flow.nodes, anew, new Set(taken));
  return releasesOf(key, translation.plan).some((each) => behind.has(each));
}
