import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ChangeSet } from "../../gate/intake/change.ts";
import { isRange, isRevision, readRange, readRevision, readUncommitted } from "../../gate/intake/commits.ts";
import { readAllMails } from "../../gate/intake/mails.ts";
import { systemMessage } from "../../model/files/system-error.ts";
import { InputError } from "../../model/input-error.ts";
import { commitTree, resolveCommit } from "../../tree/commit-tree.ts";
import { commitId } from "../../tree/git/read.ts";
import { isTopOfCheckout, openRepository } from "../../tree/git/repository.ts";
import { isStanding } from "../../tree/git/worktree.ts";
import { directoryTree, type Tree } from "../../tree/tree.ts";
import { distinctFiles } from "../distinct-files.ts";
import type { GateArguments } from "./options.ts";

export interface GateInput {
  readonly set: ChangeSet;
  readonly tree?: Tree;
  /** What the tree becomes, where the change is a part of a larger one. */
  readonly after?: Tree;
}

/** Reads what the arguments name. Throws an InputError where it cannot be read or is no change. */
export async function readInput(names: readonly string[], options: GateArguments): Promise<GateInput> {
  const input = await readChange(names, options);
  if (options.after === undefined) return input;
  if (!input.tree || input.set.changes.length !== 1) {
    throw new InputError("--after goes with --tree and one patch");
  }
  return { ...input, after: directoryTree(options.after) };
}

async function readChange(names: readonly string[], options: GateArguments): Promise<GateInput> {
  const directory = options.tree ?? ".";
  const uncommitted = uncommittedOf(names, options);
  if (uncommitted) return { set: readUncommitted(directory, uncommitted) };
  const [name] = names;
  if (names.length === 1 && name !== undefined && isRange(name) && !isFile(name)) {
    if (options.base !== undefined) throw new InputError("--base does not go with a range");
    return { set: readRange(directory, name) };
  }
  if (names.length === 1 && name !== undefined && isCommit(directory, name)) {
    if (options.base !== undefined) throw new InputError("--base does not go with a commit");
    return { set: readRevision(directory, name) };
  }
  return withTree(await readFiles(names.flatMap(patchesIn)), options);
}

/** What stands under the name as a file comes first. */
const isCommit = (directory: string, name: string): boolean =>
  name !== "-" && !existsSync(name) && isRevision(directory, name);

/** A folder, as git format-patch -o fills one, stands for the patches and mails in it, in the order of their names. */
function patchesIn(name: string): readonly string[] {
  if (name === "-" || !existsSync(name) || isFile(name)) return [name];
  const found = readdirSync(name).filter((each) => /\.(?:patch|diff|eml|mbox|mbx)$/.test(each));
  if (found.length === 0) throw new InputError(`${name}: no patch in it (.patch, .diff, .eml, .mbox, .mbx)`);
  return found.sort().map((each) => join(name, each));
}

function uncommittedOf(
  names: readonly string[],
  { worktree, index, base }: GateArguments,
): "worktree" | "index" | undefined {
  if (!worktree && !index) return undefined;
  if (names.length > 0 || (worktree && index) || base !== undefined) {
    throw new InputError(
      "--worktree and --index stand for the change: give one of them, and no other change",
    );
  }
  return worktree ? "worktree" : "index";
}

async function readFiles(names: readonly string[]): Promise<ChangeSet> {
  const given = names.length > 0 || process.stdin.isTTY ? names : ["-"];
  if (given.length === 0)
    throw new InputError("say which change: a file, BASE..HEAD, or - for standard input");
  const inputs = distinctFiles(given).map((name) => ({
    name: name === "-" ? "standard input" : name,
    bytes: readBytes(name),
  }));
  return readAllMails(inputs);
}

/** The tree at the commit that the patch or the user names; a commit that is not there is never guessed. */
function withTree(set: ChangeSet, { tree: directory, base }: GateArguments): GateInput {
  if (directory === undefined) {
    if (base !== undefined) throw new InputError("--base needs --tree");
    return { set };
  }
  if (base !== undefined) return { set, tree: commitTree(directory, base) };
  const standing = directoryTree(directory);
  if (set.baseCommit === undefined) return { set: { ...set, ...baseOf(set, directory) }, tree: standing };
  if (!isTopOfCheckout(directory)) {
    const note = `base-commit ${set.baseCommit} can't be checked: ${directory} is no git checkout`;
    return { set: { ...set, notes: [...set.notes, note] }, tree: standing };
  }
  if (resolveCommit(directory, set.baseCommit) !== undefined) {
    return { set, tree: commitTree(directory, set.baseCommit) };
  }
  const bound = `base-commit ${set.baseCommit} is not in ${directory} (--base names another)`;
  return { set: { ...set, bounds: [...set.bounds, bound] } };
}

function baseOf({ changes }: ChangeSet, directory: string): Pick<ChangeSet, "baseCommit"> {
  const files = changes.flatMap(({ diff }) => diff.files.flatMap(({ before }) => before ?? []));
  const baseCommit = standingCommit(directory, files);
  return baseCommit === undefined ? {} : { baseCommit };
}

/** With more files, the answer is not worth reading them. */
const MAX_FILES = 1_000;

/**
 * The commit that is checked out, where the files that a change touches stand as in it: then it is what the
 * change was judged against. Undefined where they differ, or the directory is no checkout.
 */
function standingCommit(directory: string, files: readonly string[]): string | undefined {
  if (files.length > MAX_FILES || !isTopOfCheckout(directory)) return undefined;
  const repository = openRepository(directory);
  if (!repository) return undefined;
  const head = commitId(repository, "HEAD");
  return head !== undefined && isStanding(repository, head, files) ? head : undefined;
}

const isFile = (name: string): boolean => existsSync(name) && !statSync(name).isDirectory();

function readBytes(name: string): Buffer {
  try {
    return readFileSync(name === "-" ? 0 : name);
  } catch (error) {
    throw new InputError(`${name}: ${systemMessage(error)}`);
  }
}
