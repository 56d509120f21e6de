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
  const details = verbose ? [FULL] : [MOST, TELLING, SHORT, BRIEF];
  const page = pageOf(trace);
  const bodies = details.map((detail) => body(page, detail));
  const fits = bodies.find((lines) => lines.length + head.length <= maxLines) ?? bodies.at(-1) ?? [];
  return `${harmlessLines([...head, ...fits])}\n`;
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

/** A trace with what each of its lines needs. */
interface Page {
  readonly steps: readonly TraceStep[];
  /** Where each step stands: its line, or file and line. */
  readonly places: readonly string[];
  /** What the explanation says of single steps, by number. */
  readonly marks: ReadonlyMap<number, string>;
}

function pageOf(trace: Trace): Page {
  const { steps } = trace;
  const oneFile = filesOf(trace).length === 1;
  const places = steps.map(({ source }) => {
    if (!source) return "";
    return oneFile ? String(source.line) : `${source.file}:${source.line}`;
  });
  const width = Math.max(0, ...places.map((place) => place.length));
  return { steps, places: places.map((place) => place.padEnd(width)), marks: stepMarks(trace) };
}

function body(page: Page, detail: Detail): readonly string[] {
  const told = page.steps.flatMap((step, at) => (isTold(page, step, at, detail) ? [{ step, at }] : []));
  const left = page.steps.length - told.length;
  const note =
    left === 0 ? [] : ["", `(${count(left, "step")} that changed nothing left out; -v shows them)`];
  return [...told.flatMap(({ step, at }) => stepLines(page, step, at, detail)), ...note];
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
  const violated = at === page.steps.length - 1;
  const all = [adverse && "ADVERSE", page.marks.get(at + 1), violated && "VIOLATED"].filter(Boolean);
  return all.length === 0 ? "" : `   <-- ${all.join(", ")}`;
}

function details(page: Page, step: TraceStep, at: number, detail: Detail): string {
  const changes = detail.changes ? changesTold(step, detail) : [];
  return [...changes, heldNow(page, step, at)].filter(Boolean).join(", ");
}

function changesTold({ changes, decision }: TraceStep, detail: Detail): readonly string[] {
  if (decision?.kind === "layout" && !detail.layout) return [];
  return changes.map(({ variable, from, to }) => `${variable} ${from} -> ${to}`);
}

/** The locks that the task holds, where they differ from what was told of it last. */
function heldNow({ steps }: Page, { task, held }: TraceStep, at: number): string {
  const before = steps.slice(0, at).findLast((step) => step.task === task)?.held ?? [];
  if (held.join() === before.join()) return "";
  return `now holds ${held.length === 0 ? "no lock" : held.join(", ")}`;
}

const filesOf = ({ steps }: Trace): readonly string[] => [
  ...new Set(steps.flatMap(({ source }) => source?.file ?? [])),
];
