import { inserted, type ScanLine } from "./scan.ts";

/** A block by the statement it belongs to; `unknown` where its head was cut off. */
export type BlockKind = "function" | "if" | "loop" | "do" | "switch" | "expression" | "plain" | "unknown";

/** Stands before the brace of a block whose head is hidden, until its kind is clear. */
export const UNKNOWN_BLOCK = "HOLDFAST_BLOCK";

/** How the blocks of a segment reach out of it, levels counted from the innermost block at its start. */
export interface Nesting {
  /** What closes each of the blocks that were open before, by what follows the brace. */
  readonly closed: readonly Follower[];
  /** The lines on which they are closed. */
  readonly closedAt: readonly number[];
  /** Levels that hold a case label, so that they must be a switch. */
  readonly switches: ReadonlySet<number>;
  /** Blocks opened here and still open at the end, outermost first. */
  readonly open: readonly BlockKind[];
  /** Nesting at the start of each line, relative to the segment's start. */
  readonly depths: readonly number[];
  /** Kinds found for the blocks of unknown head, by line. */
  readonly resolved: ReadonlyMap<number, BlockKind>;
}

export type Follower = "else" | "while" | "other";

interface Reading {
  closed: Follower[];
  closedAt: number[];
  switches: Set<number>;
  open: { kind: BlockKind; line: number }[];
  depths: number[];
  resolved: Map<number, BlockKind>;
  statement: string;
  parentheses: number;
}

export function nestingOf(lines: readonly ScanLine[]): Nesting {
  const reading: Reading = {
    closed: [],
    closedAt: [],
    switches: new Set(),
    open: [],
    depths: [],
    resolved: new Map(),
    statement: "",
    parentheses: 0,
  };
  lines.forEach(({ code }, line) => {
    reading.depths.push(reading.open.length - reading.closed.length);
    if (/^\s*#/.test(code)) return;
    if (/^\s*(case\b|default\s*:)/.test(code)) noteCase(reading);
    [...code].forEach((character, column) => {
      readCharacter(reading, character, { line, after: () => followerOf(lines, line, column) });
    });
  });
  return { ...reading, open: reading.open.map(({ kind }) => kind) };
}

function noteCase(reading: Reading): void {
  const top = reading.open.at(-1);
  if (!top) reading.switches.add(reading.closed.length);
  else if (top.kind === "unknown") reading.resolved.set(top.line, "switch");
}

interface Place {
  readonly line: number;
  readonly after: () => Follower;
}

function readCharacter(reading: Reading, character: string, place: Place): void {
  if (character === "(") reading.parentheses++;
  if (character === ")") reading.parentheses = Math.max(0, reading.parentheses - 1);
  if (character === "{") reading.open.push({ kind: kindOf(reading.statement), line: place.line });
  if (character === "}") close(reading, place);
  const ends = character === "{" || character === "}" || (character === ";" && reading.parentheses === 0);
  reading.statement = ends ? "" : reading.statement + character;
  if (character === "{" || character === "}") reading.parentheses = 0;
}

function close(reading: Reading, place: Place): void {
  const top = reading.open.pop();
  if (!top) {
    reading.closed.push(place.after());
    reading.closedAt.push(place.line);
  } else if (top.kind === "unknown" && !reading.resolved.has(top.line)) {
    reading.resolved.set(top.line, kindBefore(place.after()));
  }
}

/** A block of unknown head counts as a loop: then `continue` and `break` in it lead where nothing is known. */
export const kindBefore = (follower: Follower): BlockKind =>
  follower === "else" ? "if" : follower === "while" ? "do" : "loop";

function kindOf(before: string): BlockKind {
  const statement = before.trim().replace(/^(\w+\s*:(?!:)\s*)+/, "");
  if (statement.endsWith(UNKNOWN_BLOCK)) return "unknown";
  if (/[=(,[]$/.test(statement)) return "expression";
  if (/^do\b/.test(statement)) return "do";
  if (/^(else\b|if\b)/.test(statement)) return "if";
  if (/^switch\b/.test(statement)) return "switch";
  return /^\w+\s*\(/.test(statement) ? "loop" : "plain";
}

function followerOf(lines: readonly ScanLine[], line: number, column: number): Follower {
  const rest = (lines[line]?.code ?? "").slice(column + 1).trim();
  const next =
    rest === "" ? (lines.slice(line + 1).find(({ code }) => code.trim() !== "")?.code ?? "") : rest;
  if (/^\s*else\b/.test(next)) return "else";
  return /^while\b.*;/.test(rest) ? "while" : "other";
}

export const UNKNOWN_CONDITION = "holdfast_unknown()";

const OPENERS: Partial<Record<BlockKind, string>> = {
  if: `if (${UNKNOWN_CONDITION}) {`,
  do: "do {",
  switch: `switch (${UNKNOWN_CONDITION}) {`,
};

/** The line that opens a block of a kind, on a condition of which nothing is known. */
export const openerOf = (kind: BlockKind): string => OPENERS[kind] ?? `while (${UNKNOWN_CONDITION}) {`;

export function closerOf(kind: BlockKind): ScanLine {
  if (kind === "do") return inserted(`} while (${UNKNOWN_CONDITION});`);
  return inserted(kind === "expression" ? "};" : "}");
}
