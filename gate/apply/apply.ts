import { applyPatch, checkApplied, type GitCall } from "../../tree/git/calls.ts";
import { type GitResult, gitOutside } from "../../tree/git/run.ts";
import type { FileDiff } from "../diff/diff.ts";
import { writeDiff } from "../diff/write.ts";

/** Why some diffs do not apply. */
type Refused = ReadonlyMap<FileDiff, string>;

/** What came of applying diffs: those of neither kind are applied. */
export interface Application {
  readonly refused: Refused;
  /** Of these it is not known whether they apply, and why. */
  readonly undecided: ReadonlyMap<FileDiff, string>;
}

/**
 * Applies diffs of different files in a directory. Starting git takes longer than applying most diffs: it is given all
 * of them, then those that it did not complain of.
 */
export function applyAll(
  root: string,
  files: readonly FileDiff[],
  collapsed: boolean,
  seconds?: number,
): Application {
  const [all, undecided] = [new Map<FileDiff, string>(), new Map<FileDiff, string>()];
  const waiting = [files];
  for (let some = waiting.pop(); some; some = waiting.pop()) {
    if (some.length === 0) continue;
    const { refused, again, slow } = applySome(root, some, applyPatch(collapsed), seconds);
    for (const [file, reason] of refused) all.set(file, reason);
    // Which of them takes so long, nothing tells: none is tried again.
    for (const file of slow === undefined ? [] : some) undecided.set(file, slow ?? "");
    waiting.push(...again);
  }
  return { refused: all, undecided };
}

/** More files than that are not asked about one by one. */
const MAX_ASKED = 20;

/** The diffs that would apply backwards: what they do is done already. */
export function appliedAlready(
  root: string,
  files: readonly FileDiff[],
  collapsed: boolean,
): ReadonlySet<FileDiff> {
  const tried = (some: readonly FileDiff[]) =>
    applyText(root, some.map(writeDiff).join(""), checkApplied(collapsed)).at(-1);
  const isApplied = (some: readonly FileDiff[]) => tried(some)?.code === 0;
  if (files.length === 0) return new Set();
  const all = tried(files);
  if (all?.code === 0) return new Set(files);
  if (all?.timedOut) return new Set();
  return new Set(files.slice(0, MAX_ASKED).filter((file) => isApplied([file])));
}

interface Applied {
  readonly refused: Refused;
  /** Which to try again, together: those that were not to blame. */
  readonly again: readonly (readonly FileDiff[])[];
  /** What took too long, if something did. */
  readonly slow?: string;
}

function applySome(root: string, files: readonly FileDiff[], call: GitCall, seconds?: number): Applied {
  const runs = applyText(root, files.map(writeDiff).join(""), call, seconds);
  const last = runs.at(-1);
  if (!last || last.code === 0) return { refused: new Map(), again: [] };
  if (last.timedOut) return { refused: new Map(), again: [], slow: last.errors.join(" ") };
  const [first] = files;
  if (first && files.length === 1)
    return {
      refused: new Map([[first, plain(last.errors[0] || `git apply: exit code ${last.code}`)]]),
      again: [],
    };
  const [named, others = named] = runs.map(({ errors }) => refusedOf(files, errors));
  if (!named || !others) return { refused: new Map(), again: [] };
  const refused = new Map([...others].filter(([file]) => named.has(file)));
  const inOneEncoding = files.filter((file) => named.has(file) && !others.has(file));
  const rest = files.filter((file) => !named.has(file));
  // Where git could not read one of them, it does not say which.
  const isStuck = [inOneEncoding, rest].some(({ length }) => length === files.length);
  return { refused, again: isStuck ? halves(files) : [inOneEncoding, rest] };
}

const halves = (files: readonly FileDiff[]) => [
  files.slice(0, files.length / 2),
  files.slice(files.length / 2),
];

/** The files that git names as those that a diff does not apply to, and the first that it says of each. */
function refusedOf(files: readonly FileDiff[], errors: readonly string[]): Refused {
  const refused = new Map<FileDiff, string>();
  const byPath = new Map(files.flatMap((file) => [file.before, file.after].map((path) => [path, file])));
  for (const error of errors.map(plain)) {
    const path = /^patch failed: (.*):\d+$/.exec(error)?.[1] ?? /^(.*?): /.exec(error)?.[1];
    const file = path === undefined ? undefined : byPath.get(path);
    if (file && !refused.has(file)) refused.set(file, error);
  }
  return refused;
}

const plain = (error: string): string => error.replace(/^error: /, "");

/** One run or two: a mail that is not UTF-8 was read byte by byte, and then its bytes are its characters. */
function applyText(root: string, patch: string, call: GitCall, seconds?: number): readonly GitResult[] {
  const applied = gitOutside(root, call, Buffer.from(patch), seconds);
  const isBytes =
    applied.code !== 0 && !applied.timedOut && /[\u0080-\u00ff]/.test(patch) && !/[^\0-\u00ff]/.test(patch);
  return isBytes ? [applied, gitOutside(root, call, Buffer.from(patch, "latin1"), seconds)] : [applied];
}
