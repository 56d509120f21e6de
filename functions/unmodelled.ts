import type { Flow } from "../model/c/index.ts";
import {
  calledNames,
  callsIn,
  type Expanded,
  type Gap,
  type Unit,
  type UnitFunction,
} from "../model/c/source/index.ts";
import { sentenceOf } from "../model/not-modelled.ts";
import type { ReadProgram } from "./read-program.ts";
import type { NamedReason } from "./result.ts";

/** A call that never comes back ends its path. */
const IS_CALL: ReadonlySet<string> = new Set(["call", "stop"]);
/** What they take stands in their argument: they are read as the calls that they stand for. */
const GUARD = /guard$/;

/**
 * Names a function of which some reading has a call that takes or releases something, by a scan of the text,
 * and whose program has no such call: the parser made nothing of it.
 */
export function missedIn(
  { name, bodyStart, parameters }: UnitFunction,
  readings: readonly Pick<ReadProgram, "expanded" | "translation">[],
  { file, unit: { lines } }: { readonly file: string; readonly unit: Unit },
  takesLocks: (callee: string) => boolean,
): readonly NamedReason[] {
  const isMissed = (callee: string) => !parameters.includes(callee) && takesLocks(callee);
  for (const { expanded, translation } of readings) {
    const missed = missedCall(translation.plan.flow, expanded, bodyStart, isMissed);
    if (missed) {
      const line = lines.lineAt(missed.at);
      const reason = sentenceOf({ kind: "call not understood", line, callee: missed.name });
      return [{ file, function: name, reason }];
    }
  }
  return [];
}

function missedCall(
  { nodes }: Flow,
  { text, originOf }: Expanded,
  offset: number,
  takesLocks: (callee: string) => boolean,
): { readonly name: string; readonly at: number } | undefined {
  const read = new Set(nodes.flatMap(callsAt));
  for (const { name, callee, from, at } of callsIn(text)) {
    if (callee !== name || GUARD.test(name) || !takesLocks(name)) continue;
    // Parentheses around a callee are part of the call, others are not.
    const places = Array.from({ length: at - from + 1 }, (_, index) => offset + originOf(from + index));
    if (!places.some((each) => read.has(each))) return { name, at: offset + originOf(at) };
  }
  return undefined;
}

function callsAt({ action, at }: Flow["nodes"][number]): readonly number[] {
  if (action.kind === "unreadable") return action.given ?? [];
  return IS_CALL.has(action.kind) ? [at] : [];
}

/** Where something of a lock-taking function could not be read, each as `file:line: what`. */
export function unreadPlaces(
  programs: readonly ReadProgram[],
  arms: readonly number[],
  place: (at: number) => string,
): readonly string[] {
  const statements = programs.flatMap(({ translation: { plan } }) =>
    plan.flow.nodes.flatMap(({ action, at }) => (action.kind === "unreadable" && !action.given ? [at] : [])),
  );
  return [
    ...arms.map((at) => `${place(at)}: #if arm not read`),
    ...[...new Set(statements)].map((at) => `${place(at)}: statement not understood`),
  ];
}

const GAPS: Readonly<Record<Gap["what"], string>> = {
  comment: "comment not closed: what follows was not read",
  block: "block not closed: what follows was not read",
  braces: "braces do not balance: a function may end elsewhere",
  head: "a block with no head that is understood was not read",
  include: "what is included here was not read",
};

/** A part of a source that was perhaps not read as it is meant. */
export interface UnreadPart {
  /** Its first line, from 1, and its last. */
  readonly from: number;
  readonly to: number;
  /** The line that shows it. */
  readonly line: number;
  readonly message: string;
}

/** Where functions are asked for by name, blocks without a name are not, nor what is included outside of them. */
export function gapsOf({ gaps, functions }: Unit, asked: readonly string[] | undefined): readonly Gap[] {
  if (!asked) return gaps;
  const named = functions.filter(({ name }) => asked.includes(name));
  const isWithin = ({ at }: Gap) => named.some(({ start, bodyEnd }) => start <= at && at < bodyEnd);
  return gaps.filter((gap) => (gap.what === "include" ? isWithin(gap) : gap.what !== "head"));
}

/** Where a source is damaged; and blocks of no function that take locks. */
export function unreadParts(
  { text, gaps, lines }: Unit,
  takesLocks: (name: string) => boolean,
): readonly UnreadPart[] {
  const shown = gaps.filter(
    ({ what, from, to }) => what !== "head" || [...calledNames(text.slice(from, to))].some(takesLocks),
  );
  return shown.map(({ what, from, to, at }) => ({
    from: lines.lineAt(from),
    to: lines.lineAt(to - 1),
    line: lines.lineAt(at),
    message: GAPS[what],
  }));
}
