import { join } from "node:path";
import { commitAll, diffOf, type Files, makeTree, runGit, writeFiles } from "../../../tree/testing/tree.ts";

/** A mail that quotes a patch, with one finding. */
export const EXAMPLE = "examples/mail/continue-without-lock.eml";
export const LOCK = "spin_lock(&box->lock);";
export const UNLOCK = "spin_unlock(&box->lock);";

export const f = (...body: readonly string[]): string =>
  ["int f(struct box *box)", "{", ...body.map((each) => `\t${each}`), "\treturn 0;", "}", ""].join("\n");

export const clean: Files = { "mm/x.c": f(LOCK, "box->n++;", UNLOCK) };
export const broken: Files = { "mm/x.c": f(LOCK, "box->n++;", UNLOCK, UNLOCK) };

/** A checkout whose commits are these states. */
export function makeCheckout(...states: readonly Files[]): { root: string; commits: readonly string[] } {
  const root = makeTree({});
  runGit(root, "init", "-q");
  const commits = states.map((files, at) => {
    writeFiles(root, files);
    return commitAll(root, `state ${at}`);
  });
  return { root, commits };
}

/** A file with the patch between two states of a tree. */
export const patchFile = (before: Files, after: Files, name = "0001-x.patch"): string =>
  join(makeTree({ [name]: diffOf(before, after) }), name);
