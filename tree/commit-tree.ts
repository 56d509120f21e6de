import { InputError } from "../model/input-error.ts";
import { commitId, entriesAt, objects } from "./git/read.ts";
import { openRepository, type Repository } from "./git/repository.ts";
import { commitSearch } from "./search-commit.ts";
import { type FilesRead, refuseLarge, refuseOutside, rootOf, type Tree } from "./tree.ts";

/** A commit of the checkout that a directory lies in. Throws an InputError where there is none of that name. */
export function commitTree(directory: string, revision: string): Tree {
  const repository = requireRepository(directory);
  return treeOfCommit(repository, requireCommit(repository, revision), revision);
}

/** The tree of a commit, by its id; `revision` is what the user calls it. */
export function treeOfCommit(repository: Repository, commit: string, revision = commit): Tree {
  const readAll = (paths: readonly string[]) => readFrom(repository, commit, paths);
  return {
    name: `${revision} of ${repository.top}`,
    commit,
    place: { kind: "commit", repository, commit },
    read(path) {
      const { files, unread } = readAll([path]);
      if (unread[0] !== undefined) throw new InputError(unread[0]);
      return files.get(path);
    },
    readAll,
    mentioning: commitSearch(repository, commit),
  };
}

function readFrom(repository: Repository, commit: string, paths: readonly string[]): FilesRead {
  for (const path of paths) refuseOutside(path);
  const found = entriesAt(repository, commit, paths);
  const contents = objects(
    repository,
    found.filter(({ kind }) => kind === "file").map(({ id }) => id),
  );
  const files = new Map<string, Buffer>();
  const unread: string[] = [];
  for (const { path, kind, id } of found) {
    const bytes = contents.get(id);
    if (bytes) {
      refuseLarge(path, bytes.length);
      files.set(path, bytes);
    } else if (kind === "link") unread.push(`${path}: a symbolic link`);
    else if (kind === "file") unread.push(`${path}: its object ${id} is missing`);
  }
  return { files, unread };
}

/** The checkout that a directory lies in. Throws an InputError where it lies in none. */
export function requireRepository(directory: string): Repository {
  const repository = openRepository(rootOf(directory));
  if (!repository) throw new InputError(`${directory}: not a git checkout`);
  return repository;
}

/** The id of a commit. Throws an InputError where there is none of that name. */
export function requireCommit(repository: Repository, revision: string): string {
  const commit = commitId(repository, revision);
  if (commit === undefined) throw new InputError(`${repository.top} has no commit ${revision}`);
  return commit;
}

/** The id of a commit; undefined where there is none, or the directory lies in no checkout. */
export function resolveCommit(directory: string, revision: string): string | undefined {
  const repository = openRepository(directory);
  return repository && commitId(repository, revision);
}
