import { InputError } from "../../model/input-error.ts";
import { DIFF, type GitResult, git } from "../../tree/git.ts";
import { commitTree, isCheckout, resolveCommit } from "../../tree/tree.ts";
import { parseDiff } from "../diff/parse.ts";
import type { Change, ChangeSet } from "./change.ts";
import { toLines } from "./quote.ts";

const MAX_COMMITS = 1_000;

/** `BASE..HEAD`, or `BASE..` for all that is checked out since. */
export const isRange = (name: string): boolean => /^[^.\s-]\S*\.\.\S*$/.test(name);

/** The commits of a range, each against its parent; of merges, what they change themselves. Throws an InputError. */
export function readRange(directory: string, range: string): ChangeSet {
  if (range.includes("...")) throw new InputError(`${range}: three dots; say BASE..HEAD, with two`);
  const [from = "", to = ""] = range.split("..");
  const [base, head] = [from, to || "HEAD"].map((name) => requireCommit(directory, name));
  const listed = run(directory, ["rev-list", "--reverse", "--no-merges", `${base}..${head}`]);
  const commits = listed.out.split("\n").filter(Boolean);
  if (commits.length === 0) throw new InputError(`${range}: no commits in it`);
  if (commits.length > MAX_COMMITS) throw new InputError(`${range}: more than ${MAX_COMMITS} commits`);
  return {
    name: `${base}..${head}`,
    changes: commits.map((commit) => readCommit(directory, commit)),
    ...(base !== undefined && { baseCommit: base }),
    notes: [`read ${commits.length} commits`],
    bounds: changedByMerges(directory, `${base}..${head}`),
  };
}

function readCommit(directory: string, commit: string): Change {
  const about = run(directory, ["show", "-s", "--format=%s%n%an <%ae>%n%aD%n%P", commit]).out.split("\n");
  const [subject = "", from = "", date = "", parents = ""] = about;
  const parent = parents.split(" ")[0];
  const text = run(directory, ["diff-tree", "-p", "--root", ...DIFF, commit]).out;
  const change = changeOf(`${commit.slice(0, 12)} ${subject}`, text);
  const tree = parent ? { tree: commitTree(directory, parent) } : {};
  return { ...change, subject, from, date, commit, ...tree };
}

/** What is not committed yet: all of it, with files that are new, or only what stands in the index. */
export function readUncommitted(directory: string, which: "worktree" | "index"): ChangeSet {
  const head = requireCommit(directory, "HEAD");
  const cached = which === "index" ? ["--cached"] : [];
  const known = run(directory, ["diff", ...DIFF, ...cached, "HEAD", "--"]).out;
  const text = which === "index" ? known : known + untrackedDiff(directory);
  const change = { ...changeOf(which, text), tree: commitTree(directory, head) };
  const changes = text === "" ? [] : [change];
  return { name: which, changes, baseCommit: head, notes: [`read the ${which} against HEAD`], bounds: [] };
}

function changeOf(label: string, text: string): Change {
  const lines = toLines(text);
  return { label, diff: parseDiff(lines), depth: 0, comments: [], lines };
}

function requireCommit(directory: string, name: string): string {
  if (!isCheckout(directory)) throw new InputError(`${directory}: not a git checkout`);
  const commit = resolveCommit(directory, name);
  if (commit === undefined) throw new InputError(`${directory} has no commit ${name}`);
  return commit;
}

function run(directory: string, args: readonly string[]): GitResult {
  const result = git(directory, args);
  if (!result.ok) throw new InputError(`git ${args[0]}: ${result.error}`);
  return result;
}

/**
 * What merges of a range change by themselves, as no side of them did: no commit has it, and so it is not
 * judged. Each line names a merge and a file.
 */
function changedByMerges(directory: string, range: string): readonly string[] {
  const merges = git(directory, ["rev-list", "--merges", range]).out;
  if (merges === "") return [];
  const shown = git(directory, ["diff-tree", "--stdin", "--cc", "-p", ...DIFF], {
    input: Buffer.from(merges),
  });
  let merge = "";
  return shown.out.split("\n").flatMap((line) => {
    if (/^[0-9a-f]{40,64}$/.test(line)) merge = line;
    const file = /^diff --cc (.*\.[ch]"?)$/.exec(line)?.[1];
    return file === undefined
      ? []
      : [`${file}: what merge ${merge.slice(0, 12)} itself changes was not judged`];
  });
}

/** C files of a checkout that git neither knows nor ignores, as a diff that creates them. */
function untrackedDiff(directory: string): string {
  const root = git(directory, ["rev-parse", "--show-toplevel"]).out.trimEnd();
  const listed = git(root, ["ls-files", "--others", "--exclude-standard", "-z", "--", "*.c", "*.h"]);
  const paths = listed.out.split("\0").filter(Boolean);
  return paths
    .map((path) => git(root, ["diff", "--no-index", ...DIFF, "--", "/dev/null", path]).out)
    .join("");
}
