import {
  type BlockKind,
  closerOf,
  kindBefore,
  type Nesting,
  nestingOf,
  openerOf,
  UNKNOWN_BLOCK,
} from "./nesting.ts";
import { inserted, isBlank, type ScanLine } from "./scan.ts";
import type { Segment } from "./segment.ts";

/** Marks lines that the patch does not show: whatever is known of locks and variables ends here. */
export const GAP = "/* holdfast: gap */";

/**
 * Joins a function's segments to a body with balanced braces, its closing one included. Blocks that must
 * have been opened or closed in a gap are; every way from one segment to the next leads through the gap.
 */
export function joinSegments(segments: readonly Segment[], collapsed: boolean): readonly ScanLine[] {
  const body: ScanLine[] = [];
  let open: readonly BlockKind[] = ["function"];
  for (const segment of segments) {
    const nesting = nestingOf(segment.lines);
    let doubtful = 0;
    if (!segment.joined) {
      const wanted = wantedBlocks(open, nesting, segment, collapsed);
      body.push(...passGap(open, wanted));
      open = wanted.blocks;
      doubtful = wanted.kept;
    }
    const kept = Array.from({ length: open.length }, (_, level) => level > 0 && level < doubtful).reverse();
    // One by one: a call takes no more arguments than its stack has room for.
    for (const line of resolve(segment.lines, nesting, kept)) body.push(line);
    open = [...open.slice(0, Math.max(0, open.length - nesting.closed.length)), ...nesting.open];
    if (!collapsed || segment.ends) continue;
    open = closeUnstarted(open, segment, body);
  }
  if (open.length === 0) return body;
  return [...body, inserted(GAP), ...[...open].reverse().map(closerOf)];
}

interface Wanted {
  readonly blocks: readonly BlockKind[];
  /** How many of the blocks that were open still are. */
  readonly kept: number;
}

/** Which blocks must be open where the segment begins. */
function wantedBlocks(
  open: readonly BlockKind[],
  nesting: Nesting,
  segment: Segment,
  collapsed: boolean,
): Wanted {
  const levels = levelsNeeded(nesting, segment.ends);
  const shown = collapsed ? open.length : (indentation(segment.lines, nesting) ?? open.length);
  const depth = segment.ends ? Math.max(1, nesting.closed.length) : Math.max(levels, shown);
  const required = Array.from({ length: depth }, (_, position) =>
    requiredKind(nesting, depth - 1 - position),
  );
  let kept = Math.min(open.length, depth);
  required.forEach((kind, position) => {
    if (position > 0 && position < kept && kind !== undefined && kind !== open[position]) kept = position;
  });
  const added = required.slice(kept).map((kind) => kind ?? "loop");
  return { blocks: [...open.slice(0, kept), ...added], kept };
}

/** The function's own block, and all that the segment closes or has case labels in. */
function levelsNeeded(nesting: Nesting, ends: boolean): number {
  const cases = Math.max(0, ...[...nesting.switches].map((level) => level + 1));
  return Math.max(cases, nesting.closed.length) + (ends ? 0 : 1);
}

function requiredKind(nesting: Nesting, level: number): BlockKind | undefined {
  if (nesting.switches.has(level)) return "switch";
  const follower = nesting.closed[level];
  return follower === undefined || follower === "other" ? undefined : kindBefore(follower);
}

/** How deep the segment starts, by the indentation of statements that do not stand behind a bare `if`. */
function indentation(lines: readonly ScanLine[], nesting: Nesting): number | undefined {
  let above = "";
  const depths = lines.flatMap((line, at) => {
    const behind = above;
    if (isBlank(line)) return [];
    above = line.code.trim();
    if (!/[;{}]$/.test(behind) || /^\s*(#|case\b|default\b|\w+\s*:)/.test(line.code)) return [];
    const closes = /^\s*\}/.test(line.code) ? 1 : 0;
    return [tabs(line.text) - (nesting.depths[at] ?? 0) + closes];
  });
  return depths.length > 0 ? Math.max(1, Math.min(...depths)) : undefined;
}

function tabs(text: string): number {
  const white = /^[ \t]*/.exec(text)?.[0] ?? "";
  return white.replaceAll(" ".repeat(8), "\t").split("\t").length - 1;
}

function passGap(open: readonly BlockKind[], { blocks, kept }: Wanted): readonly ScanLine[] {
  const closers = open.slice(kept).reverse().map(closerOf);
  const openers = blocks.slice(kept).flatMap((kind) => openWithGap(kind));
  // The lines that are hidden may stand in a loop that is closed here, and change what its next round meets.
  const within = closers.length > 0 ? [inserted(GAP)] : [];
  return [...within, ...closers, inserted(GAP), ...openers];
}

/** A switch reaches what stands before its first case label by a label of its own. */
function openWithGap(kind: BlockKind): readonly ScanLine[] {
  const label = kind === "switch" ? [inserted("case 0x7fffffff:")] : [];
  return [inserted(openerOf(kind)), ...label, inserted(GAP)];
}

/**
 * Settles the heads of blocks that were cut off. A block from before a gap may have ended in it, and the
 * brace may close another: its end and what follows are reached through a gap. `kept`: by level, from the
 * innermost.
 */
function resolve(
  lines: readonly ScanLine[],
  nesting: Nesting,
  kept: readonly boolean[],
): readonly ScanLine[] {
  const closers = new Map(nesting.closedAt.map((line, level) => [line, kept[level] === true]));
  return lines.flatMap((line, at) => {
    const doubt = closers.get(at) ? [inserted(GAP)] : [];
    if (!line.code.includes(UNKNOWN_BLOCK)) return [...doubt, line, ...doubt];
    const [opener, ...rest] = openWithGap(nesting.resolved.get(at) ?? "loop");
    return [{ ...line, ...opener }, ...rest];
  });
}

/**
 * Without indentation nothing tells where a block ends in a gap. One whose `if` is the last line shown has
 * its body there, and most such bodies are short: it is closed.
 */
function closeUnstarted(
  open: readonly BlockKind[],
  segment: Segment,
  body: ScanLine[],
): readonly BlockKind[] {
  const last = segment.lines.findLast((line) => !isBlank(line))?.code.trim() ?? "";
  if (!last.endsWith("{") || open.at(-1) !== "if") return open;
  body.push(inserted(GAP), closerOf("if"));
  return open.slice(0, -1);
}
