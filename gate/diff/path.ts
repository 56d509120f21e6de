import { InputError } from "../../model/input-error.ts";
import { leavesTree } from "../../tree/path.ts";

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };

/** A path as a diff header writes it: quoted like a C string where it has odd characters, tab and date cut off. */
export function unquotePath(written: string): string {
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
  return Buffer.from(bytes).toString("utf8");
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
