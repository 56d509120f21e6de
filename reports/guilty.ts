import type { DiffLine } from "../gate/diff/diff.ts";
import type { GateFinding } from "../gate/result.ts";
import { oneLine } from "../model/printable.ts";
import type { GateReport } from "./report.ts";

/** Where the input is a mail that quotes: its lines are named beside the file's. */
export const isQuoting = ({ changes }: GateReport, { patch }: GateFinding): boolean =>
  (changes[patch]?.depth ?? 0) > 0;

/** Where the guilty statement stands, and what it is: by lines of the input where a person has it before them. */
export function guiltyText(report: GateReport, finding: GateFinding): readonly string[] {
  const { guilty } = finding;
  if (!guilty) return [];
  const place = isRemoved(report, finding)
    ? `${placeOf(report, finding)}, removed`
    : placeOf(report, finding);
  return [`at ${place}: ${oneLine(guilty.text)}`];
}

/** Whether the patch takes the guilty statement away. */
export const isRemoved = (report: GateReport, finding: GateFinding): boolean =>
  lineOf(report, finding, finding.guilty?.from)?.kind === "removed";

function placeOf(report: GateReport, finding: GateFinding): string {
  const { from = 0, to = 0 } = finding.guilty ?? {};
  const [first, last] = report.changes[finding.patch]?.tree
    ? [from, to].map((line) => numberOf(lineOf(report, finding, line)))
    : [from, to];
  const lines = first === last ? String(first) : `${first}-${last}`;
  if (report.changes[finding.patch]?.tree) return `${oneLine(fileOf(finding))}:${lines}`;
  return `${isQuoting(report, finding) ? "quoted" : "patch"} line ${lines}`;
}

const fileOf = ({ file, because }: GateFinding): string => because?.file ?? file;

const numberOf = (line: DiffLine | undefined): number => line?.newLine ?? line?.oldLine ?? 0;

function lineOf({ changes }: GateReport, { patch }: GateFinding, input: number | undefined) {
  const hunks = changes[patch]?.diff.files.flatMap((file) => file.hunks) ?? [];
  return hunks.flatMap(({ lines }) => lines).find((line) => line.input === input);
}
