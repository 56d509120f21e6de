import { InputError } from "../../model/input-error.ts";
import type { Diff, Hunk } from "./diff.ts";

/**
 * Which hunks do not have the lines that their headings promise. A patch must: it throws an InputError. Of
 * one quoted in a reply, which people trim, each such hunk is a bound.
 */
export function checkCounts(diff: Diff, quoted: boolean): readonly string[] {
  const faults = diff.files.flatMap(({ hunks, after, before }) =>
    hunks.flatMap((hunk) => faultOf(hunk, after ?? before ?? "")),
  );
  const [first] = faults;
  if (first !== undefined && !quoted) throw new InputError(`${first}: the patch is damaged or cut off`);
  return faults;
}

function faultOf(hunk: Hunk, file: string): readonly string[] {
  const where = `line ${hunk.input}: hunk of ${file}`;
  if (hunk.missing > 0) return [`${where} lacks ${hunk.missing} of the lines that its heading counts`];
  return hunk.surplus ? [`${where} has more lines than its heading counts`] : [];
}
