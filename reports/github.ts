import { type GateFinding, type GateReport, reproduce, reservations } from "../gate/report.ts";
import { oneLine, printable } from "../model/printable.ts";
import { type Format, originOf, reachOf, sayStep } from "./format.ts";

const MOST_PATH_LINES = 12;

/** Workflow commands that GitHub shows as annotations on the lines of a pull request. */
export const github: Format = (report) => {
  const { provenance } = report;
  const said = `${report.verdict}: ${report.new.length} new, ${report.fixed.length} fixed`;
  const origin = `${originOf(report)}, reproduce: ${provenance.reproduce}`;
  return [
    ...report.new.map((each) => annotation(report, each)),
    ...reservations(report).map((bound) =>
      command("warning", { title: "holdfast: not all was seen" }, oneLine(bound)),
    ),
    command("notice", { title: `holdfast: ${said}` }, oneLine(origin)),
    "",
  ].join("\n");
};

function annotation(report: GateReport, finding: GateFinding): string {
  const { file, line, path } = finding;
  const steps = path.slice(-MOST_PATH_LINES).map((step) => `${step.line}: ${sayStep(step)}`);
  const said = [`${finding.function}(): ${finding.message}`, ...reachOf(finding)];
  const message = [...said, "", ...steps, "", reproduce(report, finding)];
  const place = { file, ...(line > 0 && { line: String(line) }) };
  return command("error", { title: finding.rule, ...place }, printable(message.join("\n")));
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
