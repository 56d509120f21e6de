import { type Expr, print, type Translation, unlaidSwitches, unlessOpen } from "../model/c/index.ts";
import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import type { Assertion } from "../model/ir/model.ts";
import type { Exit } from "./exit.ts";
import type { Explored } from "./explore.ts";
import { movedLocks } from "./moved-lock.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";

const OPEN = "open callee at ";

/** Demanded behind a callee's body: that no condition which may as well be otherwise decided on a lock. */
export function openDemands(translation: Translation, transition: number): readonly Assertion[] {
  const node = translation.nodes[transition] ?? -1;
  const { isLeft = false, isKnown = false } = translation.plan.calls.unclearBehind.get(node) ?? {};
  if (!isLeft || isKnown) return [];
  return [{ property: `${OPEN}${node}`, condition: unlessOpen, message: "" }];
}

interface Searched {
  readonly translation: Translation;
  readonly judged: { readonly explored: Explored; readonly exits: readonly Exit[] };
}

/** Calls of functions of the source by what is known of them there. */
export interface CalleesAt {
  /** They leave a lock one way or another. */
  readonly open: readonly UnknownLockCall[];
  /** Offsets of calls whose bodies say what they do there, on each path. */
  readonly decided: readonly number[];
}

/** What became of the calls in whose place bodies were laid, for all readings of the caller. */
export function calleesAt(
  { lines }: Unit,
  { name }: UnitFunction,
  readings: readonly Searched[],
  known: Knowledge,
): CalleesAt {
  const calls = readings.flatMap(({ translation, judged }) => laidCalls(translation, judged.explored));
  const unlaid = readings.flatMap(({ translation }) => unlaidCalls(translation, known));
  const open = [...calls, ...unlaid].filter(({ isOpen }) => isOpen);
  const moved = readings.flatMap(({ translation, judged }) =>
    movedLocks(translation, judged.explored, judged.exits),
  );
  const named = [...moved, ...open.map(({ isOpen: _, ...each }) => each)].map((each) => ({
    ...each,
    function: name,
    line: lines.lineAt(each.at),
  }));
  const decided = calls.map(({ at }) => at).filter((at) => !open.some((each) => each.at === at));
  return { open: [...new Map(named.map((each) => [each.at, each])).values()], decided };
}

interface LaidCall extends Pick<UnknownLockCall, "callee" | "arguments" | "at"> {
  readonly isOpen: boolean;
}

/** Calls of functions that release a lock by another variant, perhaps, than it was taken by. */
const unlaidCalls = ({ plan }: Translation, known: Knowledge): readonly LaidCall[] =>
  unlaidSwitches(plan, known).flatMap((node) => {
    const { action, at } = plan.flow.nodes[node] ?? {};
    return action?.kind === "call" && at !== undefined ? [laidCall(action, at, true)] : [];
  });

const laidCall = (
  { name, args }: { readonly name: string; readonly args: readonly Expr[] },
  at: number,
  isOpen: boolean,
): LaidCall => ({
  ...{ callee: name, arguments: args.map(print).join(",").replace(/\s+/g, ""), at, isOpen },
});

/** The result of one that returns something may well tell its caller what it did. */
function laidCalls(
  { plan: { calls, flow, kept } }: Translation,
  { properties }: Explored,
): readonly LaidCall[] {
  const violated = new Set(
    properties.flatMap(({ property, verdict }) => (verdict === "violated" ? [property] : [])),
  );
  return kept.nodes.flatMap((node) => {
    const { action, at } = flow.nodes[node] ?? {};
    if (at === undefined || action?.kind !== "behind" || !action.isOutermost) return [];
    const { isLeft = false, isTold = false } = calls.unclearBehind.get(node) ?? {};
    const isOpen = violated.has(`${OPEN}${node}`);
    if (!isLeft || (isOpen && isTold)) return [];
    return [laidCall(action, at, isOpen)];
  });
}
