import type { DiffLine, Hunk } from "../gate/diff/diff.ts";
import type { Change } from "../gate/intake/change.ts";
import type { ChangeFinding, Report, ReportFinding } from "./report.ts";

/** A line of a file as the change leaves it. */
export interface DiffPlace {
  readonly file: string;
  /** From 1; 0 where it is not known. */
  readonly line: number;
}

/**
 * Where a finding is shown to somebody who has the diff before them: GitHub and GitLab show nothing elsewhere. The
 * guilty line; the line nearest to it, where the patch takes it away; else the finding's own, if a hunk has it, or the
 * first that the patch changes in its file. Without a change, the finding's own place.
 */
export function placeInDiff(report: Report, finding: ReportFinding): DiffPlace {
  const own = { file: finding.file, line: finding.line };
  if (report.kind !== "gate") return own;
  const found = report.findings.find((each) => each === finding);
  const change = found && report.changes[found.patch];
  return (change && found.standing === "new" ? placeOf(found, change) : undefined) ?? own;
}

/** Whether a finding is shown at another place than where it goes wrong. */
export const isShownElsewhere = (shown: DiffPlace, { file, line }: ReportFinding): boolean =>
  shown.file !== file || shown.line !== line;

function placeOf(finding: ChangeFinding, { diff }: Change): DiffPlace | undefined {
  const { guilty, because } = finding;
  const file = because?.file ?? finding.file;
  const hunks = diff.files.flatMap((each) => (each.after === file ? each.hunks : []));
  const isGuilty = ({ input }: DiffLine) =>
    guilty !== undefined && guilty.from <= input && input <= guilty.to;
  const isOwn = ({ newLine }: DiffLine) => because === undefined && newLine === finding.line;
  const isChanged = ({ kind }: DiffLine) => kind !== "context";
  const line = [isGuilty, isOwn, isChanged]
    .map((is) => nearest(hunks, is))
    .find((each) => each !== undefined);
  return line === undefined ? undefined : { file, line };
}

/** The number of the first such line, or of the line nearest to it that the file still has. */
function nearest(hunks: readonly Hunk[], is: (line: DiffLine) => boolean): number | undefined {
  const hunk = hunks.find(({ lines }) => lines.some(is));
  if (!hunk) return undefined;
  const at = hunk.lines.findIndex(is);
  const [behind, before] = [hunk.lines.slice(at), hunk.lines.slice(0, at).reverse()];
  return [...behind, ...before].find(({ newLine }) => newLine !== undefined)?.newLine;
}
