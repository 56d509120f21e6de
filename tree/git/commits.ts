import { InputError } from "../../model/input-error.ts";
import { toText } from "../text.ts";
import { diffCommits, diffFirstCommit, diffIndex } from "./calls.ts";
import { objects } from "./read.ts";
import type { Repository } from "./repository.ts";
import { git, outputOf } from "./run.ts";

/** What a commit says of itself. */
export interface Commit {
  readonly id: string;
  readonly subject: string;
  /** `Name <address>`. */
  readonly from: string;
  /** As mails write it. */
  readonly date: string;
  readonly parents: readonly string[];
}

/** Reads commits by their ids. Throws an InputError for one that is missing. */
export function readCommits(repository: Repository, ids: readonly string[]): readonly Commit[] {
  const found = objects(repository, ids);
  return ids.map((id) => {
    const bytes = found.get(id);
    if (!bytes) throw new InputError(`git: commit ${id} is missing`);
    return parse(id, decoded(bytes));
  });
}

/** What a commit changes against its first parent. Throws an InputError where that cannot be told. */
export function diffOf(repository: Repository, { id, parents: [parent] }: Commit): string {
  if (parent !== undefined) return diffBetween(repository, parent, id);
  const call = diffFirstCommit(id);
  return toText(outputOf(git(repository, call), call));
}

export function diffBetween(repository: Repository, before: string, after: string): string {
  const call = diffCommits(before, after);
  return toText(outputOf(git(repository, call), call));
}

/** What the index changes against a commit. */
export function diffOfIndex(repository: Repository, commit: string): string {
  const call = diffIndex(commit);
  return toText(outputOf(git(repository, call), call));
}

/** A commit may say how it is encoded. */
function decoded(bytes: Buffer): string {
  const encoding = /^encoding (\S+)$/m.exec(bytes.toString("latin1").split("\n\n", 1)[0] ?? "")?.[1];
  if (encoding === undefined) return toText(bytes);
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch (error) {
    // An encoding that nobody knows.
    if (!(error instanceof RangeError)) throw error;
    return toText(bytes);
  }
}

function parse(id: string, text: string): Commit {
  const end = text.indexOf("\n\n");
  const head = text.slice(0, end < 0 ? text.length : end);
  const [paragraph = ""] =
    end < 0
      ? []
      : text
          .slice(end)
          .trimStart()
          .split(/\n\s*\n/, 1);
  const [, name = "", address = "", seconds, zone] =
    /^author (.*?) ?<(.*?)> (\d+) ([-+]\d{4})$/m.exec(head) ?? [];
  return {
    id,
    subject: paragraph
      .trim()
      .split(/\s*\n\s*/)
      .join(" "),
    from: `${name} <${address}>`,
    date: seconds === undefined || zone === undefined ? "" : dateOf(Number(seconds), zone),
    parents: [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap((each) => each[1] ?? []),
  };
}

/** `Thu, 7 Apr 2005 22:13:13 +0200`. */
function dateOf(seconds: number, zone: string): string {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  const shifted = new Date((seconds + (zone.startsWith("-") ? -60 : 60) * minutes) * 1000);
  if (Number.isNaN(shifted.getTime())) return "";
  return shifted.toUTCString().replace(", 0", ", ").replace("GMT", zone);
}
