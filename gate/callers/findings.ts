import type { CheckResult } from "../../functions/check.ts";
import type { CallEffect, CallOutcome } from "../../model/c/knowledge/index.ts";
import { rangesNamed } from "../../model/c/source/index.ts";
import { changedFunctions, type ImagePair } from "../apply/image-pair.ts";
import { type Cause, type IdentifiedFinding, identify } from "../compare/identity.ts";
import { otherSide, type Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { PlacedFinding } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";
import type { CallersJudgement } from "./callers.ts";
import { type ChangedEffect, changeOn } from "./changed-effects.ts";
import { EXIT_IMBALANCE } from "./exit-change.ts";
import { newOn } from "./expectation.ts";

/** What is found on one side of a change, in changed functions and in their callers, each with its cause. */
export function findingsOn(side: Side, callers: CallersJudgement): readonly IdentifiedFinding[] {
  const found = lastJudged(side, callers.judged).flatMap((judged) =>
    judged.found.flatMap((each) => {
      const cause = causeOf(side, each.finding, judged.file, callers);
      if (isTakenUp(side, each.finding, judged.file, cause, callers)) return [];
      return [cause ? { ...each, cause: describe(cause, callers.judged) } : each];
    }),
  );
  return [...found, ...unexpectedOn(side, callers)];
}

interface Found {
  readonly file: PairJudgement;
  readonly found: readonly IdentifiedFinding[];
}

/** A function that was judged twice, the second time knowing more of its callees, counts as it was last. */
function lastJudged(side: Side, judged: readonly PairJudgement[]): readonly Found[] {
  const last = new Map<string, PairJudgement>();
  for (const each of judged)
    for (const name of each.names) last.set(`${each.pair[side]?.file} ${name}`, each);
  return [...new Set(last.values())].map((file) => ({
    file,
    found: file[side].filter(({ finding }) => last.get(`${finding.file} ${finding.function}`) === file),
  }));
}

const isOf = ({ name, file }: ChangedEffect, finding: PlacedFinding): boolean =>
  name === finding.function && file === finding.file;

/** The changed callee without which this would not be found: a function that is changed itself is to blame itself. */
function causeOf(
  side: Side,
  finding: PlacedFinding,
  judged: PairJudgement,
  { unexpected, blame }: CallersJudgement,
): ChangedEffect | undefined {
  const { file, function: name, rule, lock } = finding;
  if (!newOn(judged, side).includes(finding)) return undefined;
  const cause = blame(side, file, name);
  if (!cause || !changedFunctions(judged.pair).includes(name)) return cause;
  const isOwn = judged.alone[side].some((each) => each.function === name && each.lock === lock);
  const isPassedOn = rule === EXIT_IMBALANCE && !isOwn;
  return isPassedOn && unexpected.includes(cause) ? cause : undefined;
}

/** It newly keeps a lock, and its callers expect that; or it takes up what a callee rightly did before. */
function isTakenUp(
  side: Side,
  finding: PlacedFinding,
  judged: PairJudgement,
  cause: ChangedEffect | undefined,
  { unexpected }: CallersJudgement,
): boolean {
  if (finding.rule !== EXIT_IMBALANCE || !newOn(judged, side).includes(finding)) return false;
  if (isAboutContext(finding, judged.reports[side])) return false;
  if (cause && unexpected.includes(cause)) return false;
  if (cause && unexpected.some((each) => each.name === cause.name && each.file === cause.file)) return true;
  if (unexpected.some((each) => each.side === side && isOf(each, finding))) return false;
  // No caller was there to expect anything of a function that the change brings along, or takes away.
  if (!isDefined(judged.pair[otherSide(side)], finding.function)) {
    return isOneSided(judged.reports[side].effects?.get(finding.function));
  }
  return changeOn(judged, side, finding.function).kind === "changed";
}

/** The lock itself is as it was: no caller can mean that it was taken by one variant and released by another. */
const isAboutContext = (
  { confidence, function: name, lock }: PlacedFinding,
  { exits }: CheckResult,
): boolean =>
  confidence === "hard" && !exits?.get(name)?.some((each) => each.lock === lock && each.net !== 0);

const isDefined = (image: Image | undefined, name: string): boolean =>
  rangesNamed(image?.text ?? "", name).length > 0;

/** Findings for effects that no caller expects, in functions whose imbalance was not found by itself. */
function unexpectedOn(side: Side, { unexpected, judged }: CallersJudgement): readonly IdentifiedFinding[] {
  const found = judged.flatMap((each) => each[side].map(({ finding }) => finding));
  const isFound = (effect: ChangedEffect) =>
    found.some((each) => isOf(effect, each) && each.rule === EXIT_IMBALANCE);
  return unexpected
    .filter((each) => each.side === side && !isFound(each))
    .map((each) => identify(unexpectedFinding(each, pairsOf(judged)), new Map()));
}

const pairsOf = (judged: readonly PairJudgement[]) => judged.map(({ pair }) => pair);

function describe(cause: ChangedEffect, judged: readonly PairJudgement[]): Cause {
  const { file, function: name, line } = unexpectedFinding(cause, pairsOf(judged));
  return { file, function: name, line, words: cause.change.words };
}

/** Whether a function does the same to its callers' locks on each way out: a helper that only locks, or only unlocks. */
function isOneSided(effect: CallEffect | undefined): boolean {
  const [first = "", ...others] = effect?.outcomes.map(lookOf) ?? [];
  return first !== "" && others.every((each) => each === first);
}

const lookOf = ({ does }: CallOutcome): string =>
  does
    .filter(({ operation }) => ONE_SIDED.has(operation.kind))
    .map(({ operation, path = "" }) => JSON.stringify([operation, path]))
    .sort()
    .join();

const ONE_SIDED: ReadonlySet<string> = new Set(["acquire", "release", "enter", "leave", "map", "unmap"]);

/** The finding that stands for a changed effect that no caller expects. */
function unexpectedFinding(
  { name, file, side, change }: ChangedEffect,
  pairs: readonly ImagePair[],
): PlacedFinding {
  const image = pairs.find((pair) => pair[side]?.file === file)?.[side];
  const range = image && rangesNamed(image.text, name)[0];
  return {
    id: [EXIT_IMBALANCE, name, change.lock, change.words].join(" | "),
    rule: EXIT_IMBALANCE,
    confidence: "audit",
    file,
    line: range?.to ?? 0,
    function: name,
    lock: change.lock,
    message: `${change.words}, and its callers do not expect it`,
    path: [],
  };
}
