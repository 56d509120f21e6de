import type { Plan } from "../model/c/plan/plan.ts";
import { unreadableUpdates } from "../model/c/program/change.ts";
import { calledNames } from "../model/c/source/scan.ts";
import type { Unit } from "../model/c/source/unit.ts";
import { statusVariable } from "../model/c/status/status.ts";
import type { ReadProgram } from "./read-program.ts";

/** Where something that matters to a lock could not be read, each as `file:line: what`. */
export function unreadPlaces(
  programs: readonly ReadProgram[],
  arms: readonly number[],
  place: (at: number) => string,
): readonly string[] {
  const statements = programs.flatMap(({ translation: { plan } }) =>
    plan.flow.nodes.flatMap(({ action, at }) =>
      action.kind === "unreadable" && changesLock(plan, action.text) ? [at] : [],
    ),
  );
  return [
    ...arms.map((at) => `${place(at)}: #if arm not read`),
    ...[...new Set(statements)].map((at) => `${place(at)}: statement not understood`),
  ];
}

function changesLock(plan: Plan, text: string): boolean {
  const locks = new Set(plan.bound.keys.map((key) => statusVariable(key).name));
  return unreadableUpdates(plan, text).some(({ variable }) => locks.has(variable));
}

/** The rest of a source behind a comment or a block that is not closed, where it takes locks. */
export function unclosedPlace(
  { unclosed, lines }: Unit,
  { file, text }: { readonly file: string; readonly text: string },
  takesLocks: (name: string) => boolean,
): readonly string[] {
  if (!unclosed || ![...calledNames(text.slice(unclosed.at))].some(takesLocks)) return [];
  const at = Math.max(unclosed.at, text.slice(unclosed.at).search(/\S/) + unclosed.at);
  return [`${file}:${lines.lineAt(at)}: ${unclosed.what} not closed: what follows was not read`];
}
