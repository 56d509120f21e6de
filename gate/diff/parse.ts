import { InputError } from "../../model/input-error.ts";
import type { Diff, FileDiff, Hunk, InputLine } from "./diff.ts";
import { isHunkHeading, readCollapsedHunk, readHunk } from "./hunk.ts";
import { languageOfDiff } from "./language.ts";
import { plainFile, treePath } from "./names.ts";

export type Header = { -readonly [Key in keyof Omit<FileDiff, "hunks">]: FileDiff[Key] };

/** With more hunks, a patch is none that a person reads. */
const MAX_HUNKS = 20_000;

/**
 * Reads a unified diff, git's or plain, out of lines that may hold other text before, between and after
 * the files. Throws an InputError for paths that leave the tree, merges' combined diffs and bad counts.
 */
export function parseDiff(lines: readonly InputLine[]): Diff {
  const collapsed = looksCollapsed(lines);
  const files: FileDiff[] = [];
  const orphans: number[] = [];
  const unread: string[] = [];
  let room = MAX_HUNKS;
  for (let at = 0; at < lines.length && room >= 0; ) {
    const header = readHeader(lines, at);
    if (!header) {
      const line = lines[at++];
      if (line && isHunkHeading(line.text)) orphans.push(line.number);
      continue;
    }
    const { hunks, next } = readHunks(lines, header.next, { collapsed, most: room + 1 });
    const file = header.git ? header.file : plainFile(header.file, hunks);
    room -= hunks.length;
    const excess = excessOf(file, lines.slice(at, next + 1), room);
    const lacks = hunks.length === 0 && needsHunks(header, lines);
    if (excess !== undefined) unread.push(excess);
    else if (hunks.length > 0 || header.git || lacks)
      files.push({ ...file, hunks, ...(lacks && { lacksHunks: true }) });
    at = Math.max(next, at + 1);
  }
  const end = lines.at(-1);
  if (end?.cut === "input" && unread.length === 0) unread.push(`${tooMany(end)} on was not read`);
  return { files, collapsed, orphans, unread };
}

/** Why a file's diff is left out; undefined where it is whole. */
function excessOf(file: Header, lines: readonly InputLine[], room: number): string | undefined {
  const path = file.after ?? file.before ?? "";
  if (room < 0) {
    return `more than ${MAX_HUNKS} hunks: ${path} and all from line ${file.input} on was not read`;
  }
  const cut = lines.find((line) => line.cut !== undefined);
  if (cut?.cut === "input") return `${tooMany(cut)} on and ${path} was not read`;
  if (!cut || languageOfDiff(file) === "no-code") return undefined;
  return `line ${cut.number}: longer than ${cut.text.length} characters: ${path} was not read`;
}

const tooMany = ({ number }: InputLine): string => `too many lines: all from line ${number}`;

/** Words that look like a plain diff's header may stand in a text. */
function needsHunks({ file, next, git, changesText }: HeaderReading, lines: readonly InputLine[]): boolean {
  if (git) return changesText && !file.binary && file.after !== undefined;
  return languageOfDiff(file) !== "no-code" || /^[-+ ][ \t]*\S/.test(lines[next]?.text ?? "");
}

/** Archives turn each run of white space into one blank: then no line has a tab or starts with two blanks. */
export function looksCollapsed(lines: readonly InputLine[]): boolean {
  const start = lines.findIndex(({ text }) => isHunkHeading(text));
  const body = start < 0 ? [] : lines.slice(start);
  return body.length > 0 && !body.some(({ text }) => text.includes("\t") || /^[-+ ] {2}/.test(text));
}

function readHunks(
  lines: readonly InputLine[],
  start: number,
  { collapsed, most }: { readonly collapsed: boolean; readonly most: number },
) {
  const hunks: Hunk[] = [];
  let next = start;
  for (let line = lines[next]; line && hunks.length < most; line = lines[next]) {
    if (line.text.startsWith("@@@")) {
      throw new InputError(
        `line ${line.number}: a combined diff of a merge; send the diff against one parent`,
      );
    }
    if (!isHunkHeading(line.text)) break;
    const reading = collapsed ? readCollapsedHunk(lines, next) : readHunk(lines, next, { collapsed });
    hunks.push(reading.hunk);
    next = afterBlank(lines, reading.next);
  }
  return { hunks, next };
}

/** A reply may leave an empty quoted line between hunks. */
function afterBlank(lines: readonly InputLine[], at: number): number {
  let next = at;
  while (lines[next]?.text.trim() === "" || lines[next]?.text.startsWith("\\ ")) next++;
  return isHunkHeading(lines[next]?.text ?? "") ? next : at;
}

interface HeaderReading {
  readonly file: Header;
  readonly next: number;
  /** A `diff --git` header means something even without hunks: a rename, a mode, a binary. */
  readonly git: boolean;
  /** It says that the text is another one afterwards, or nothing at all. */
  readonly changesText: boolean;
}

function readHeader(lines: readonly InputLine[], start: number): HeaderReading | undefined {
  const text = lines[start]?.text ?? "";
  if (text.startsWith("diff --git ")) return readGitHeader(lines, start);
  const plus = lines[start + 1]?.text ?? "";
  if (!text.startsWith("--- ") || !plus.startsWith("+++ ")) return undefined;
  const file: Header = { binary: false, input: lines[start]?.number ?? 0 };
  takePaths(file, lines, start);
  return { file, next: start + 2, git: false, changesText: true };
}

function readGitHeader(lines: readonly InputLine[], start: number): HeaderReading {
  const input = lines[start]?.number ?? 0;
  const file: Header = { binary: false, input, ...pathsOf(lines[start]?.text ?? "", input) };
  let next = start + 1;
  let changesText = false;
  for (; next < lines.length; next++) {
    const text = lines[next]?.text ?? "";
    if (text.startsWith("--- ") && lines[next + 1]?.text.startsWith("+++ ")) {
      takePaths(file, lines, next);
      return { file, next: next + 2, git: true, changesText: true };
    }
    if (!takeExtended(file, text, input)) break;
    changesText ||= text.startsWith("index ") && !EMPTY_FILE.test(text);
  }
  return { file, next, git: true, changesText: changesText || next === start + 1 };
}

/** The index line of a file that is made empty. */
const EMPTY_FILE = /^index 0+\.\.(?:e69de29|473a0f4)/;

/** `diff --git a/x b/x`: where both names are one, the header alone tells it; a rename says it again below. */
function pathsOf(text: string, input: number): { before?: string; after?: string } {
  const rest = text.slice("diff --git ".length);
  const halves = /^("(?:[^"\\]|\\.)*"|\S+)\s+("(?:[^"\\]|\\.)*"|\S+)\s*$/.exec(rest) ?? equalHalves(rest);
  const before = halves?.[1] && treePath(halves[1], input);
  const after = halves?.[2] && treePath(halves[2], input);
  return { ...(before && { before }), ...(after && { after }) };
}

function equalHalves(rest: string): readonly string[] | undefined {
  const middle = Math.floor(rest.length / 2);
  return rest[middle] === " " ? [rest, rest.slice(0, middle), rest.slice(middle + 1)] : undefined;
}

function takeExtended(file: Header, text: string, input: number): boolean {
  const [, key, value] =
    /^(index|old mode|new mode|deleted file mode|new file mode|similarity index|dissimilarity index|rename from|rename to|copy from|copy to|Binary files|GIT binary patch)\b ?(.*)$/.exec(
      text,
    ) ?? [];
  if (key === undefined) return false;
  if (key === "new file mode") delete file.before;
  if (key === "deleted file mode") delete file.after;
  if (key === "Binary files" || key === "GIT binary patch") file.binary = true;
  const path = /^(rename|copy) /.test(key) ? treePath(`a/${value ?? ""}`, input) : undefined;
  if (path && key.endsWith("from")) file.before = path;
  if (path && key.endsWith("to")) file.after = path;
  return true;
}

function takePaths(file: Header, lines: readonly InputLine[], at: number): void {
  const [minus, plus] = [lines[at], lines[at + 1]];
  const before = minus && treePath(minus.text.slice(4), minus.number);
  const after = plus && treePath(plus.text.slice(4), plus.number);
  delete file.before;
  delete file.after;
  if (before !== undefined) file.before = before;
  if (after !== undefined) file.after = after;
}
