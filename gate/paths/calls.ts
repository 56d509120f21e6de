import { functionRanges } from "../../model/c/source/function-ranges.ts";
import { blankOpaque } from "../../model/c/source/text.ts";
import type { FileDiff } from "../diff/diff.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { type Block, lineAcross } from "./block.ts";

/** Unchanged lines on which a function calls one of these: what it calls has changed. */
export function callsIn(
  name: string,
  image: Image | undefined,
  file: FileDiff,
  callees: ReadonlySet<string>,
): readonly Block[] {
  const range = image && functionRanges(image.text).find((each) => each.name === name);
  if (!range || callees.size === 0) return [];
  const calls = new RegExp(`\\b(?:${[...callees].join("|")})\\s*\\(`);
  const lines = blankOpaque(image.text)
    .split("\n")
    .slice(range.from - 1, range.to);
  return lines.flatMap((text, index) => {
    const line = range.from + index;
    const isChanged = image.origins[line - 1]?.changed === true;
    if (isChanged || !calls.test(text)) return [];
    const [own, across] = [new Set([line]), new Set([lineAcross(file, image.side, line)])];
    const sides = image.side === "before" ? { before: own, after: across } : { before: across, after: own };
    return [{ ...sides, text: text.trim() }];
  });
}
