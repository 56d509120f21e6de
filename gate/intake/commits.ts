import { InputError } from "../../model/input-error.ts";
import { DIFF, type GitResult, git } from "../../tree/git.ts";
import { languageOf } from "../../tree/language.ts";
import { commitTree, isCheckout, resolveCommit } from "../../tree/tree.ts";
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
  const [from = "", to = ""] = range.split("..");
  const base = requireCommit(directory, from);
  const head = requireCommit(directory, to || "HEAD");
  const listed = run(directory, ["rev-list", "--reverse", "--no-merges", `${base}..${head}`]);
  const commits = listed.out.split("\n").filter(Boolean);
  const merged = mergedResult(directory, base, head);
  if (commits.length + merged.length === 0) throw new InputError(`${range}: no commits in it`);
  if (commits.length > MAX_COMMITS) throw new InputError(`${range}: more than ${MAX_COMMITS} commits`);
  return {
    name: `${base}..${head}`,
    changes: [...commits.map((commit) => readCommit(directory, commit)), ...merged],
    baseCommit: base,
    notes: [`read ${commits.length} commits`, ...merged.map(({ label }) => `read ${label}`)],
    bounds: [],
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
 * What a range with merges comes to: what they change themselves, and what of two sides only goes wrong together, no
 * commit shows. Against where the range begins, or, where that is no ancestor, where the two lines of commits parted.
 */
function mergedResult(directory: string, base: string, head: string): readonly Change[] {
  const merges = run(directory, ["rev-list", "--merges", "--max-count=1", `${base}..${head}`]).out;
  const parting = git(directory, ["merge-base", base, head]).out.trim();
  if (merges === "" || parting === "") return [];
  const text = run(directory, ["diff-tree", "-p", ...DIFF, parting, head]).out;
  const label = `${parting.slice(0, 12)}..${head.slice(0, 12)} as merged`;
  return [{ ...changeOf(label, text), tree: commitTree(directory, parting), isWholeRange: true }];
}

/** Files with code of a checkout that git neither knows nor ignores, as a diff that creates them. */
function untrackedDiff(directory: string): string {
  const root = git(directory, ["rev-parse", "--show-toplevel"]).out.trimEnd();
  const listed = git(root, ["ls-files", "--others", "--exclude-standard", "-z"]);
  const paths = listed.out.split("\0").filter((path) => path !== "" && languageOf(path) !== "no-code");
  return paths
    .map((path) => git(root, ["diff", "--no-index", ...DIFF, "--", "/dev/null", path]).out)
    .join("");
}
