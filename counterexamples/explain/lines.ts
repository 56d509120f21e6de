import type { Trace } from "../trace/trace.ts";
import type { Explanation, FailedPart, Pivot } from "./explanation.ts";

/** An explanation in a few lines, in the words of the trace's steps. Empty where the trace has none. */
export function explanationLines(trace: Trace): readonly string[] {
  const { explanation } = trace;
  if (!explanation) return [];
  const { failed, pivot, guilty } = explanation;
  return [
    ...failed.map(demandText),
    ...historyText(trace, explanation),
    ...(pivot ? [pivotText(trace, pivot)] : ["pivot: no single outcome or branch would have saved it"]),
    ...(guilty ? [`guilty line: ${guiltyText(trace, guilty)}`] : []),
  ];
}

function demandText({ demanded, found }: FailedPart): string {
  return `demanded: ${demanded}${found.length === 0 ? "" : `; but ${found.join(", ")}`}`;
}

function historyText(trace: Trace, { failed, heldAfter, lost }: Explanation): readonly string[] {
  if (failed.length === 0) return [];
  if (heldAfter === undefined) return ["it never held on this run"];
  if (!lost) return [`it held until step ${heldAfter}`];
  const verb = lost.kind === "owed" ? "owed since" : "lost at";
  return [`${verb}: ${stepText(trace, lost.step)}`];
}

function pivotText(trace: Trace, { step, taken, instead, certain }: Pivot): string {
  const hedge = certain ? "" : " (as far as was searched)";
  return `pivot: ${stepText(trace, step, taken)}; had it been '${instead}', nothing would be violated${hedge}`;
}

function guiltyText({ steps }: Trace, { step, source }: Explanation["guilty"] & object): string {
  const label = steps[step - 1]?.label ?? "";
  return source ? `${source.file}:${source.line}  ${source.text ?? label}` : label;
}

/** `step 21, line 31: pte_unmap_unlock(start_pte, ptl);` */
function stepText({ steps }: Trace, number: number, taken?: string): string {
  const step = steps[number - 1];
  const line = step?.source ? `, line ${step.source.line}` : "";
  const label = step?.label ?? "";
  const shown = taken !== undefined && !label.includes(taken) ? `${label} -> ${taken}` : label;
  return `step ${number}${line}: ${shown}`;
}

/** What the explanation says of single steps, by their number. */
export function stepMarks({ explanation = { failed: [] } }: Trace): ReadonlyMap<number, string> {
  const { lost, pivot, guilty } = explanation;
  const marks = new Map<number, string>();
  const add = (step: number, mark: string) =>
    marks.set(step, [marks.get(step), mark].filter(Boolean).join(", "));
  if (lost) add(lost.step, lost.kind === "owed" ? "OWED SINCE" : "LOST");
  if (pivot) add(pivot.step, "PIVOT");
  if (guilty) add(guilty.step, "GUILTY LINE");
  return marks;
}
