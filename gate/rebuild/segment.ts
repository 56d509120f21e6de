import { type DiffLine, type FileDiff, type Hunk, onSide, type Side } from "../diff/diff.ts";
import { functionEnd } from "./end.ts";
import { functionHeads, headOfSection } from "./head.ts";
import { inserted, isBlank, type ScanLine, scanLines } from "./scan.ts";

/** What the hunks show of one function. */
export interface FunctionFragment {
  readonly name: string;
  readonly head: readonly ScanLine[];
  readonly segments: readonly Segment[];
}

/** A run of lines of one function without a gap in it. */
export interface Segment {
  readonly lines: readonly ScanLine[];
  /** The line before it is the function's opening brace, or the segment before: nothing is hidden between. */
  readonly joined: boolean;
  /** Its last line is the function's closing brace. */
  readonly ends: boolean;
}

type Open = { name: string; head: readonly ScanLine[]; segments: Segment[] };

/** Why lines of a hunk are in no function: its section names none. */
export const UNNAMED = "holdfast_unnamed_function";

/** Sorts a file's hunks, on one side, into the functions that they show parts of. */
export function functionsOf(file: FileDiff, side: Side, collapsed: boolean): readonly FunctionFragment[] {
  const done: Open[] = [];
  let open: Open | undefined;
  let seen: Hunk | undefined;
  for (const hunk of file.hunks) {
    const lines = scanLines(hunk.lines.filter((line) => onSide(side, line)));
    const joined = seen !== undefined && seen.missing === 0 && follows(seen, hunk, side);
    const section = headOfSection(hunk.section);
    const goesOn = open !== undefined && (joined || continues(open, section, file, hunk));
    if (!goesOn) {
      open = openSection(section, lines, collapsed);
      if (open) done.push(open);
    }
    open = takeHunk({ lines, joined, collapsed }, open, done);
    seen = hunk;
  }
  return done.filter((each) => each.segments.some((segment) => !segment.lines.every(isBlank)));
}

/** The section names the function as it was before the patch, which may rename it in an earlier hunk. */
function continues(open: Open, section: { name: string } | undefined, file: FileDiff, hunk: Hunk): boolean {
  if (section === undefined) return /^\w+:$/.test(hunk.section);
  return section.name === open.name || renamed(file, section.name, open.name);
}

function renamed(file: FileDiff, before: string, after: string): boolean {
  const called = calledNames(file);
  return called.removed.has(before) && called.added.has(after) && !called.context.has(before);
}

type Called = Readonly<Record<DiffLine["kind"], ReadonlySet<string>>>;

const calledIn = new WeakMap<FileDiff, Called>();

/** Names before a parenthesis, by the kind of their lines; gathered once for a file, which may have very many hunks. */
function calledNames(file: FileDiff): Called {
  const known = calledIn.get(file);
  if (known) return known;
  const called = { context: new Set<string>(), added: new Set<string>(), removed: new Set<string>() };
  for (const { lines } of file.hunks) {
    for (const { kind, text } of lines) {
      for (const [, name = ""] of text.matchAll(/\b(\w+)\s*\(/g)) called[kind].add(name);
    }
  }
  calledIn.set(file, called);
  return called;
}

function follows(previous: Hunk, hunk: Hunk, side: Side): boolean {
  return side === "before"
    ? previous.oldStart + previous.oldCount === hunk.oldStart
    : previous.newStart + previous.newCount === hunk.newStart;
}

function openSection(
  section: { name: string; text: string } | undefined,
  lines: readonly ScanLine[],
  collapsed: boolean,
): Open | undefined {
  if (section) return { name: section.name, head: [inserted(section.text)], segments: [] };
  const indented = lines.some(({ code }) => /^\s+[\w(].*;\s*$/.test(code));
  const statement = collapsed ? lines.some(({ code }) => /\)\s*;\s*$/.test(code)) : indented;
  const head = [inserted(`static void ${UNNAMED}(void)`)];
  return statement && !functionHeads(lines, collapsed)[0] ? { name: UNNAMED, head, segments: [] } : undefined;
}

interface Piece {
  readonly lines: readonly ScanLine[];
  readonly joined: boolean;
  readonly collapsed: boolean;
}

/** Gives a hunk's lines to the open function up to its end, and to those whose heads follow. */
function takeHunk({ lines, joined, collapsed }: Piece, before: Open | undefined, done: Open[]) {
  const heads = functionHeads(lines, collapsed);
  let open = before;
  let start = before?.segments.length === 0 && !joined ? endOfHead(lines, heads[0]?.start) : 0;
  let whole = joined || start > 0;
  for (const head of heads) {
    addSegment(open, lines.slice(start, head.start), { joined: whole, collapsed, headFollows: true });
    open = { name: head.name, head: lines.slice(head.start, head.open), segments: [] };
    done.push(open);
    start = head.open + 1;
    whole = true;
    if (lines[head.open]?.code.trim() !== "{") {
      open.head = [];
      open.segments.push({ lines: lines.slice(head.start, head.open + 1), joined: true, ends: true });
      open = undefined;
    }
  }
  return addSegment(open, lines.slice(start), { joined: whole, collapsed, headFollows: false });
}

/** Behind the brace that opens a function whose head began above the hunk; 0 where the hunk shows none. */
function endOfHead(lines: readonly ScanLine[], nextHead = lines.length): number {
  const brace = lines.findIndex(({ code }) => /^\{\s*$/.test(code));
  const within =
    brace >= 0 && brace < nextHead && !lines.slice(0, brace).some(({ code }) => /[;{}]/.test(code));
  return within ? brace + 1 : 0;
}

function addSegment(
  open: Open | undefined,
  lines: readonly ScanLine[],
  how: { joined: boolean; collapsed: boolean; headFollows: boolean },
): Open | undefined {
  if (!open) return undefined;
  const exact = how.joined && (open.segments.length === 0 || open.segments.every(({ joined }) => joined));
  const depth = exact ? open.segments.flatMap((each) => each.lines) : undefined;
  const end = functionEnd(lines, { ...how, ...(depth && { shownBefore: depth }) });
  const shown = end === undefined ? lines : lines.slice(0, end + 1);
  if (shown.length > 0) open.segments.push({ lines: shown, joined: how.joined, ends: end !== undefined });
  return end === undefined && !how.headFollows ? open : undefined;
}
