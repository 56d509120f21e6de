import type { Finding } from "../../functions/finding.ts";
import { unknownLockBound } from "../../functions/unknown-locks.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import { SIDES } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { changeOn } from "./changed-effects.ts";
import { isNeutral } from "./effect-change.ts";

/** Callers of changed functions that were not judged, or not to their end. */
export function unjudgedCallers({ pair, names, reports }: PairJudgement): readonly string[] {
  const file = (pair.after ?? pair.before)?.file ?? "";
  const told = (how: string) => (each: { readonly function: string; readonly reason: string }) =>
    names.includes(each.function)
      ? [`${file}: caller ${each.function}() was not ${how}: ${each.reason}`]
      : [];
  return SIDES.flatMap((side) => [
    ...reports[side].functions.skipped.flatMap(told("modelled")),
    ...reports[side].functions.capped.flatMap(told("searched to its end")),
  ]);
}

/** Calls in callers of changed functions whose effect on locks is not known any more. */
export function unknownInCallers({ pair, names, reports }: PairJudgement): readonly string[] {
  const [was, is] = [reports.before, reports.after].map(({ unknownLocks = [] }) =>
    unknownLocks.filter((each) => names.includes(each.function)),
  );
  const known = new Set(was?.map((each) => `${each.function} ${each.callee}`));
  return (is ?? [])
    .filter((each) => !known.has(`${each.function} ${each.callee}`))
    .map((each) => unknownLockBound((pair.after ?? pair.before)?.file ?? "", each));
}

/**
 * Changed functions of which it is not understood what they newly do to their callers' locks, so that no caller
 * was judged by it. What has no model is named as that, and what is wrong by itself as a finding.
 */
export function notUnderstood(file: PairJudgement): readonly string[] {
  const { before, after } = file.pair;
  if (!before || !after || before.partial || after.partial) return [];
  const graph = callGraph(after.text, after.file);
  const was = callGraph(before.text, before.file).parameters;
  const { skipped, capped } = file.reports.after.functions;
  const named = new Set([...skipped, ...capped].map((each) => each.function));
  const wrong = new Set(file.reports.after.findings.filter(isHard).map((each) => each.function));
  const isCalled = (name: string) => !graph.private.has(name) || graph.directCallers(name).length > 0;
  return changedFunctions(file.pair)
    .filter((name) => was.has(name) && graph.parameters.has(name) && isCalled(name))
    .filter((name) => !named.has(name) && !wrong.has(name) && !tableKnowledge.matters(name))
    .filter((name) => changeOn(file, "after", name).kind === "not understood")
    .filter((name) => !isNeutral(file.reports.after.effects?.get(name)))
    .map((name) => `${after.file}: what ${name}() newly does to its callers' locks is not understood`);
}

/** Changed functions that do otherwise to locks in a reading of their `#if`s by which callers are not judged. */
export function otherReadings({ pair, reports }: PairJudgement): readonly string[] {
  const { before, after } = pair;
  if (!before || !after || before.partial || after.partial) return [];
  const [was, is] = [reports.before, reports.after].map(({ otherEffects = [] }) => new Map(otherEffects));
  return changedFunctions(pair)
    .filter((name) => was?.get(name) !== is?.get(name) && !tableKnowledge.matters(name))
    .map(
      (name) =>
        `${after.file}: what ${name}() does to locks changes in an arm of an #if: no caller is judged by it`,
    );
}

const isHard = ({ confidence }: Finding): boolean => confidence === "hard";
