import { blankOpaque, rangesNamed } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { type DiffLine, type FileDiff, lineOn, onSide, SIDES, type Side } from "../diff/diff.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** Lines that a change is entered by, by their numbers on each side: changed ones that follow each other. */
export interface Block extends Readonly<Record<Side, ReadonlySet<number>>> {
  /** The first of them, by which to name it. */
  readonly text: string;
}

/** The blocks among changed runs in one function whose code differs by more than `alike` sees. */
export function blocksIn(
  runs: readonly ChangedRun[],
  name: string,
  pair: ImagePair,
  alike: (side: Side, text: string) => string,
): readonly Block[] {
  const within = { before: isWithin(name, pair.before), after: isWithin(name, pair.after) };
  const code = (run: readonly DiffLine[], side: Side) => alike(side, textOn(run, side)).replace(/\s+/g, "");
  const isOwn = (run: ChangedRun) => SIDES.some((side) => run[side].some(within[side]));
  return runs.flatMap((run) => {
    if (!isOwn(run) || code(run.lines, "before") === code(run.lines, "after")) return [];
    const [before, after] = [new Set(run.before), new Set(run.after)];
    return [{ before, after, text: run.lines[0]?.text.trim() ?? "" }];
  });
}

/** Changed lines that follow each other, and their numbers on each side. */
export interface ChangedRun extends Readonly<Record<Side, readonly number[]>> {
  readonly lines: readonly DiffLine[];
}

export const changedRuns = ({ hunks }: FileDiff): readonly ChangedRun[] =>
  hunks
    .flatMap(({ lines }) => runsOf(lines))
    .map((lines) => ({ lines, before: numbersOn(lines, "before"), after: numbersOn(lines, "after") }));

/** Whether a line is one of a function. */
function isWithin(name: string, image: Image | undefined): (line: number) => boolean {
  const ranges = rangesNamed(image?.text ?? "", name);
  return (line) => ranges.some(({ from, to }) => from <= line && line <= to);
}

function runsOf(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const runs: DiffLine[][] = [[]];
  for (const line of lines) {
    if (line.kind === "context") runs.push([]);
    else runs.at(-1)?.push(line);
  }
  return runs.filter((run) => run.length > 0);
}

const textOn = (run: readonly DiffLine[], side: Side): string =>
  run.flatMap((line) => (onSide(side, line) ? [line.text] : [])).join("\n");

const numbersOn = (run: readonly DiffLine[], side: Side): readonly number[] =>
  run.flatMap((line) => (onSide(side, line) ? (lineOn(side, line) ?? []) : []));

/** The number that an unchanged line has on the other side. */
export function lineAcross({ hunks }: FileDiff, from: Side, line: number): number {
  const moved = hunks.flatMap((hunk) => {
    let next = from === "before" ? hunk.oldStart : hunk.newStart;
    return hunk.lines.map((each) => {
      const at = next;
      if (onSide(from, each)) next++;
      if (each.kind === "context") return 0;
      if (onSide(from, each)) return at < line ? -1 : 0;
      return at <= line ? 1 : 0;
    });
  });
  return moved.reduce<number>((sum, each) => sum + each, line);
}

/** Unchanged lines on which a function calls one of these: what it calls has changed. */
export function callsIn(
  name: string,
  image: Image | undefined,
  file: FileDiff,
  callees: ReadonlySet<string>,
): readonly Block[] {
  const range = image && rangesNamed(image.text, name)[0];
  if (!range || callees.size === 0) return [];
  const calls = new RegExp(`\\b(?:${[...callees].join("|")})\\s*\\(`);
  const lines = blankOpaque(range.text).split("\n");
  return lines.flatMap((text, index) => {
    const line = range.from + index;
    const isChanged = image.origins[line - 1]?.changed === true;
    if (isChanged || !calls.test(text)) return [];
    const [own, across] = [new Set([line]), new Set([lineAcross(file, image.side, line)])];
    const sides = image.side === "before" ? { before: own, after: across } : { before: across, after: own };
    return [{ ...sides, text: text.trim() }];
  });
}
