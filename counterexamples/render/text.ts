import { explanationLines, stepMarks } from "../explain/lines.ts";
import type { Trace, TraceStep } from "../trace/trace.ts";
import { count, modelName } from "./words.ts";

export interface TextOptions {
  /** Every step with all that it changed, however long that gets. */
  readonly verbose?: boolean;
  /** How many lines fit; what matters least is left out before it is exceeded. */
  readonly maxLines?: number;
}

/** A trace as people read it: one step after another, adverse outcomes marked, with the locks held. */
export function renderText(trace: Trace, { verbose = false, maxLines = 40 }: TextOptions = {}): string {
  const head = heading(trace);
  const details = verbose ? [FULL] : [MOST, TELLING, SHORT, BRIEF];
  const bodies = details.map((detail) => body(trace, detail));
  const fits = bodies.find((lines) => lines.length + head.length <= maxLines) ?? bodies.at(-1) ?? [];
  return `${[...head, ...fits].join("\n")}\n`;
}

/** A step and what it changed share a line where both fit. */
const WIDTH = 100;

/** How much is told. */
interface Detail {
  /** Which steps that change nothing: all, those that fix the data or an outcome, or none. */
  readonly quiet: "all" | "decisions" | "none";
  /** What a layout decision fixed beside what its label says. */
  readonly layout: boolean;
  /** What changed, beside the locks held. */
  readonly changes: boolean;
}

const FULL: Detail = { quiet: "all", layout: true, changes: true };
const MOST: Detail = { quiet: "all", layout: false, changes: true };
const TELLING: Detail = { quiet: "decisions", layout: false, changes: true };
const SHORT: Detail = { quiet: "none", layout: false, changes: true };
const BRIEF: Detail = { quiet: "none", layout: false, changes: false };

function heading(trace: Trace): readonly string[] {
  const { property, message, steps, shortest } = trace;
  const adverse = steps.filter((step) => step.adverse).length;
  const counts = `${count(steps.length, "step")}, ${count(adverse, "adverse outcome")}`;
  const files = filesOf(trace);
  return [
    `${property} is violated: ${message}`,
    `${modelName(trace.model)}: ${counts}, ${shortest ? "none shorter" : "not proven shortest"}`,
    ...explanationLines(trace).map((line) => `  ${line}`),
    ...(files.length === 1 ? [`step, task and line of ${files[0]}:`] : []),
    "",
  ];
}

function body(trace: Trace, detail: Detail): readonly string[] {
  const { steps } = trace;
  const numbers = steps.map((_, at) => at).filter((at) => isTold(trace, at, detail));
  const left = steps.length - numbers.length;
  const note =
    left === 0 ? [] : ["", `(${count(left, "step")} that changed nothing left out; -v shows them)`];
  return [...numbers.flatMap((at) => stepLines(trace, at, detail)), ...note];
}

function isTold(trace: Trace, at: number, detail: Detail): boolean {
  const step = trace.steps[at];
  if (!step || detail.quiet === "all" || at === trace.steps.length - 1) return step !== undefined;
  if (stepMarks(trace).has(at + 1)) return true;
  if (step.adverse || step.events.length > 0 || details(trace, at, detail) !== "") return true;
  return detail.quiet === "decisions" && step.decision !== undefined && step.decision.kind !== "branch";
}

function stepLines(trace: Trace, at: number, detail: Detail): readonly string[] {
  const step = trace.steps[at];
  if (!step) return [];
  const place = `${String(at + 1).padStart(3)}  ${step.task}  ${sourceOf(trace, step)}`;
  const first = `${place}  ${step.label}${marks(trace, at)}`;
  const rest = details(trace, at, detail);
  const together = `${first.padEnd(WIDTH / 2)}  | ${rest}`;
  if (rest === "" || together.length <= WIDTH) return [rest === "" ? first : together];
  return [first, `${" ".repeat(place.length + 6)}| ${rest}`];
}

function marks(trace: Trace, at: number): string {
  const adverse = trace.steps[at]?.adverse ? "ADVERSE" : "";
  const violated = at === trace.steps.length - 1 ? "VIOLATED" : "";
  const all = [adverse, stepMarks(trace).get(at + 1), violated].filter(Boolean);
  return all.length === 0 ? "" : `   <-- ${all.join(", ")}`;
}

function details(trace: Trace, at: number, detail: Detail): string {
  const step = trace.steps[at];
  const changes = step && detail.changes ? changesTold(step, detail) : [];
  return [...changes, heldNow(trace, at)].filter(Boolean).join(", ");
}

function changesTold({ changes, decision }: TraceStep, detail: Detail): readonly string[] {
  if (decision?.kind === "layout" && !detail.layout) return [];
  return changes.map(({ variable, from, to }) => `${variable} ${from} -> ${to}`);
}

/** The locks that the task holds, where they differ from what was told of it last. */
function heldNow({ steps }: Trace, at: number): string {
  const { task, held } = steps[at] ?? { task: 0, held: [] };
  const before = steps.slice(0, at).findLast((step) => step.task === task)?.held ?? [];
  if (held.join() === before.join()) return "";
  return `now holds ${held.length === 0 ? "no lock" : held.join(", ")}`;
}

/** The line alone where all steps are of one file. */
function sourceOf(trace: Trace, { source }: TraceStep): string {
  const width = Math.max(0, ...trace.steps.map((step) => placeOf(trace, step.source).length));
  return placeOf(trace, source).padEnd(width);
}

function placeOf(trace: Trace, source: TraceStep["source"]): string {
  if (!source) return "";
  return filesOf(trace).length === 1 ? String(source.line) : `${source.file}:${source.line}`;
}

const filesOf = ({ steps }: Trace): readonly string[] => [
  ...new Set(steps.flatMap(({ source }) => (source ? [source.file] : []))),
];
