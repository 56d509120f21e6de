import type { FileDiff, Hunk } from "./diff.ts";

/**
 * What diff and quilt write, and git does not: both names begin with a directory of their own
 * (`linux.orig/mm/x.c`, `linux/mm/x.c`), the old one may end in `.orig`, and a file that is not there is told by
 * its counts alone.
 */
export function plainFile<File extends Omit<FileDiff, "hunks">>(
  { before, after, ...rest }: File,
  [first]: readonly Hunk[],
): Omit<File, "before" | "after"> & Pick<FileDiff, "before" | "after"> {
  const [from, to] = sameTree(before, after);
  const isNew = first?.oldStart === 0 && first.oldCount === 0;
  const isGone = first?.newStart === 0 && first.newCount === 0;
  return {
    ...rest,
    ...(from !== undefined && !isNew && { before: from }),
    ...(to !== undefined && !isGone && { after: to }),
  };
}

function sameTree(before: string | undefined, after: string | undefined) {
  if (before === undefined || after === undefined || before === after) return [before, after];
  const from = before.replace(/\.orig$/, "");
  if (from === after) return [after, after];
  const [rest, other] = [from, after].map((path) => path.slice(path.indexOf("/") + 1));
  return rest === other && from.includes("/") ? [rest, other] : [before, after];
}
