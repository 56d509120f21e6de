import { toText } from "../../tree/text.ts";
import type { FilesRead, Tree } from "../../tree/tree.ts";
import { untouchedImage } from "../apply/image.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import type { Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** A tree on both sides of a change: one and the same where the change is all that happens to it. */
interface Trees {
  readonly tree: Tree;
  readonly treeAfter: Tree;
}

/** Of each file, what it was and is; of one that nothing touches, both are the same. */
export function callerFiles(
  paths: readonly string[],
  touched: readonly PairJudgement[],
  { tree, treeAfter }: Trees,
) {
  const own = new Map(touched.map(({ pair }) => [pair.after?.file, pair]));
  const others = paths.filter((path) => !own.has(path));
  const after = treeAfter.readAll(others);
  const before = tree === treeAfter ? after : tree.readAll(others);
  const unread = [...new Set([...before.unread, ...after.unread])];
  const gone = others.filter((path) => !after.files.has(path));
  const isNamed = (path: string) => unread.some((each) => each.startsWith(`${path}:`));
  const lost = gone.filter((path) => !isNamed(path)).map((path) => `${path}: it cannot be read any more`);
  const pairs = paths.flatMap((path) => own.get(path) ?? pairAt(path, before, after) ?? []);
  return { pairs, unread: [...unread, ...lost] };
}

function pairAt(path: string, old: FilesRead, latest: FilesRead): ImagePair | undefined {
  const [was, is] = [old.files.get(path), latest.files.get(path)];
  if (!is) return undefined;
  const file = { ...(was && { before: path }), after: path, hunks: [], binary: false, input: 0 };
  if (was && (was === is || was.equals(is))) {
    const image = untouchedImage(path, toText(is));
    return { file, before: image, after: image };
  }
  const [before, after] = [was && ofAnotherPart(path, was, "before"), ofAnotherPart(path, is, "after")];
  return { file, ...(before && { before }), after };
}

const ofAnotherPart = (path: string, bytes: Buffer, side: Side): Image => ({
  ...untouchedImage(path, toText(bytes)),
  side,
  isOfAnotherPart: true,
});

/** Files that the tree afterwards has otherwise than the change leaves them, a bound each. */
export const standingOtherwise = (pairs: readonly ImagePair[], { name, read }: Tree): readonly string[] =>
  pairs.flatMap(({ after, before }) => {
    const path = (after ?? before)?.file ?? "";
    const bytes = read(path);
    const text = bytes && toText(bytes);
    return text === after?.text ? [] : [`${path}: ${name} has it otherwise than the change leaves it`];
  });
