import { unreadParts } from "../../functions/unmodelled.ts";
import { tableKnowledge, takesLocks } from "../../model/c/knowledge/index.ts";
import { calledNames, functionRanges, readUnit } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import type { Renames } from "../compare/renames.ts";
import { type DiffLine, SIDES } from "../diff/diff.ts";
import type { Judge } from "../judge/judge.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { blankComments } from "../rebuild/scan.ts";
import { changedAccessorLocks } from "./changed-accessor-locks.ts";
import { changedCallbacks } from "./changed-callbacks.ts";
import { changedEntries } from "./changed-entries.ts";
import { changedGuards, changedMacros } from "./definitions.ts";
import { jumpsInGaps } from "./jumps-in-gaps.ts";
import { redefined } from "./redefined.ts";
import { changedScopes } from "./scope-definitions.ts";
import { unknownLockCalls } from "./unknown-calls.ts";
import { unknownLockChanges } from "./unknown-locks.ts";
import { unknownSleepers } from "./unknown-sleepers.ts";
import { unseenSleepers } from "./unseen-sleepers.ts";

/**
 * What of a change could alter how locks are taken, and is nothing that the checker models: each is a line
 * that names it, and keeps the verdict from being `holds`.
 */
export async function unmodelledChanges(
  judgement: PairJudgement,
  judge: Judge,
  renames: Renames = new Map(),
): Promise<readonly string[]> {
  const { pair } = judgement;
  const { file, after, before } = pair;
  if (file.binary) return [`${file.after ?? file.before}: a binary change`];
  const image = after ?? before;
  return [
    ...redefined(judgement),
    ...changedMacros(file, image?.partial === false).map(
      ({ name, why }) => `${image?.file}: macro ${name} ${why}`,
    ),
    ...changedGuards(file),
    ...changedScopes(pair),
    ...linesOutside(pair),
    ...linesInGaps(pair),
    // Where hunks show a lock it is said that they are all that was seen.
    ...(judgement.judged.functions.seen === 0 ? jumpsInGaps(pair) : []),
    ...unseenSleepers(pair),
    ...unknownLockCalls(pair),
    ...(await unknownLockChanges(judgement, renames)),
    ...(await changedEntries(pair, judge)),
    ...(await changedAccessorLocks(judgement)),
    ...(await changedCallbacks(judgement, judge)),
    ...(await unknownSleepers(judgement, judge)),
  ];
}

/** Changed lines that take locks, but lie in no function that could be read. */
function linesOutside({ file, before, after }: ImagePair): readonly string[] {
  const lines = file.hunks.flatMap((hunk) => hunk.lines).filter(({ kind }) => kind !== "context");
  const read = { added: linesRead(after), removed: linesRead(before), context: new Set<number>() };
  const stray = lines.filter((line) => takesLock(line) && !read[line.kind].has(line.input));
  const path = file.after ?? file.before;
  return stray.map(
    ({ text, newLine, oldLine }) =>
      `${path}:${newLine ?? oldLine}: in no function that was read: ${text.trim()}`,
  );
}

/** Parts of a file that cannot be read as they are meant, and have a changed line. Hunks alone begin and end anywhere. */
function linesInGaps(pair: ImagePair): readonly string[] {
  return SIDES.flatMap((side) => {
    const image = pair[side];
    if (!image || image.partial) return [];
    const isChanged = (line: number) =>
      image.origins[line - 1]?.changed && image.origins[line - 1]?.text.trim();
    const parts = unreadParts(readUnit(image.text), (name) => takesLocks(tableKnowledge, name));
    const changed = parts.filter(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, at) => from + at).some(isChanged),
    );
    return changed.map(({ line, message }) => `${placeOf(image, line)}: ${message}`);
  });
}

function takesLock({ text }: DiffLine): boolean {
  const code = blankComments(text);
  if (/^\s*(\*|#)/.test(code) || !/;\s*$/.test(code.trimEnd())) return false;
  return [...calledNames(code)].some((name) => takesLocks(tableKnowledge, name));
}

/** Lines of the input that stand in functions. */
function linesRead(image: Image | undefined): ReadonlySet<number> {
  const ranges = functionRanges(image?.text ?? "");
  const origins = ranges.flatMap(({ from, to }) => image?.origins.slice(from - 1, to) ?? []);
  return new Set(origins.flatMap((origin) => origin?.input ?? []));
}
