import { posix } from "node:path";
import { InputError } from "../model/input-error.ts";
import { Undecided } from "../model/undecided.ts";
import { findStandingWords, findWords, type GitCall } from "./git/calls.ts";
import { changedFiles, isIndexSilent } from "./git/changes.ts";
import { type Entry, linksBelow, objects } from "./git/read.ts";
import type { Repository } from "./git/repository.ts";
import { git } from "./git/run.ts";
import { languageOf } from "./language.ts";
import {
  inAnyFolder,
  type Lead,
  type Mentions,
  type Search,
  SOURCE_NAMES,
  searchedOnce,
  sorted,
  unseenBehind,
} from "./mentions.ts";
import { namesIn } from "./names.ts";

/** The search of a commit. Nothing is checked out. */
export const commitSearch = (repository: Repository, commit: string): Search =>
  inAnyFolder((words, folder, store) =>
    searchedOnce(store, [repository.top, commit, folder, ...words], async () => {
      const search = { commit, words, folder };
      const unseen = unseenBehind(leadsOf(repository, linksBelow(repository, commit, folder)));
      return { ...(searchStanding(repository, search) ?? searchAll(repository, search)), unseen };
    }),
  );

interface CommitSearch {
  readonly commit: string;
  readonly words: readonly string[];
  /** `.` for all. */
  readonly folder: string;
}

type Found = Pick<Mentions, "files" | "trouble">;

const patternsIn = (folder: string): readonly string[] =>
  SOURCE_NAMES.map((name) => `:(top,glob)${folder === "." ? "" : `${escaped(folder)}/`}**/${name}`);
const escaped = (folder: string): string => folder.replace(/[*?[\\]/g, "\\$&");

function searchAll(repository: Repository, { commit, words, folder }: CommitSearch): Found {
  const { files, trouble } = grep(repository, findWords(words, commit, patternsIn(folder)));
  return { files: sorted(files.map((each) => each.slice(commit.length + 1))), ...(trouble && { trouble }) };
}

function grep(repository: Repository, call: GitCall): Found {
  const { code, out, errors } = git(repository, call);
  // 1: no file has one of the words.
  const isWhole = (code === 0 || code === 1) && errors[0] === "";
  return {
    files: namesIn(out),
    ...(!isWhole && { trouble: `git grep: ${errors[0] || `exit code ${code}`}` }),
  };
}

/** Where more files differ, all are searched in the commit. */
const MAX_CHANGED = 2_000;

/**
 * Searches the files as they are checked out, which is many times faster, but for those that differ from the commit:
 * these are read from there. Undefined where what stands may be something else than what the commit has.
 */
function searchStanding(repository: Repository, { commit, words, folder }: CommitSearch): Found | undefined {
  const changed = changedSince(repository, commit, folder);
  if (!changed) return undefined;
  const { files, trouble = missingOf(changed) } = grep(
    repository,
    findStandingWords(words, patternsIn(folder)),
  );
  const pattern = new RegExp(`(?<!\\w)(?:${words.join("|")})(?!\\w)`);
  const paths = new Set(changed.map(({ path }) => path));
  const kept = files.filter((path) => !paths.has(path));
  const found = changed.filter(({ was }) => was && pattern.test(was.toString("latin1")));
  return {
    files: sorted([...kept, ...found.map(({ path }) => path)]),
    ...(trouble !== undefined && { trouble }),
  };
}

function missingOf(changed: readonly Changed[]): string | undefined {
  const missing = changed.find(({ id, was }) => id !== undefined && was === undefined);
  return missing && `the object of ${missing.path} is missing`;
}

/** With what the commit has, where that is a file and not missing. */
type Changed = ReturnType<typeof changedFiles>[number] & { readonly was: Buffer | undefined };

/** Undefined where the index does not tell what stands in the checkout, or too much differs. */
function changedSince(
  repository: Repository,
  commit: string,
  folder: string,
): readonly Changed[] | undefined {
  try {
    if (isIndexSilent(repository, commit)) return undefined;
    const isWanted = ({ path }: { path: string }) =>
      (folder === "." || path.startsWith(`${folder}/`)) && languageOf(path) === "c";
    const changed = changedFiles(repository, commit).filter(isWanted);
    if (changed.length > MAX_CHANGED) return undefined;
    const ids = changed.flatMap(({ id }) => id ?? []);
    const contents = objects(repository, ids);
    return changed.map((each) => ({
      ...each,
      was: each.id === undefined ? undefined : contents.get(each.id),
    }));
  } catch (error) {
    // An index that git cannot read, or a checkout that it cannot go through in time.
    if (error instanceof InputError || error instanceof Undecided) return undefined;
    throw error;
  }
}

/** Links and submodules, with where they lead to. */
function leadsOf(repository: Repository, entries: readonly Entry[]): readonly Lead[] {
  const links = entries.filter(({ kind }) => kind === "link");
  const targets = objects(
    repository,
    links.map(({ id }) => id),
  );
  return entries.map(({ path, id }) => {
    const target = targets.get(id)?.toString() ?? "/";
    const place = posix.join(posix.dirname(path), target);
    const isInside = !posix.isAbsolute(target) && place !== ".." && !place.startsWith("../");
    return { path, target: isInside ? place : undefined };
  });
}
