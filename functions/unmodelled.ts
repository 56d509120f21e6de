import type { Flow } from "../model/c/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { sentenceOf } from "../model/not-modelled.ts";
import type { ReadProgram } from "./read-program.ts";
import type { NamedReason } from "./result.ts";

const CALL = /(?<![\w.]|->)([A-Za-z_]\w*)\s*\(/g;
/** A call that never comes back ends its path. */
const IS_CALL: ReadonlySet<string> = new Set(["call", "stop"]);
/** What they take stands in their argument: they are read as the calls that they stand for. */
const GUARD = /guard$/;

/**
 * Names a function of which some reading has a call that takes or releases something, by a scan of the text,
 * and whose program has no such call: the parser made nothing of it.
 */
export function missedIn(
  { name, bodyStart }: UnitFunction,
  readings: readonly Pick<ReadProgram, "text" | "translation">[],
  { file, unit: { lines } }: { readonly file: string; readonly unit: Unit },
  takesLocks: (callee: string) => boolean,
): readonly NamedReason[] {
  for (const { text, translation } of readings) {
    const missed = missedCall(translation.plan.flow, text, bodyStart, takesLocks);
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
  body: string,
  offset: number,
  takesLocks: (callee: string) => boolean,
): { readonly name: string; readonly at: number } | undefined {
  const read = new Set(nodes.flatMap(({ action: { kind }, at }) => (IS_CALL.has(kind) ? [at] : [])));
  for (const { index, 1: name = "" } of body.matchAll(CALL)) {
    const at = offset + index;
    if (!read.has(at) && !GUARD.test(name) && takesLocks(name)) return { name, at };
  }
  return undefined;
}

/** Where something of a lock-taking function could not be read, each as `file:line: what`. */
export function unreadPlaces(
  programs: readonly ReadProgram[],
  arms: readonly number[],
  place: (at: number) => string,
): readonly string[] {
  const statements = programs.flatMap(({ translation: { plan } }) =>
    plan.flow.nodes.flatMap(({ action, at }) => (action.kind === "unreadable" ? [at] : [])),
  );
  return [
    ...arms.map((at) => `${place(at)}: #if arm not read`),
    ...[...new Set(statements)].map((at) => `${place(at)}: statement not understood`),
  ];
}

/** Where a source is damaged: a comment or a block that is not closed, and braces that do not balance. */
export function damagedPlaces(
  { unclosed, unbalanced, lines }: Unit,
  { file, text }: { readonly file: string; readonly text: string },
): readonly string[] {
  const place = (at: number) => `${file}:${lines.lineAt(at)}`;
  const braces = unbalanced.map((at) => `${place(at)}: braces do not balance: a function may end elsewhere`);
  if (!unclosed) return braces;
  const at = Math.max(unclosed.at, text.slice(unclosed.at).search(/\S/) + unclosed.at);
  return [...braces, `${place(at)}: ${unclosed.what} not closed: what follows was not read`];
}
