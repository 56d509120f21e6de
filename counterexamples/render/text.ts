import { harmlessLines } from "../../model/printable.ts";
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
  const page = pageOf(trace);
  const most = maxLines - head.length;
  const fits = (verbose ? [] : [MOST, TELLING, SHORT]).find((detail) => fitsIn(page, detail, most));
  return `${harmlessLines([...head, ...body(page, fits ?? (verbose ? FULL : BRIEF))])}\n`;
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
  const { property, verdict, message, steps, shortest } = trace;
  const adverse = steps.filter((step) => step.adverse).length;
  const counts = `${count(steps.length, "step")}, ${count(adverse, "adverse outcome")}`;
  const files = filesOf(trace);
  return [
    `${property} ${verdict === "violated" ? "is violated" : "cannot be judged"}: ${message}`,
    `${modelName(trace.model)}: ${counts}, ${shortest ? "none shorter" : "not proven shortest"}`,
    ...explanationLines(trace).map((line) => `  ${line}`),
    ...(files.length === 1 ? [`step, task and line of ${files[0]}:`] : []),
    "",
  ];
}

/** A trace with what each of its lines needs. */
interface Page {
  readonly steps: readonly TraceStep[];
  /** Where each step stands: its line, or file and line. */
  readonly places: readonly string[];
  /** Of each step the locks that its task then holds, where they differ from what was told of it last. */
  readonly held: readonly string[];
  /** What the explanation says of single steps, by number. */
  readonly marks: ReadonlyMap<number, string>;
  /** What the last step is marked with. */
  readonly end: "VIOLATED" | "ERROR";
}

function pageOf(trace: Trace): Page {
  const { steps } = trace;
  const oneFile = filesOf(trace).length === 1;
  const places = steps.map(({ source }) => {
    if (!source) return "";
    return oneFile ? String(source.line) : `${source.file}:${source.line}`;
  });
  const width = places.reduce((widest, { length }) => Math.max(widest, length), 0);
  return {
    steps,
    places: places.map((place) => place.padEnd(width)),
    held: heldTold(steps),
    marks: stepMarks(trace),
    end: trace.verdict === "violated" ? "VIOLATED" : "ERROR",
  };
}

function heldTold(steps: readonly TraceStep[]): readonly string[] {
  const last = new Map<number, string>();
  return steps.map(({ task, held }) => {
    const now = held.join(", ");
    const before = last.get(task) ?? "";
    last.set(task, now);
    return now === before ? "" : `now holds ${now || "no lock"}`;
  });
}

function body(page: Page, detail: Detail): readonly string[] {
  const told = page.steps.flatMap((step, at) => (isTold(page, step, at, detail) ? [{ step, at }] : []));
  const left = page.steps.length - told.length;
  const lines = told.flatMap(({ step, at }) => stepLines(page, step, at, detail));
  if (left === 0) return lines;
  const isChange = ({ changes }: TraceStep): boolean => changes.length > 0;
  const changing = page.steps.filter(isChange).length - told.filter(({ step }) => isChange(step)).length;
  return [...lines, "", leftOutText(left, changing)];
}

/** Stops looking where it does not. */
function fitsIn(page: Page, detail: Detail, most: number): boolean {
  let told = 0;
  const tooMany = page.steps.some((step, at) => isTold(page, step, at, detail) && ++told > most);
  return !tooMany && body(page, detail).length <= most;
}

function leftOutText(left: number, changing: number): string {
  const which =
    changing === 0
      ? `${count(left, "step")} that changed no variable left out`
      : `${count(left, "step")} left out, of which ${changing} changed variables`;
  return `(${which}; -v shows them)`;
}

function isTold(page: Page, step: TraceStep, at: number, detail: Detail): boolean {
  if (detail.quiet === "all" || at === page.steps.length - 1 || page.marks.has(at + 1)) return true;
  if (step.adverse || step.events.length > 0 || details(page, step, at, detail) !== "") return true;
  return detail.quiet === "decisions" && step.decision !== undefined && step.decision.kind !== "branch";
}

function stepLines(page: Page, step: TraceStep, at: number, detail: Detail): readonly string[] {
  const place = `${String(at + 1).padStart(3)}  ${step.task}  ${page.places[at]}`;
  const first = `${place}  ${step.label}${marks(page, step, at)}`;
  const rest = details(page, step, at, detail);
  const together = `${first.padEnd(WIDTH / 2)}  | ${rest}`;
  if (rest === "" || together.length <= WIDTH) return [rest === "" ? first : together];
  return [first, `${" ".repeat(place.length + 6)}| ${rest}`];
}

function marks(page: Page, { adverse }: TraceStep, at: number): string {
  const end = at === page.steps.length - 1 && page.end;
  const all = [adverse && "ADVERSE", page.marks.get(at + 1), end].filter(Boolean);
  return all.length === 0 ? "" : `   <-- ${all.join(", ")}`;
}

function details(page: Page, step: TraceStep, at: number, detail: Detail): string {
  const changes = detail.changes ? changesTold(step, detail) : [];
  return [...changes, page.held[at]].filter(Boolean).join(", ");
}

function changesTold({ changes, decision }: TraceStep, detail: Detail): readonly string[] {
  if (decision?.kind === "layout" && !detail.layout) return [];
  return changes.map(({ variable, from, to }) => `${variable} ${from} -> ${to}`);
}

const filesOf = ({ steps }: Trace): readonly string[] => [
  ...new Set(steps.flatMap(({ source }) => source?.file ?? [])),
];
