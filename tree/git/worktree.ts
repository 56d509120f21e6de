import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { makeTemporaryFolder, writingTemporary } from "../../model/files/temporary-folder.ts";
import { InputError } from "../../model/input-error.ts";
import { languageOf } from "../language.ts";
import { fileIn, namesIn } from "../names.ts";
import { toText } from "../text.ts";
import { diffFolders, listUntracked } from "./calls.ts";
import { type Changed, changedFiles } from "./changes.ts";
import { entriesAt, objects } from "./read.ts";
import type { Repository } from "./repository.ts";
import { git, gitOutside, outputOf } from "./run.ts";

/** Whether files stand in the checkout as they are in a commit, or are missing from both. */
export function isStanding(repository: Repository, commit: string, paths: readonly string[]): boolean {
  const ids = new Map(entriesAt(repository, commit, paths).map(({ path, id }) => [path, id]));
  return paths.every((path) => {
    const [bytes, id] = [standing(repository, path), ids.get(path)];
    return bytes === undefined || id === undefined ? bytes === id : isSame(bytes, id);
  });
}

/**
 * The code that is not committed, with files that git neither knows nor ignores, as a diff. Bytes are compared as they
 * are: the tree's filters, which may be any program, are not asked. Throws an InputError where something cannot be read.
 */
export function diffOfWorktree(repository: Repository, commit: string): string {
  const untracked = untrackedFiles(repository).map((path): Changed => ({ path, id: undefined }));
  const files = [...changedFiles(repository, commit), ...untracked].filter(
    ({ path, id }) => languageOf(path) !== "no-code" && !isUnchanged(standing(repository, path), id),
  );
  const before = objects(
    repository,
    files.flatMap(({ id }) => id ?? []),
  );
  const { path: folder, remove } = makeTemporaryFolder();
  try {
    for (const side of ["a", "b"]) mkdirSync(join(folder, side));
    for (const { path, id } of files) {
      const [was, is] = [id === undefined ? undefined : before.get(id), standing(repository, path)];
      if (id !== undefined && !was) throw new InputError(`git: the object of ${path} is missing`);
      if (was && is && withoutReturns(was).equals(withoutReturns(is))) continue;
      writingTemporary(() => {
        write(join(folder, "a"), path, was);
        write(join(folder, "b"), path, is);
      });
    }
    const text = toText(outputOf(gitOutside(folder, diffFolders), diffFolders, [0, 1]));
    return text.replace(/(^|\n)(rename (?:from|to) "?)[ab]\//g, "$1$2");
  } finally {
    remove();
  }
}

function untrackedFiles(repository: Repository): readonly string[] {
  const excluding = [join(repository.own.common, "info", "exclude")].filter((path) => existsSync(path));
  const call = listUntracked(excluding);
  return namesIn(outputOf(git(repository, call), call));
}

/** A file of the checkout; undefined where there is none. */
function standing({ top }: Repository, path: string): Buffer | undefined {
  const place = fileIn(top, path);
  return lstatSync(place, { throwIfNoEntry: false })?.isFile() ? readFileSync(place) : undefined;
}

const isUnchanged = (bytes: Buffer | undefined, id: string | undefined): boolean =>
  bytes !== undefined && id !== undefined && isSame(bytes, id);

/** Whether bytes are those of an object, perhaps with the line ends of another system. */
const isSame = (bytes: Buffer, id: string): boolean =>
  idOf(bytes, id.length) === id || (bytes.includes("\r\n") && idOf(withoutReturns(bytes), id.length) === id);

function idOf(bytes: Buffer, digits: number): string {
  const hash = createHash(digits === 40 ? "sha1" : "sha256");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

const withoutReturns = (bytes: Buffer): Buffer =>
  bytes.includes("\r\n") ? Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1") : bytes;

function write(folder: string, path: string, bytes: Buffer | undefined): void {
  if (!bytes) return;
  mkdirSync(fileIn(folder, posix.dirname(path)), { recursive: true });
  writeFileSync(fileIn(folder, path), bytes);
}
