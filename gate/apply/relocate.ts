import { type FileDiff, type Hunk, lineOn, onSide } from "../diff/diff.ts";

/** In lines: a hunk that applies farther from where it says is not looked for. */
const MAX_DISTANCE = 20_000;

/**
 * Gives a diff that was applied with offsets the line numbers that its hunks really have. Undefined where one of them
 * is not found.
 */
export function relocate(file: FileDiff, before: string): FileDiff | undefined {
  const lines = before.split("\n").map(squeeze);
  let delta = 0;
  let from = 0;
  const hunks: Hunk[] = [];
  for (const hunk of file.hunks) {
    const wanted = hunk.lines.filter((line) => onSide("before", line)).map(({ text }) => squeeze(text));
    const expected = hunk.oldStart - (hunk.oldCount === 0 ? 0 : 1);
    const at = wanted.length === 0 ? expected : nearest(lines, wanted, expected, from);
    if (at === undefined) return undefined;
    from = at + wanted.length;
    const start = hunk.newStart - (hunk.newCount === 0 ? 0 : 1);
    hunks.push(shift(hunk, at - expected, at + delta - start));
    delta += hunk.newCount - hunk.oldCount;
  }
  return { ...file, hunks };
}

/** White space may differ where the patch was applied without regard to it. */
const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

function nearest(
  lines: readonly string[],
  wanted: readonly string[],
  expected: number,
  from: number,
): number | undefined {
  const matches = (at: number) =>
    at >= from &&
    at + wanted.length <= lines.length &&
    wanted.every((text, index) => lines[at + index] === text);
  const most = Math.min(lines.length, MAX_DISTANCE);
  for (let distance = 0; distance <= most; distance++) {
    if (matches(expected - distance)) return expected - distance;
    if (matches(expected + distance)) return expected + distance;
  }
  return undefined;
}

function shift(hunk: Hunk, old: number, fresh: number): Hunk {
  const lines = hunk.lines.map((line) => {
    const [oldLine, newLine] = [lineOn("before", line), lineOn("after", line)];
    return {
      ...line,
      ...(oldLine !== undefined && { oldLine: oldLine + old }),
      ...(newLine !== undefined && { newLine: newLine + fresh }),
    };
  });
  return { ...hunk, oldStart: hunk.oldStart + old, newStart: hunk.newStart + fresh, lines };
}
