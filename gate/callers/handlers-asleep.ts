import { foundRegistered } from "../../functions/above/found-above.ts";
import { type RunsAtomic, runsAtomic } from "../../functions/across/atomic-context.ts";
import { registrationsIn } from "../../functions/across/registered.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { type IdentifiedFinding, identify } from "../compare/identity.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { placeFinding } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { sleepOf } from "./callers-asleep.ts";
import type { ChangedEffect } from "./changed-effects.ts";

/**
 * Functions that newly sleep, and that other files have the kernel run in atomic context: each as it was judged, with that.
 *
 * @param judged the functions that changed, and those that pass it on.
 * @param others files that name them, as the change leaves them.
 */
export function handlersAsleep(
  changes: readonly ChangedEffect[],
  judged: readonly PairJudgement[],
  others: readonly Image[],
): readonly PairJudgement[] {
  return changes.flatMap((each) => {
    const { name, file, side, before, after } = each;
    const chain = side === "after" && sleepOf(before) === undefined ? sleepOf(after) : undefined;
    const own = judged.findLast(({ pair, names }) => pair.after?.file === file && names.includes(name));
    const meant = chain && others.flatMap((other) => registrationOf(name, other))[0];
    if (!meant || !own?.pair.after) return [];
    const asleep = { name, file, unit: readUnit(own.pair.after.text), chain };
    const finding = foundRegistered(meant.place, meant.runs, asleep);
    const found = identify(placeFinding({ ...finding, confidence: "hard" }, own.pair.after), NO_LOCALS);
    const isOwn = (one: IdentifiedFinding) => one.finding.function === name;
    return [
      { ...own, names: [name], before: own.before.filter(isOwn), after: [...own.after.filter(isOwn), found] },
    ];
  });
}

const NO_LOCALS = new Map<string, never>();

function registrationOf(
  name: string,
  { text, file }: Image,
): readonly { readonly place: string; readonly runs: RunsAtomic }[] {
  const { text: code, lines } = readUnit(text);
  return registrationsIn(code).flatMap(({ name: registered, in: runs, at }) =>
    registered === name && runsAtomic(runs) ? [{ place: `${file}:${lines.lineAt(at)}`, runs }] : [],
  );
}
