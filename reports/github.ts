import { oneLine, printable } from "../model/printable.ts";
import { type DiffPlace, isShownElsewhere, placeInDiff } from "./diff-place.ts";
import {
  type Format,
  MAX_PATH_LINES,
  originOf,
  placeOf,
  present,
  sayCounts,
  sayExtent,
  sayFinding,
  sayPath,
  unseenLevel,
} from "./format.ts";
import type { ReportFinding } from "./report.ts";

/** Workflow commands that GitHub shows as annotations on the lines of a pull request. */
export const github: Format = (report) => {
  const said = `${report.verdict}: ${sayCounts(report)}`;
  const unseen = unseenLevel(report);
  const origin = `${sayExtent(report.extent)}; ${originOf(report.provenance)}, reproduce: ${report.provenance.reproduce}`;
  return [
    ...present<ReportFinding>(report.findings).map((each) => annotation(each, placeInDiff(report, each))),
    ...report.reservations.map((each) =>
      command(
        unseen,
        { title: `holdfast: ${unseen === "error" ? "not judged" : "not all was seen"}` },
        oneLine(each),
      ),
    ),
    command("notice", { title: `holdfast: ${said}` }, oneLine(origin)),
    "",
  ].join("\n");
};

function annotation(finding: ReportFinding, shown: DiffPlace): string {
  const { fails, rule, remarks, reproduce } = finding;
  const message = [
    sayFinding(finding),
    ...(isShownElsewhere(shown, finding) ? [`at ${placeOf(finding)}`] : []),
    ...remarks,
    "",
    ...sayPath(finding).slice(-MAX_PATH_LINES),
    "",
    reproduce,
  ];
  const place = { file: shown.file, ...(shown.line > 0 && { line: String(shown.line) }) };
  return command(fails ? "error" : "warning", { title: rule, ...place }, printable(message.join("\n")));
}

/** Escapes as the runner's own toolkit does, so that nothing in a text can begin a command. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(printable(value))}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
