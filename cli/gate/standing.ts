import { git } from "../../tree/git.ts";
import { isTopOfCheckout, resolveCommit } from "../../tree/tree.ts";

/** More names than a command line should hold. */
const MOST_FILES = 1_000;

/**
 * The commit that is checked out, where the files that a change touches stand as in it: then it is what the
 * change was judged against. Undefined where they differ, or the directory is no checkout.
 */
export function standingCommit(directory: string, files: readonly string[]): string | undefined {
  if (files.length > MOST_FILES || !isTopOfCheckout(directory)) return undefined;
  const literal = files.map((path) => `:(literal)${path}`);
  const differing = git(directory, ["status", "--porcelain", "--ignored", "-uall", "--", ...literal]);
  return differing.ok && differing.out === "" ? resolveCommit(directory, "HEAD") : undefined;
}
