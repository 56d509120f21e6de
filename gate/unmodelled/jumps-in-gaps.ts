import { functionRanges, GAP } from "../../model/c/source/index.ts";
import { mayLeave } from "../../model/kernel/lock-name.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import type { DiffLine, FileDiff } from "../diff/diff.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { blankComments } from "../rebuild/scan.ts";

/** A statement that leaves a function, or a part of it; what it returns does not tell one from another. */
const JUMP = /\b(?:return|break|continue|goto\s+\w+)\b/g;

/** Whatever it is called. */
const LABEL = "a label";

/**
 * Jumps that a patch adds or removes where it does not show all of the function, and no tree does: what is locked
 * there is not known.
 */
export function jumpsInGaps({ file, before, after }: ImagePair): readonly string[] {
  if (!(after ?? before)?.partial) return [];
  return runsOf(file).flatMap((run) => {
    const [added, removed] = [jumpsIn(run, "added"), jumpsIn(run, "removed")];
    return [
      ...without(added, removed).flatMap((each) => bound(each, after, "adds")),
      ...without(removed, added).flatMap((each) => bound(each, before, "removes")),
    ];
  });
}

/** Changed lines without a line between them that stays. */
function runsOf({ hunks }: FileDiff): readonly (readonly DiffLine[])[] {
  const runs: DiffLine[][] = [[]];
  for (const line of hunks.flatMap(({ lines }) => lines)) {
    if (line.kind === "context") runs.push([]);
    else runs.at(-1)?.push(line);
  }
  return runs;
}

interface Jump {
  readonly text: string;
  readonly line: DiffLine;
}

function jumpsIn(run: readonly DiffLine[], kind: DiffLine["kind"]): readonly Jump[] {
  return run.flatMap((line) => {
    if (line.kind !== kind || /^\s*(?:\*|#|\/\*)/.test(line.text)) return [];
    const code = blankComments(line.text);
    const label = /^\s*\w+\s*:\s*$/.test(code) && !/\bdefault\b/.test(code) ? [LABEL] : [];
    const macros = (code.match(/[A-Za-z_]\w*/g) ?? []).filter(mayLeave);
    return [...(code.match(JUMP) ?? []), ...macros, ...label].map((text) => ({
      text: text.replace(/\s+/g, " "),
      line,
    }));
  });
}

function without(jumps: readonly Jump[], others: readonly Jump[]): readonly Jump[] {
  const left = others.map(({ text }) => text);
  return jumps.filter(({ text }) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function bound({ text, line }: Jump, image: Image | undefined, does: "adds" | "removes"): readonly string[] {
  const at = image?.origins.findIndex((each) => each?.input === line.input) ?? -1;
  const range = functionRanges(image?.text ?? "").find(({ from, to }) => from <= at + 1 && at + 1 <= to);
  if (!image || !range) return [];
  // A return leaves behind it what is not shown; another jump may lead there, and to a label from there.
  const last = text === "return" ? at : range.to;
  const shown = image.text.split("\n").slice(range.from - 1, last);
  if (!shown.some((each) => GAP.test(each))) return [];
  const place = `${image.file}:${line.newLine ?? line.oldLine ?? "?"}`;
  return [
    `${place}: the patch ${does} ${text === LABEL ? text : `'${text}'`} and does not show what is locked there (--tree DIR does)`,
  ];
}
