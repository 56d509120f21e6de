import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { isArgument, namesIn } from "../names.ts";
import {
  findCommit,
  findMerge,
  findParting,
  type GitCall,
  listCommits,
  listFiles,
  listFilesBelow,
  readBranches,
  readObjects,
} from "./calls.ts";
import type { Repository } from "./repository.ts";
import { git, outputOf } from "./run.ts";

/** The id of a commit; undefined where the revision names none. */
export function commitId(repository: Repository, revision: string): string | undefined {
  if (revision.startsWith("-")) return undefined;
  if (/@\{(u|upstream|push)\}/i.test(revision)) takeBranches(repository);
  const call = findCommit(revision);
  const found = outputOf(git(repository, call), call, [0, 1, 128]).toString().trim();
  return /^[0-9a-f]{40,64}$/.test(found) ? found : undefined;
}

/** Tells our git directory which branch follows which. */
function takeBranches(repository: Repository): void {
  const call = readBranches(join(repository.own.common, "config"));
  const settings = namesIn(outputOf(git(repository, call), call, [0, 1])).map((each) => {
    const [, section = "", name, key = "", value = ""] =
      /^([^.]+)\.(?:(.*)\.)?([^.\n]+)\n(.*)$/s.exec(each) ?? [];
    return `[${section} ${quoted(name ?? "")}]\n\t${key} = ${quoted(value)}\n`;
  });
  appendFileSync(join(repository.directory, "config"), settings.join(""));
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;

/** The commits that `head` has and `base` has not, without merges, oldest first. */
export function commitsSince(repository: Repository, base: string, head: string): readonly string[] {
  const call = listCommits(base, head);
  return outputOf(git(repository, call), call).toString().split("\n").filter(Boolean);
}

/** Whether `head` has a merge that `base` has not. */
export function hasMerges(repository: Repository, base: string, head: string): boolean {
  const call = findMerge(base, head);
  return outputOf(git(repository, call), call).length > 0;
}

/** The commit at which the lines of two commits parted; undefined where they have none in common. */
export function partingOf(repository: Repository, one: string, other: string): string | undefined {
  const call = findParting(one, other);
  return outputOf(git(repository, call), call, [0, 1]).toString().trim() || undefined;
}

/** What stands at a path of a commit. */
export interface Entry {
  readonly path: string;
  readonly kind: "file" | "link" | "submodule" | "folder";
  readonly id: string;
}

const KINDS: Readonly<Record<string, Entry["kind"]>> = {
  "120000": "link",
  "160000": "submodule",
  "040000": "folder",
};
/** Arguments a call: fewer than a command line holds. */
const MAX_PATHS = 500;

/** Those of the paths that a commit has. */
export function entriesAt(
  repository: Repository,
  commit: string,
  paths: readonly string[],
): readonly Entry[] {
  const wanted = new Set(paths);
  // A name that is no UTF-8 can't be an argument.
  if (!paths.every(isArgument)) {
    return entries(repository, listFilesBelow(commit, undefined)).filter(({ path }) => wanted.has(path));
  }
  const found: Entry[] = [];
  for (let at = 0; at < paths.length; at += MAX_PATHS) {
    found.push(...entries(repository, listFiles(commit, paths.slice(at, at + MAX_PATHS))));
  }
  return found.filter(({ path }) => wanted.has(path));
}

/** All that a commit has. */
export const filesOf = (repository: Repository, commit: string): readonly Entry[] =>
  entries(repository, listFilesBelow(commit, undefined));

/** All links and submodules below a folder (`.` for all). */
export function linksBelow(repository: Repository, commit: string, folder: string): readonly Entry[] {
  const isNamed = folder !== "." && isArgument(folder);
  const call = listFilesBelow(commit, isNamed ? folder : undefined);
  // Their modes, 120000 and 160000, differ from that of a file, 100644, in the second digit.
  const found = entries(repository, call, (line, start) => line[start + 1] !== ZERO);
  return folder === "." ? found : found.filter(({ path }) => path.startsWith(`${folder}/`));
}

const ZERO = 0x30;

function entries(
  repository: Repository,
  call: GitCall,
  isWanted?: (bytes: Buffer, start: number) => boolean,
): readonly Entry[] {
  return namesIn(outputOf(git(repository, call), call), isWanted).map((line) => {
    const [mode = "", , id = ""] = line.slice(0, line.indexOf("\t")).split(" ");
    return { path: line.slice(line.indexOf("\t") + 1), kind: KINDS[mode] ?? "file", id };
  });
}

/** Objects by their ids, without those that are missing. */
export function objects(repository: Repository, ids: readonly string[]): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  if (ids.length === 0) return found;
  const output = outputOf(git(repository, readObjects, Buffer.from(`${ids.join("\n")}\n`)), readObjects);
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf("\n", at);
    const [id = "", , size] = output.toString("latin1", at, end).split(" ");
    const content = end + 1;
    if (size === undefined) at = content;
    else {
      found.set(id, output.subarray(content, content + Number(size)));
      at = content + Number(size) + 1;
    }
  }
  return found;
}
