/**
 * Every way in which git is run: there is no other. Each reads objects, the index or files, and none starts a filter,
 * hook, pager, file-system monitor, text conversion, signature check, credential helper or transport: `run.ts` and
 * `repository.ts` keep all configuration that could name one away. Submodules, which git would look into by a run of
 * its own, are left out.
 */
export interface GitCall {
  readonly args: readonly string[];
  /** Its paths are names, not patterns. */
  readonly literal?: boolean;
  /** What of the checkout it sees beside objects and references; nothing where absent. */
  readonly sees?: "index" | "index and files";
}

/** A diff that no attribute of the tree turns into `Binary files differ`. */
const DIFF = [
  "-p",
  "--text",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--no-relative",
  "--ignore-submodules=all",
  "-M",
  "-U3",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];
const RAW = ["--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=all"];

/** The id of a commit; the revision must not begin with a dash. */
export const findCommit = (revision: string): GitCall => ({
  args: ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`],
});
/** Which branch follows which: what `@{upstream}` asks for. The file is read, and what it includes is not. */
export const readBranches = (configuration: string): GitCall => ({
  args: ["config", "--file", configuration, "--no-includes", "-z", "--get-regexp", BRANCHES],
});
const BRANCHES = "^(branch[.].*[.](remote|merge|pushremote)|remote[.].*[.](fetch|push))$";

export const listCommits = (base: string, head: string): GitCall => ({
  args: ["rev-list", "--reverse", "--no-merges", `${base}..${head}`],
});
export const findMerge = (base: string, head: string): GitCall => ({
  args: ["rev-list", "--merges", "--max-count=1", `${base}..${head}`],
});
/** Where the lines of two commits parted. */
export const findParting = (one: string, other: string): GitCall => ({ args: ["merge-base", one, other] });
/** What stands in a commit at some paths. */
export const listFiles = (commit: string, paths: readonly string[]): GitCall => ({
  args: ["ls-tree", "-z", "--full-tree", commit, "--", ...paths],
  literal: true,
});
/** All files of a commit below a folder, or wherever they are. */
export const listFilesBelow = (commit: string, folder: string | undefined): GitCall => ({
  args: ["ls-tree", "-r", "-z", "--full-tree", commit, "--", ...(folder === undefined ? [] : [`${folder}/`])],
  literal: true,
});
/** Objects by their ids, one a line of the input. */
export const readObjects: GitCall = { args: ["cat-file", "--batch"] };

export const diffCommits = (before: string, after: string): GitCall => ({
  args: ["diff-tree", ...DIFF, before, after],
});
export const diffFirstCommit = (commit: string): GitCall => ({
  args: ["diff-tree", "--root", "--no-commit-id", ...DIFF, commit],
});
export const diffIndex = (commit: string): GitCall => ({
  args: ["diff-index", "--cached", ...DIFF, commit, "--"],
  sees: "index",
});
/** The files of two folders `a` and `b`. */
export const diffFolders: GitCall = {
  args: ["diff", "--no-index", ...DIFF, "--no-prefix", "--", "a", "b"],
};
/** Files that may differ from those of a commit, by what the index knows of them. */
export const listChanged = (commit: string): GitCall => ({
  args: ["diff-index", ...RAW, commit, "--"],
  sees: "index and files",
});
/** Files that the index does not know; `excluding` are files of patterns beside the tree's own. */
export const listUntracked = (excluding: readonly string[]): GitCall => ({
  args: [
    ...["ls-files", "--others", "-z", "--exclude-standard"],
    ...excluding.map((file) => `--exclude-from=${file}`),
  ],
  sees: "index and files",
});
/** Files of the index, each with a letter: H where it is checked out and git looks at it. */
export const listIndex: GitCall = { args: ["ls-files", "-z", "-v"], sees: "index" };

const GREP = [
  "grep",
  "-z",
  "-l",
  "-w",
  "-F",
  "--text",
  "--no-textconv",
  "--no-color",
  "--no-recurse-submodules",
];
/** Files of a commit in which one of the words stands, each after the commit and a colon. */
export const findWords = (
  words: readonly string[],
  commit: string,
  patterns: readonly string[],
): GitCall => ({
  args: [...GREP, ...words.flatMap((word) => ["-e", word]), commit, "--", ...patterns],
});
/** Files of the checkout in which one of the words stands. */
export const findStandingWords = (words: readonly string[], patterns: readonly string[]): GitCall => ({
  args: [...GREP, ...words.flatMap((word) => ["-e", word]), "--", ...patterns],
  sees: "index and files",
});

const applied = (ignoresWhitespace: boolean, ...options: readonly string[]): GitCall => ({
  args: [
    ...["apply", "--whitespace=nowarn", ...options],
    ...(ignoresWhitespace ? ["--ignore-whitespace"] : []),
    "-",
  ],
});
/** Applies the input to the files of a folder. */
export const applyPatch = (ignoresWhitespace: boolean): GitCall => applied(ignoresWhitespace);
/** Whether the input has been applied to the files of a folder. */
export const checkApplied = (ignoresWhitespace: boolean): GitCall =>
  applied(ignoresWhitespace, "--reverse", "--check");
