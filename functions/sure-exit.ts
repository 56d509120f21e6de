import type { ReturnedClass } from "../model/c/index.ts";
import type { Status } from "../model/c/status/index.ts";
import { type Exit, isByLoop, type Net } from "./exit.ts";

/** A way out, seen from one lock. */
export interface Way {
  readonly exit: Exit;
  readonly net: Net;
  readonly status: Status | undefined;
  /** Another lock is kept there. */
  readonly keepsOther: boolean;
}

/** Which results tell the caller that the function failed. */
export type Fails = (returns: ReturnedClass) => boolean;

/**
 * Whether the other ways out show that one which keeps a lock is wrong: one that returns the same, so that no
 * caller can tell them apart, has released it; or the function fails here, and releases it wherever it succeeds;
 * or all others release it, and what is returned here may be what they return. What the same return statement
 * does on other ways is no evidence: a condition tells them apart, and may do so rightly.
 */
export function isSure({ exit, net, status }: Way, all: readonly Way[], fails: Fails): boolean {
  if (net !== 1) return false;
  const { returns } = exit;
  const touched = all.filter(
    (each) => !isSameWay(each.exit, exit) && each.status !== "untouched" && each.status !== "refused",
  );
  const sameWay = all.filter((each) => isSameWay(each.exit, exit));
  // Of a loop that takes several it is the first round which has taken none yet.
  if (!isByLoop(status) && sameWay.some(({ net }) => net === 0)) return false;
  const twins = touched.filter((each) => each.exit.returns === returns && isReleased(each));
  if (returns !== "any" && twins.length > 0) return true;
  if (returns === "error" || returns === "nonzero") {
    const succeeds = touched.filter((each) => !fails(each.exit.returns));
    return fails(returns) && succeeds.length > 0 && succeeds.every(isReleased);
  }
  const isVague = returns === "any" && touched.some((each) => !fails(each.exit.returns));
  return isVague && touched.every(isReleased);
}

const isSameWay = (one: Exit, other: Exit): boolean =>
  one.site === other.site && one.returns === other.returns;

/** It has given the lock back, and holds no other one in its place. */
const isReleased = ({ status, keepsOther }: Way): boolean => status === "released" && !keepsOther;
