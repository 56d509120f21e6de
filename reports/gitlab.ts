import { createHash } from "node:crypto";
import { jsonText, oneLine } from "../model/printable.ts";
import { placeInDiff } from "./diff-place.ts";
import { type Format, present, sayFinding, unseenLevel } from "./format.ts";
import type { Report, ReportFinding } from "./report.ts";

/**
 * GitLab's Code Quality report: an issue for each finding, on a line of the diff, and one for each thing that was not
 * seen, at the place that it names, if any.
 */
export const gitlab: Format = (report) => {
  const issues = [
    ...present<ReportFinding>(report.findings).map((each) => issueOf(report, each)),
    ...report.reservations.map((each) => unseenIssue(report, each)),
  ];
  return `${jsonText(issues, 2)}\n`;
};

function issueOf(report: Report, finding: ReportFinding) {
  const { rule, fails, remarks, reproduce, fingerprint } = finding;
  const { file, line } = placeInDiff(report, finding);
  return {
    description: [oneLine(sayFinding(finding)), ...remarks, `(${oneLine(reproduce)})`].join(" "),
    check_name: `holdfast/${rule}`,
    fingerprint: digestOf(fingerprint),
    severity: fails ? "critical" : "minor",
    location: locationOf(file, line),
  };
}

function unseenIssue(report: Report, words: string) {
  const [, file = "", line = "1"] = /^(.+?):(\d+): /.exec(words) ?? /^(.+?\.\w+): /.exec(words) ?? [];
  return {
    description: oneLine(words),
    check_name: "holdfast/not-seen",
    fingerprint: digestOf(words),
    severity: unseenLevel(report) === "error" ? "critical" : "info",
    location: locationOf(file, Number(line)),
  };
}

/** GitLab wants a path and a line of each issue. */
const locationOf = (file: string, line: number) => ({
  path: oneLine(file) || ".",
  lines: { begin: Math.max(1, line) },
});

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
