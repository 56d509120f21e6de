import { match } from "ts-pattern";
import type { ReportField } from "../../model/kernel/report.ts";
import type { Prediction } from "./kernel-log.ts";

/** A report with the fields that a kernel prints, or a line that says why it prints none. */
export function predictionText(prediction: Prediction): readonly string[] {
  const { report, step, silenced, lock } = prediction;
  const about = lock === undefined ? "" : ` (${lock})`;
  if (silenced) return [`step ${step}: not printed, ${silenced}: ${report.title}${about}`];
  return [
    `step ${step}: ${report.title}`,
    `    at ${placeOf(prediction)}`,
    ...report.shows.flatMap((field) => fieldText(field, prediction)).map((line) => `    ${line}`),
    ...(report.lockdep ? ["    lockdep turns itself off"] : []),
  ];
}

/** What else a kernel with DEBUG_PREEMPT prints, on one line. */
export function differenceText(usual: readonly Prediction[], other: readonly Prediction[]): string {
  const told = (all: readonly Prediction[]) =>
    all.filter(({ silenced }) => !silenced).map((each) => [each.report.title, ...oneLine(each)].join(", "));
  const [one, two] = [told(usual), told(other)];
  if (one.join() === two.join()) return "with DEBUG_PREEMPT: the same";
  return `with DEBUG_PREEMPT: ${two.length === 0 ? "nothing is printed" : two.join("; ")}`;
}

function oneLine(prediction: Prediction): readonly string[] {
  const counts = prediction.report.shows.filter(
    (field) => field === "preempt-count" || field === "rcu-depth",
  );
  return counts.flatMap((field) => fieldText(field, prediction));
}

function placeOf({ source, task }: Prediction): string {
  const place = source ? `${source.file}:${source.line}  ${source.text ?? ""}` : "an unknown place";
  return `${place.trim()}  [task ${task}]`;
}

function fieldText(field: ReportField, prediction: Prediction): readonly string[] {
  const { lock, held, rcuDepth, report } = prediction;
  return match(field)
    .with("lock", () => (lock === undefined ? [] : [`lock: ${lock}`]))
    .with("rcu-depth", () => [`RCU nest depth: ${rcuDepth}, expected: 0`])
    .with("preempt-count", () => [countText(report.id, prediction)])
    .with("held-locks", () => heldText(held))
    .exhaustive();
}

/** In hex, as the kernel prints it; the scheduler's own count is one more. */
function countText(id: string, { preemptCount }: Prediction): string {
  if (id !== "scheduling-while-atomic") return `preempt_count: ${hex(preemptCount)}, expected: 0`;
  return `preempt_count: 0x${hex(preemptCount + 1).padStart(8, "0")} with the scheduler's own 1, expected: 0x00000001`;
}

const hex = (count: number): string => (count >>> 0).toString(16);

function heldText(held: readonly string[] | undefined): readonly string[] {
  if (!held) return ["locks held: not shown, lockdep is off"];
  const locks = held.map((name, at) => `#${at} ${name}`).join(", ");
  return [`${held.length} ${held.length === 1 ? "lock" : "locks"} held${locks === "" ? "" : `: ${locks}`}`];
}
