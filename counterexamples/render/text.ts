import type { Change, Trace, TraceStep } from "../trace/trace.ts";

export interface TextOptions {
  /** Every step with all that it changed, however long that gets. */
  readonly verbose?: boolean;
  /** How many lines fit; steps that only move on are left out before it is exceeded. */
  readonly maxLines?: number;
}

/** A trace as people read it: one step after another, adverse outcomes marked, with the locks held. */
export function renderText(trace: Trace, { verbose = false, maxLines = 40 }: TextOptions = {}): string {
  const head = heading(trace);
  const room = verbose ? Number.POSITIVE_INFINITY : maxLines - head.length;
  const width = columnWidth(trace.steps);
  const full = trace.steps.map((step, at) => numbered(step, at, trace.steps[at - 1], width));
  const told = countLines(full) <= room ? full : full.filter((entry) => !isQuiet(entry, trace));
  const body =
    countLines(told) <= room ? told.flatMap((each) => each.lines) : told.map(({ lines }) => lines.join("  "));
  return `${[...head, ...body, ...leftOut(full.length - told.length)].join("\n")}\n`;
}

function heading({ property, message, model, steps, shortest }: Trace): readonly string[] {
  const sizes = Object.entries(model.parameters).map(([name, value]) => `${name}=${value}`);
  const name = [model.scenario, model.version, ...sizes].filter((part) => part !== undefined).join(" ");
  const adverse = steps.filter((step) => step.adverse).length;
  return [
    `${property} is violated: ${message}`,
    `  ${name}: ${count(steps.length, "step")}, ${count(adverse, "adverse outcome")}, ` +
      `${shortest ? "none shorter" : "not proven shortest"}`,
    "",
  ];
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

interface Entry {
  readonly step: TraceStep;
  readonly lines: readonly string[];
}

function numbered(step: TraceStep, at: number, before: TraceStep | undefined, width: number): Entry {
  const place = `${String(at + 1).padStart(3)}  task ${step.task}  ${sourceOf(step).padEnd(width)}`;
  const first = `${place}  ${step.label}${step.adverse ? "   <-- ADVERSE" : ""}`;
  const details = [step.changes.map(showChange).join(", "), heldNow(step, before)].filter(
    (part) => part !== "",
  );
  const indent = " ".repeat(place.length + 4);
  return { step, lines: details.length === 0 ? [first] : [first, `${indent}${details.join("; ")}`] };
}

/** The locks held, where they differ from those that the same line of text before it showed. */
function heldNow({ task, held }: TraceStep, before: TraceStep | undefined): string {
  const known = before?.task === task ? before.held : [];
  if (before?.task === task ? held.join() === known.join() : held.length === 0) return "";
  return `holds ${held.length === 0 ? "no lock" : held.join(", ")}`;
}

function showChange({ variable, from, to }: Change): string {
  return `${variable} ${from} -> ${to}`;
}

function sourceOf({ source }: TraceStep): string {
  return source ? `${source.file}:${source.line}` : "";
}

const columnWidth = (steps: readonly TraceStep[]): number =>
  Math.max(0, ...steps.map((step) => sourceOf(step).length));

const countLines = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { lines }) => sum + lines.length, 0);

/** Nothing happened in it but that the program went on. */
function isQuiet({ step, lines }: Entry, { steps }: Trace): boolean {
  return lines.length === 1 && !step.adverse && step.events.length === 0 && step !== steps.at(-1);
}

function leftOut(steps: number): readonly string[] {
  return steps === 0 ? [] : ["", `(${count(steps, "step")} that changed nothing left out; -v shows them)`];
}
