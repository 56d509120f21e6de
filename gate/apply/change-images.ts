import type { Tree } from "../../tree/tree.ts";
import type { Diff, FileDiff } from "../diff/diff.ts";
import { languageOfDiff, unreadCode } from "../diff/language.ts";
import { limitFiles } from "../judge/limits.ts";
import { type ImagePair, pairFromHunks, pairFromTree } from "./image-pair.ts";
import type { AppliedFile, Workspace } from "./workspace.ts";

/** What can be seen of a change. */
export interface ChangeImages {
  /** Whole files where the change applies, else what its hunks show. */
  readonly pairs: readonly ImagePair[];
  /** Files that it does not apply to. */
  readonly refused: readonly AppliedFile[];
  /** What of it was not looked at, as bounds. */
  readonly left: readonly string[];
}

export function imagesOf({ files, collapsed, unread }: Diff, workspace: Workspace | undefined): ChangeImages {
  const { read, bounds } = limitFiles(files.filter((file) => languageOfDiff(file) === "c"));
  const left = [...bounds, ...unreadCode(files), ...unread];
  const hunks = (file: FileDiff) => pairFromHunks(file, collapsed);
  if (!workspace) return { pairs: read.map(hunks), refused: [], left };
  const seen = workspace.apply(read, collapsed).map((applied) => {
    const whole = applied.failure === undefined ? pairFromTree(applied) : undefined;
    return { pair: whole ?? hunks(applied.file), refused: whole ? [] : [{ failure: NOT_FOUND, ...applied }] };
  });
  const failed = seen.flatMap(({ refused }) => refused);
  const undecided = failed.filter(({ isUndecided }) => isUndecided === true);
  return {
    pairs: seen.map(({ pair }) => pair),
    refused: failed.filter((each) => !undecided.includes(each)),
    left: [...left, ...undecided.map(undecidedBound)],
  };
}

const undecidedBound = ({ file: { before, after }, failure }: AppliedFile): string =>
  `${after ?? before}: ${failure}: whether the patch applies is not known, and its hunks are all that was seen`;

const NOT_FOUND = "some hunk applies too far from where it says";

/** What to say of files that a patch does not apply to: which, why, and what helps. */
export function refusals(refused: readonly AppliedFile[], tree: Tree | undefined): readonly string[] {
  const base = tree?.commit === undefined ? "" : ` at ${tree.commit.slice(0, 12)}`;
  return refused.map(({ file: { before, after }, failure, isAppliedAlready }) => {
    const what = `${after ?? before}: the patch does not apply${base}`;
    if (isAppliedAlready) return `${what}: it is applied already (--base COMMIT names a commit without it)`;
    return `${what}: ${failure} (--base COMMIT names the commit that it was made for)`;
  });
}
