import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import { systemMessage } from "../../model/files/system-error.ts";
import { makeTemporaryFolder } from "../../model/files/temporary-folder.ts";
import { InputError } from "../../model/input-error.ts";
import { fileIn } from "../../tree/names.ts";
import { leavesTree } from "../../tree/path.ts";
import { toText } from "../../tree/text.ts";
import type { Tree } from "../../tree/tree.ts";
import type { DiffLine, FileDiff } from "../diff/diff.ts";
import { appliedAlready, applyAll } from "./apply.ts";

/** What a file was and became by one patch. */
export interface AppliedFile {
  readonly file: FileDiff;
  readonly before?: string;
  readonly after?: string;
  /** Why the patch could not be applied to it; then neither side is there. */
  readonly failure?: string;
  /** Whether the patch applies is not known: `failure` says why. */
  readonly isUndecided?: boolean;
  /** The file is as the patch would leave it. */
  readonly isAppliedAlready?: boolean;
}

/** A temporary copy of the files that patches touch, to which they are applied one after another. */
export interface Workspace {
  apply(files: readonly FileDiff[], collapsed: boolean): readonly AppliedFile[];
  /** The files that patches touched so far, as these leave them; undefined for one that is gone. */
  texts(): ReadonlyMap<string, string | undefined>;
  remove(): void;
}

export function openWorkspace(tree: Tree): Workspace {
  const { path: root, remove } = makeTemporaryFolder();
  const copied = new Set<string>();
  const unsure = new Set<string>();
  const copy = (path: string | undefined): string | undefined => {
    if (path === undefined || leavesTree(path)) return undefined;
    if (!copied.has(path)) {
      copied.add(path);
      const bytes = tree.read(path);
      if (bytes !== undefined) writeBytes(root, path, bytes);
    }
    return readText(root, path);
  };
  return {
    apply: (files, collapsed) =>
      distinctRuns(files).flatMap((run) => applyDistinct(root, { copy, tree, unsure }, run, collapsed)),
    texts: () => new Map([...copied].map((path) => [path, readText(root, path)])),
    remove,
  };
}

interface Place {
  readonly copy: (path: string | undefined) => string | undefined;
  readonly tree: Tree;
  /** Files of which it is not known what the patches so far made of them. */
  readonly unsure: Set<string>;
}

const pathsOf = ({ before, after }: FileDiff): readonly string[] =>
  [before, after].flatMap((path) => path ?? []);

/** A file that needs no patch applied, or cannot have one; undefined where it is to be patched. */
function withoutApplying(
  file: FileDiff,
  before: string | undefined,
  { tree, unsure }: Place,
): AppliedFile | undefined {
  if (pathsOf(file).some((path) => unsure.has(path))) {
    return { file, failure: "it is not known what the patch before made of it", isUndecided: true };
  }
  if (file.before !== undefined && before === undefined) {
    return { file, failure: `${file.before} is not in ${tree.name}` };
  }
  // A mode alone is none of ours, and git would call the patch an empty one.
  const isModeAlone = file.hunks.length === 0 && !file.binary && file.before === file.after;
  return isModeAlone && before !== undefined ? { file, before, after: before } : undefined;
}

/** Applies diffs of different files, all at once where they apply. */
function applyDistinct(root: string, place: Place, files: readonly FileDiff[], collapsed: boolean) {
  const { copy, unsure } = place;
  const images = files.map((file) => {
    const before = copy(file.before);
    copy(file.after);
    return { file, before, ready: withoutApplying(file, before, place) };
  });
  const asIn = images.map((each) => ({ ...each, own: withLineEndsOf(each.before ?? "", each.file) }));
  const wanted = asIn.flatMap(({ own, ready }) => (ready ? [] : [own]));
  const { refused, undecided } = applyAll(root, wanted, collapsed);
  for (const file of undecided.keys()) for (const path of pathsOf(file)) unsure.add(path);
  const failing = asIn.flatMap(({ own, ready }) =>
    (ready?.failure !== undefined && !ready.isUndecided) || refused.has(own) ? [own] : [],
  );
  const applied = appliedAlready(root, failing, collapsed);
  return asIn.map(({ file, own, before, ready }): AppliedFile => {
    const slow = ready?.isUndecided ? ready.failure : undecided.get(own);
    if (slow !== undefined) return { file, failure: slow, isUndecided: true };
    const failure = ready?.failure ?? refused.get(own);
    if (failure !== undefined) return { file, failure, isAppliedAlready: applied.has(own) };
    if (ready) return ready;
    const after = file.after === undefined ? undefined : readText(root, file.after);
    return { file, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  });
}

/** Mails are read without their CR: where each line of a file ends with one, those of its diff do. */
function withLineEndsOf(before: string, file: FileDiff): FileDiff {
  if (!before.includes("\r\n") || /(?:^|[^\r])\n/.test(before)) return file;
  const ended = (line: DiffLine) =>
    line.text.endsWith("\r") || line.unterminated ? line : { ...line, text: `${line.text}\r` };
  return { ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, lines: hunk.lines.map(ended) })) };
}

/** Diffs in their order, cut before each that touches a file which one before it touches too. */
function distinctRuns(files: readonly FileDiff[]): readonly (readonly FileDiff[])[] {
  const runs: FileDiff[][] = [];
  let touched = new Set<string>();
  for (const file of files) {
    const own = pathsOf(file);
    const run = runs.at(-1);
    if (run && !own.some((path) => touched.has(path))) run.push(file);
    else {
      runs.push([file]);
      touched = new Set();
    }
    for (const path of own) touched.add(path);
  }
  return runs;
}

function writeBytes(root: string, path: string, bytes: Buffer): void {
  try {
    mkdirSync(fileIn(root, posix.dirname(path)), { recursive: true });
    writeFileSync(fileIn(root, path), bytes);
  } catch (error) {
    throw new InputError(`${path}: ${systemMessage(error)}`);
  }
}

function readText(root: string, path: string): string | undefined {
  const place = fileIn(root, path);
  return statSync(place, { throwIfNoEntry: false })?.isFile() ? toText(readFileSync(place)) : undefined;
}
