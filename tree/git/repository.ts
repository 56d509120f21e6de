import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeTemporaryFolder, writingTemporary } from "../../model/files/temporary-folder.ts";

/** A checkout, read through a git directory of our own that shares its objects, index and references. */
export interface Repository {
  /** The folder that is checked out. */
  readonly top: string;
  /** Our git directory. */
  readonly directory: string;
  /** The checkout's own, of which git never reads the configuration. */
  readonly own: GitDirectory;
}

interface GitDirectory {
  /** HEAD and the index; of a linked worktree its own. */
  readonly path: string;
  /** Objects and references. */
  readonly common: string;
}

/** The checkout that a directory lies in, as its references stand now; undefined where it lies in none. */
export function openRepository(directory: string): Repository | undefined {
  for (let top = realpathSync(directory); ; top = dirname(top)) {
    const own = gitDirectoryIn(top);
    if (own) return writingTemporary(() => share(top, own));
    if (dirname(top) === top) return undefined;
  }
}

/** Whether a checkout begins here: a folder within one of something else is a plain directory. */
export const isTopOfCheckout = (directory: string): boolean =>
  gitDirectoryIn(realpathSync(directory)) !== undefined;

function gitDirectoryIn(top: string): GitDirectory | undefined {
  const path = join(top, ".git");
  const kind = statSync(path, { throwIfNoEntry: false });
  const directory = kind?.isFile() ? linked(path) : path;
  if (directory === undefined || !existsSync(join(directory, "HEAD"))) return undefined;
  const common = join(directory, "commondir");
  const shared = isSmallFile(common) ? resolve(directory, readFileSync(common, "utf8").trim()) : directory;
  const isWhole = ["objects", "refs"].every((name) => existsSync(join(shared, name)));
  return isWhole ? { path: directory, common: shared } : undefined;
}

/** Where the `.git` file of a linked worktree or a submodule says that its directory is. */
function linked(path: string): string | undefined {
  const target = isSmallFile(path) ? /^gitdir: (.+)/.exec(readFileSync(path, "utf8"))?.[1] : undefined;
  return target === undefined ? undefined : resolve(dirname(path), target);
}

const isSmallFile = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size < 2 ** 22;
};

/** What git is told in place of the configuration of the repository: nothing in it names a program. */
const CONFIGURATION = `[core]
	bare = false
	commitGraph = false
	fsmonitor = false
	hooksPath = /dev/null
	attributesFile = /dev/null
	excludesFile = /dev/null
	untrackedCache = false
	quotePath = true
`;

/**
 * Configuration, hooks, attributes, grafts and shallow commits' remotes stay behind. The owner of the checkout, by
 * which git tells whether it may believe a configuration, does not matter then.
 */
function share(top: string, own: GitDirectory): Repository {
  const { path: directory } = makeTemporaryFolder();
  const link = (folder: string, name: string, place = directory) => {
    if (existsSync(join(folder, name))) symlinkSync(join(folder, name), join(place, name));
  };
  writeFileSync(join(directory, "HEAD"), headOf(own.path));
  writeFileSync(join(directory, "config"), CONFIGURATION + formatOf(own.common));
  for (const name of readdirSync(own.path).filter((each) => /^[A-Z_]+_HEAD$/.test(each))) {
    if (isSmallFile(join(own.path, name))) copyFileSync(join(own.path, name), join(directory, name));
  }
  for (const name of readdirSync(own.path)) if (name.startsWith("sharedindex.")) link(own.path, name);
  for (const name of ["packed-refs", "reftable", "shallow"]) link(own.common, name);
  for (const folder of ["refs", "logs"]) mkdirSync(join(directory, folder));
  const references = readdirSync(join(own.common, "refs")).filter((name) => !OF_A_WORKTREE.has(name));
  for (const name of references) link(join(own.common, "refs"), name, join(directory, "refs"));
  for (const name of OF_A_WORKTREE) link(join(own.path, "refs"), name, join(directory, "refs"));
  link(join(own.common, "logs"), "refs", join(directory, "logs"));
  link(join(own.path, "logs"), "HEAD", join(directory, "logs"));
  return { top, directory, own };
}

/** References that each worktree has for itself. */
const OF_A_WORKTREE = new Set(["bisect", "rewritten", "worktree"]);

/** HEAD may be a link, as it was in old times. */
function headOf(directory: string): string {
  const path = join(directory, "HEAD");
  if (lstatSync(path).isSymbolicLink()) return `ref: ${readlinkSync(path)}\n`;
  return isSmallFile(path) ? readFileSync(path, "utf8") : "";
}

/** The format of objects and references: git reads neither without knowing it. */
function formatOf(common: string): string {
  const path = join(common, "config");
  const text = isSmallFile(path) ? readFileSync(path, "utf8") : "";
  const isSha256 = /^\s*objectformat\s*=\s*"?sha256/im.test(text);
  const isReftable = existsSync(join(common, "reftable"));
  if (!isSha256 && !isReftable) return "\trepositoryFormatVersion = 0\n";
  const extensions = [
    ...(isSha256 ? ["\tobjectFormat = sha256\n"] : []),
    ...(isReftable ? ["\trefStorage = reftable\n"] : []),
  ];
  return `\trepositoryFormatVersion = 1\n[extensions]\n${extensions.join("")}`;
}
