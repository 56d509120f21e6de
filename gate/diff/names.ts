import { InputError } from "../../model/input-error.ts";
import { nameOf } from "../../tree/names.ts";
import { leavesTree } from "../../tree/path.ts";
import type { FileDiff, Hunk } from "./diff.ts";

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };

/** A path as a diff header writes it: quoted like a C string where it has odd characters, tab and date cut off. */
function unquotePath(written: string): string {
  const text = written.trim();
  if (!text.startsWith('"')) return text.split("\t")[0] ?? text;
  const bytes: number[] = [];
  const parts = text.slice(1).matchAll(/\\([0-7]{3})|\\(.)|([^\\"]+)|"/g);
  for (const [whole, octal, escaped, plain] of parts) {
    if (whole === '"') break;
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 255);
    else if (escaped !== undefined) bytes.push(ESCAPES[escaped] ?? escaped.charCodeAt(0) & 255);
    else bytes.push(...Buffer.from(plain ?? ""));
  }
  return nameOf(Buffer.from(bytes));
}

/** Takes the `a/` or `b/` off; undefined for /dev/null. Throws an InputError for a path that leaves the tree. */
export function treePath(written: string, input: number): string | undefined {
  const path = unquotePath(written);
  if (path === "/dev/null") return undefined;
  const stripped = path.replace(/^[a-z]\//, "");
  if (leavesTree(path) || leavesTree(stripped)) {
    throw new InputError(`line ${input}: path ${JSON.stringify(path)} leaves the tree`);
  }
  return stripped;
}

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
