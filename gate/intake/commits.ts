import { InputError } from "../../model/input-error.ts";
import { requireCommit, requireRepository, resolveCommit, treeOfCommit } from "../../tree/commit-tree.ts";
import { type Commit, diffBetween, diffOf, diffOfIndex, readCommits } from "../../tree/git/commits.ts";
import { commitsSince, hasMerges, partingOf } from "../../tree/git/read.ts";
import type { Repository } from "../../tree/git/repository.ts";
import { diffOfWorktree } from "../../tree/git/worktree.ts";
import { parseDiff } from "../diff/parse.ts";
import type { Change, ChangeSet } from "./change.ts";
import { toLines } from "./quote.ts";

const MAX_COMMITS = 1_000;

/** `BASE..HEAD`, or `BASE..` for all that is checked out since. */
export const isRange = (name: string): boolean => /^[^.\s-]\S*\.\.\S*$/.test(name);

/**
 * The commits of a range, each against its parent; where there are merges, also all of it together.
 *
 * @throws InputError
 */
export function readRange(directory: string, range: string): ChangeSet {
  if (range.includes("...")) throw new InputError(`${range}: three dots; say BASE..HEAD, with two`);
  const repository = requireRepository(directory);
  const [from = "", to = ""] = range.split("..");
  const [base, head] = [requireCommit(repository, from), requireCommit(repository, to || "HEAD")];
  const commits = commitsSince(repository, base, head);
  const isMerged = hasMerges(repository, base, head);
  const parting = isMerged ? partingOf(repository, base, head) : undefined;
  if (commits.length === 0 && !isMerged) throw new InputError(`${range}: no commits in it`);
  if (commits.length > MAX_COMMITS) throw new InputError(`${range}: more than ${MAX_COMMITS} commits`);
  const merged = parting === undefined ? [] : [mergedResult(repository, parting, head)];
  return {
    name: `${base}..${head}`,
    changes: [...readCommits(repository, commits).map((each) => readCommit(repository, each)), ...merged],
    baseCommit: base,
    notes: [`read ${commits.length} commits`, ...merged.map(({ label }) => `read ${label}`)],
    bounds:
      isMerged && merged.length === 0
        ? [`${range}: what merges change was not judged: the two ends have no commit in common`]
        : [],
  };
}

/**
 * One commit, by any name that git knows it by, or the last N by `-N`.
 *
 * @throws InputError
 */
export function readRevision(directory: string, name: string): ChangeSet {
  if (/^-\d+$/.test(name)) return readRange(directory, `HEAD~${name.slice(1)}..HEAD`);
  const repository = requireRepository(directory);
  const commit = requireCommit(repository, name);
  const [known] = readCommits(repository, [commit]);
  if (known && known.parents.length > 0) return readRange(directory, `${commit}^..${commit}`);
  const changes = known ? [readCommit(repository, known)] : [];
  return { name: commit, changes, baseCommit: commit, notes: ["read the first commit"], bounds: [] };
}

/** Whether a name can be that of a commit of the checkout that a directory lies in, or means the last ones. */
export const isRevision = (directory: string, name: string): boolean =>
  /^-[1-9]\d*$/.test(name) || (!name.startsWith("-") && resolveCommit(directory, name) !== undefined);

function readCommit(repository: Repository, commit: Commit): Change {
  const { id, subject, from, date, parents } = commit;
  const change = changeOf(`${id.slice(0, 12)} ${subject}`, diffOf(repository, commit));
  const [parent] = parents;
  const tree = parent === undefined ? {} : { tree: treeOfCommit(repository, parent) };
  return { ...change, subject, from, date, commit: id, ...tree };
}

/**
 * What a range with merges comes to: what they change themselves, and what of two sides only goes wrong together, no
 * commit shows. Against where the range begins, or, where that is no ancestor, where the two lines of commits parted.
 */
function mergedResult(repository: Repository, parting: string, head: string): Change {
  const label = `${parting.slice(0, 12)}..${head.slice(0, 12)} as merged`;
  const change = changeOf(label, diffBetween(repository, parting, head));
  return { ...change, tree: treeOfCommit(repository, parting), isWholeRange: true };
}

/** What is not committed yet: all of it, with files that are new, or only what stands in the index. */
export function readUncommitted(directory: string, which: "worktree" | "index"): ChangeSet {
  const repository = requireRepository(directory);
  const head = requireCommit(repository, "HEAD");
  const text = which === "index" ? diffOfIndex(repository, head) : diffOfWorktree(repository, head);
  const change = { ...changeOf(which, text), tree: treeOfCommit(repository, head, "HEAD") };
  const changes = text === "" ? [] : [change];
  return { name: which, changes, baseCommit: head, notes: [`read the ${which} against HEAD`], bounds: [] };
}

function changeOf(label: string, text: string): Change {
  const lines = toLines(text);
  return { label, diff: parseDiff(lines), depth: 0, comments: [], lines };
}
