import { type Key, lockName, type Translation } from "../model/c/index.ts";
import type { Transition } from "../model/ir/model.ts";
import { type Exit, type Net, netOf } from "./exit.ts";
import type { PathStep } from "./finding.ts";
import { stepOf, transitionsOf } from "./path.ts";
import { eventsOn } from "./story.ts";

/** Where a function changes a lock of its caller, or returns without a change that it makes elsewhere. */
export interface CalleeReturn {
  /** What it returns, as outcomes of calls are named: by the class of results, and by the error. */
  readonly returns: readonly string[];
  readonly object: string;
  readonly lock: string;
  readonly net: Net;
  /** The last decision before the return, or before the change, and that itself. */
  readonly steps: readonly PathStep[];
}

/** Exits of one function that are told. */
const MAX_TOLD = 50;

/** By the exits of a function, for each lock that it leaves otherwise on some of them. */
export function calleeReturns(translation: Translation, exits: readonly Exit[]): readonly CalleeReturn[] {
  const told = exits.slice(0, MAX_TOLD);
  return translation.plan.calls.keys
    .filter(({ index }) => told.some(({ statuses }) => isChange(netOf(statuses[index]))))
    .flatMap((key) => told.flatMap((exit) => returnOf(translation, key, exit)));
}

const isChange = (net: Net | undefined): boolean => net === 1 || net === -1;

function returnOf(translation: Translation, key: Key, exit: Exit): readonly CalleeReturn[] {
  const net = netOf(exit.statuses[key.index]);
  if (net === undefined) return [];
  const passed = transitionsOf(translation, exit.end.run()).map(({ transition }) => transition);
  const changed = passed.findLastIndex((each) => {
    const { taken, released } = eventsOn(key, each);
    return taken || released;
  });
  const steps = lastSteps(net === 0 ? passed : passed.slice(0, changed + 1));
  const returns = [exit.returns, ...exit.errors].map((each) => `returns ${each}`);
  return [{ returns, object: key.object, lock: lockName(key), net, steps }];
}

/** The last step that the source has, and what was decided last before it. */
function lastSteps(passed: readonly Transition[]): readonly PathStep[] {
  const end = passed.findLastIndex(({ source }) => source !== undefined);
  const decided = passed
    .slice(0, Math.max(end, 0))
    .findLast(({ decision, source }) => decision?.kind === "branch" && source !== undefined);
  return [decided, passed[end]].flatMap((each) => (each ? stepOf(each) : []));
}
