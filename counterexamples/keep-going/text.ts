import { count } from "../render/words.ts";
import type { KeptGoing, PrintedReport } from "./keep-going.ts";

/** What a debugging kernel would print on one path, in its order, each with its step and the locks held. */
export function keptGoingText({ steps, printed, exhaustive }: KeptGoing): string {
  if (printed.length === 0)
    return `A debugging kernel prints nothing${exhaustive ? "" : " within the bound"}.\n`;
  const adverse = steps.filter((step) => step.adverse).length;
  const head = `${count(steps.length, "step")} with ${count(adverse, "adverse outcome")}`;
  const told = printed.map((each) => reportText(each, steps));
  return `On one path of ${head}, the kernel prints, in this order:\n${told.join("")}`;
}

function reportText({ report, step, held }: PrintedReport, steps: KeptGoing["steps"]): string {
  const { label = "", source } = steps[step] ?? {};
  const place = source ? `${source.file}:${source.line}: ` : "";
  const locks = held.length === 0 ? "none" : held.join(", ");
  return `  ${report.title} (${report.kernel})\n      at step ${step + 1}, ${place}${label}; locks held: ${locks}\n`;
}
