import { type IdentifiedFinding, identify } from "../compare/identity.ts";
import { localsOf } from "../compare/locals.ts";
import type { FileDiff } from "../diff/diff.ts";
import type { Change } from "../intake/change.ts";
import { functionRanges } from "../rebuild/ranges.ts";
import { type Image, rebuild } from "../rebuild/rebuild.ts";
import type { Judge, Judgement } from "./judge.ts";
import { placeFinding } from "./place.ts";

/** A file before and after a change; one side is absent where the change creates or deletes it. */
export interface ImagePair {
  readonly file: FileDiff;
  readonly before?: Image;
  readonly after?: Image;
}

const SOURCE = /\.(c|h)$/;

export const isSource = ({ before, after }: FileDiff): boolean => SOURCE.test(after ?? before ?? "");

/** The images of a change as far as its hunks show them. */
export function pairsFromHunks({ diff }: Pick<Change, "diff">): readonly ImagePair[] {
  return diff.files.filter(isSource).map((file) => {
    const before = rebuild(file, "before", diff.collapsed);
    const after = rebuild(file, "after", diff.collapsed);
    return { file, ...(before && { before }), ...(after && { after }) };
  });
}

export interface PairJudgement {
  readonly pair: ImagePair;
  readonly before: readonly IdentifiedFinding[];
  readonly after: readonly IdentifiedFinding[];
  readonly judged: Judgement;
}

const NOTHING: Judgement = {
  findings: [],
  functions: { seen: 0, modelled: 0, skipped: [], capped: [] },
  assumed: [],
  bounds: [],
};

/** Judges what a change touches in one file, before and after it. */
export async function judgePair(pair: ImagePair, judge: Judge): Promise<PairJudgement> {
  const before = pair.before ? await judge(pair.before, pair.before.changed) : NOTHING;
  const after = pair.after ? await judge(pair.after, pair.after.changed) : NOTHING;
  return {
    pair,
    before: identified(before, pair.before),
    after: identified(after, pair.after),
    judged: pair.after ? after : before,
  };
}

function identified(judgement: Judgement, image: Image | undefined): readonly IdentifiedFinding[] {
  if (!image) return [];
  const locals = new Map(functionRanges(image.text).map(({ name, text }) => [name, localsOf(text)]));
  return judgement.findings.map((finding) =>
    identify(placeFinding(finding, image), locals.get(finding.function) ?? new Map()),
  );
}
