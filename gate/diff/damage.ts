import { InputError } from "../../model/input-error.ts";
import type { Diff, FileDiff, Hunk } from "./diff.ts";

/**
 * What a diff shows to have lost: hunks, their headings, files' headers, or lines that headings count. Of one quoted
 * in a reply, which people trim, each is a bound.
 *
 * @throws InputError for any other.
 */
export function damageOf({ files, orphans }: Diff, quoted: boolean): readonly string[] {
  const damage = [
    ...orphans.map((line) => `line ${line}: a hunk without the header of its file`),
    ...files.flatMap(damageOfFile),
  ];
  const [first] = damage;
  if (first !== undefined && !quoted) throw new InputError(`${first}: the patch is damaged or cut off`);
  return damage;
}

function damageOfFile({ before, after, hunks, lacksHunks, input }: FileDiff): readonly string[] {
  const path = after ?? before ?? "";
  if (lacksHunks) return [`line ${input}: no hunk of ${path} follows its header`];
  return hunks.flatMap((hunk, at) =>
    damageOfHunk(hunk, hunks[at - 1], `line ${hunk.input}: hunk of ${path}`),
  );
}

function damageOfHunk(hunk: Hunk, previous: Hunk | undefined, where: string): readonly string[] {
  if (hunk.missing > 0) return [`${where} lacks ${hunk.missing} of the lines that its heading counts`];
  if (hunk.surplus) return [`${where} has more lines than its heading counts`];
  // The header of another file may be lost between them.
  const isBehind = previous === undefined || hunk.oldStart >= previous.oldStart;
  return isBehind ? [] : [`${where} stands before the one above it`];
}
