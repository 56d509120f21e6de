import { functionRanges, macrosIn } from "../../model/c/source/index.ts";
import { type DiffLine, type FileDiff, lineOn, onSide, type Side } from "../diff/diff.ts";
import type { Image, Origin } from "../rebuild/rebuild.ts";
import { blankComments } from "../rebuild/scan.ts";

/** A file's text on each side of a change; absent where it is not there. */
export type Texts = Readonly<Partial<Record<Side, string>>>;

/** The image of a whole file: each of its lines is known, and those in a hunk know their line of the input. */
export function wholeImage(file: FileDiff, side: Side, texts: Texts): Image | undefined {
  const [path, text] = [file[side], texts[side]];
  if (path === undefined || text === undefined) return undefined;
  const shown = new Map<number, { input: number; changed: boolean }>();
  for (const line of file.hunks.flatMap(({ lines }) => lines)) {
    const number = onSide(side, line) ? lineOn(side, line) : undefined;
    if (number !== undefined) shown.set(number, { input: line.input, changed: line.kind !== "context" });
  }
  const origins = text.split("\n").map((each, index): Origin => {
    const { input, changed: isChanged } = shown.get(index + 1) ?? {};
    return {
      line: index + 1,
      text: each,
      ...(input !== undefined && { input }),
      ...(isChanged && { changed: true }),
    };
  });
  const changed = changedFunctions(file, side, texts);
  return { file: path, side, text, origins, changed, partial: false, collapsed: false };
}

/** A file that the change does not touch. */
export function untouchedImage(path: string, text: string): Image {
  const origins = text.split("\n").map((each, index): Origin => ({ line: index + 1, text: each }));
  return { file: path, side: "after", text, origins, changed: [], partial: false, collapsed: false };
}

/** Functions on one side with a changed line of code, or with a place where the other side has one. */
function changedFunctions({ hunks }: FileDiff, side: Side, texts: Texts): readonly string[] {
  const [before, after] = [texts.before, texts.after].map((text) => blankComments(text ?? "").split("\n"));
  const isCode = ({ oldLine, newLine, text }: DiffLine) =>
    (newLine === undefined ? before?.[(oldLine ?? 0) - 1] : after?.[newLine - 1])?.trim() !== "" ||
    mayCoverOthers(text);
  const lines = hunks.flatMap((hunk) => {
    let near = side === "before" ? hunk.oldStart : hunk.newStart;
    return hunk.lines.flatMap((line) => {
      near = lineOn(side, line) ?? near;
      return line.kind === "context" || !isCode(line) ? [] : [near];
    });
  });
  const sorted = Uint32Array.from(lines).sort();
  const macros = changedMacrosOf(texts);
  return functionRanges(texts[side] ?? "").flatMap(({ name, from, to, text }) =>
    (sorted[firstFrom(sorted, from)] ?? Number.POSITIVE_INFINITY) <= to || macros.isUsedIn(text)
      ? [name]
      : [],
  );
}

/** A comment that begins or ends on the line, or goes on behind it, decides whether the lines beside it are code. */
const mayCoverOthers = (text: string): boolean =>
  /\\\s*$/.test(text) || /\/\*|\*\//.test(text.replace(/\/\*.*?\*\//g, ""));

/** The place of the first of some sorted numbers that is not below `least`. */
function firstFrom(sorted: Uint32Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The macros of a file that a change defines otherwise, and those that use them. */
function changedMacrosOf({ before = "", after = "" }: Texts): { isUsedIn(text: string): boolean } {
  const [was, is] = [before, after].map((text) => bodiesOf(text));
  const names = new Set([...(was ?? []), ...(is ?? [])].map(([name]) => name));
  const changed = new Set([...names].filter((name) => was?.get(name) !== is?.get(name)));
  const isUsedIn = (text: string) => (text.match(/[A-Za-z_]\w*/g) ?? []).some((word) => changed.has(word));
  for (let count = -1; count !== changed.size; ) {
    count = changed.size;
    for (const name of names) if (count > 0 && isUsedIn(is?.get(name) ?? "")) changed.add(name);
  }
  return { isUsedIn: (text) => changed.size > 0 && isUsedIn(text) };
}

/** White space aside. */
function bodiesOf(text: string): ReadonlyMap<string, string> {
  const bodies = new Map<string, string>();
  for (const { name, parameters = [], body = "" } of macrosIn(blankComments(text))) {
    const definition = `(${parameters}) ${body.replace(/\\\r?\n|\s+/g, " ").trim()}`;
    bodies.set(name, `${bodies.get(name) ?? ""}\n${definition}`);
  }
  return bodies;
}
