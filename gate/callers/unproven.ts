import type { ExitState } from "../../functions/exit-finding.ts";
import { rangesNamed } from "../../model/c/source/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import { localsOf, normalise } from "../compare/locals.ts";
import { SIDES, type Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { changeOn } from "./changed-effects.ts";
import { EXIT_IMBALANCE } from "./exit-change.ts";
import { newOn } from "./expectation.ts";

/** A lock that a function took or released for its callers, and that it leaves alone now. */
export interface LeftAlone {
  readonly file: string;
  readonly name: string;
  readonly lock: string;
  readonly verb: "takes" | "releases";
}

/**
 * Locks that a changed function of a file no longer comes back with, or without, where no caller shows whether
 * that mends something or breaks it: none was wrong before, and none is wrong now.
 */
export function unproven(file: PairJudgement, callers: readonly PairJudgement[]): readonly LeftAlone[] {
  return changedFunctions(file.pair)
    .flatMap((name) => leftAlone(file, name))
    .filter((each) => !callers.some((caller) => showsSomething(caller, each)));
}

export const unprovenBound = ({ file, name, lock, verb }: LeftAlone): string =>
  `${file}: ${name}() no longer ${verb} ${lock}: no caller shows whether that is meant`;

function leftAlone({ pair, reports }: PairJudgement, name: string): readonly LeftAlone[] {
  const { before, after } = pair;
  if (!before || !after || before.partial || after.partial) return [];
  if (!callGraph(after.text, after.file).parameters.has(name)) return [];
  const ways = (side: Side): readonly ExitState[] => reports[side].exits?.get(name) ?? [];
  const changed = ways("before").filter(({ net }) => net !== 0);
  if (changed.length === 0) return [];
  const [was, is] = [before, after].map((image) => lockNames(image, name));
  const touched = new Set(ways("after").map(({ lock }) => is?.(lock)));
  const gone = changed.filter(({ lock }) => !touched.has(was?.(lock)));
  const byLock = new Map(gone.map(({ lock, net }) => [lock, net]));
  return [...byLock].map(([lock, net]) => ({
    file: after.file,
    name,
    lock,
    verb: net === 1 ? "takes" : "releases",
  }));
}

/** Names locks alike on both sides, however locals are called. */
function lockNames({ text }: Image, name: string): (lock: string) => string {
  const locals = localsOf(rangesNamed(text, name)[0]?.text ?? "");
  return (lock) => normalise(lock, locals);
}

/**
 * A caller that does wrong on one side alone; to pass on what was done before is not wrong yet. Or one that is
 * changed with the function, and would do wrong had that not been changed.
 */
function showsSomething(judged: PairJudgement, { name, lock }: LeftAlone): boolean {
  return SIDES.some((side) => {
    const image = judged.pair[side];
    const callers = image && callGraph(image.text, image.file).callersOf(new Set([name]));
    const passesOn = (own: string) => {
      const compared = changeOn(judged, side, own);
      return side === "before" || (compared.kind === "changed" && compared.change.neutral);
    };
    const isWrong = newOn(judged, side).some(
      ({ function: own, rule }) => callers?.has(own) && (rule !== EXIT_IMBALANCE || !passesOn(own)),
    );
    const goesWith = judged.alone[side].some(
      (each) => callers?.has(each.function) && memberOf(each.lock) === memberOf(lock),
    );
    return isWrong || goesWith;
  });
}

/** Callers call the same lock otherwise, but for its member. */
const memberOf = (lock: string): string => lock.split(/->|\./).at(-1) ?? lock;
