import { git } from "./git.ts";
import { type Search, searchedOnce, sorted } from "./mentions.ts";

/** The search of a commit. Nothing is checked out. */
export function commitSearch(root: string, commit: string): Search {
  return (words, folder, store) => {
    const tree = git(root, ["rev-parse", `${commit}^{tree}`]).out.trim();
    const find = async () => ({ files: sorted(filesWith(words, root, commit, sourcesIn(folder))) });
    return searchedOnce(store, [tree, folder, ...words], find);
  };
}

function filesWith(
  words: readonly string[],
  root: string,
  commit: string,
  sources: readonly string[],
): readonly string[] {
  const search = (place: readonly string[], paths: readonly string[]) =>
    list(root, ["grep", "-z", "-lwF", ...words.flatMap((word) => ["-e", word]), ...place, "--", ...paths]);
  const ofCommit = (paths: readonly string[]) =>
    search([commit], paths).map((each) => each.slice(commit.length + 1));
  const changed = changedSince(root, commit, sources);
  if (!changed) return ofCommit(sources);
  const standing = search([], sources).filter((path) => !changed.has(path));
  const literal = [...changed].map((path) => `:(literal)${path}`);
  return [...standing, ...(literal.length > 0 ? ofCommit(literal) : [])];
}

const sourcesIn = (folder: string) =>
  [".c", ".h"].map((end) => `:(top,glob)${folder === "." ? "" : `${folder}/`}**/*${end}`);

const list = (root: string, args: readonly string[]): readonly string[] =>
  git(root, args).out.split("\0").filter(Boolean);

/** More names than a command line holds. */
const MAX_CHANGED = 2_000;

/**
 * Files that differ between the commit and what is checked out: all others may be searched as they stand,
 * which is many times faster. Undefined where files are not checked out or that is not worth it.
 */
function changedSince(
  root: string,
  commit: string,
  sources: readonly string[],
): ReadonlySet<string> | undefined {
  const flagged = list(root, ["ls-files", "-z", "-v"]).some((line) => !line.startsWith("H "));
  const differ = git(root, ["diff", "--name-only", "--no-renames", "-z", commit, "--", ...sources]);
  const names = differ.out.split("\0").filter(Boolean);
  return flagged || !differ.ok || names.length > MAX_CHANGED ? undefined : new Set(names);
}
