import { type GateFinding, type GateReport, reproduce, reservations } from "../gate/report.ts";
import { oneLine, printable } from "../model/printable.ts";
import { type Format, placeOf, sayStep } from "./format.ts";

/** JUnit's XML as CI servers read it: one failed case a finding, a skipped one for what was not seen. */
export const junit: Format = (report) => {
  const { provenance } = report;
  const failed = report.new.map((each) => failure(report, each));
  const skipped = reservations(report).map(
    (bound) =>
      `    <testcase classname="holdfast.bound" name="${xml(oneLine(bound))}" time="0"><skipped/></testcase>`,
  );
  const passed =
    failed.length + skipped.length > 0
      ? []
      : [`    <testcase classname="holdfast" name="${report.verdict}" time="0"/>`];
  const cases = [...failed, ...skipped, ...passed];
  const counts = `tests="${cases.length}" failures="${failed.length}" errors="0" skipped="${skipped.length}"`;
  const base = provenance.baseCommit ?? "none";
  const properties = [
    ["version", provenance.version],
    ["table", provenance.table],
    ["kernel", provenance.kernel.version],
    ["base", base],
    ["conditionals", provenance.conditionals.join("; ")],
    ["reproduce", provenance.reproduce],
  ].map(([name = "", value = ""]) => `      <property name="${name}" value="${xml(oneLine(value))}"/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite name="holdfast gate" ${counts} time="0">`,
    "    <properties>",
    ...properties,
    "    </properties>",
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
};

function failure(report: GateReport, finding: GateFinding): string {
  const name = xml(oneLine(`${placeOf(finding)} ${finding.rule}`));
  const path = finding.path.map((step) => `${step.line}: ${sayStep(step)}`);
  const body = [...path, `reproduce: ${reproduce(report, finding)}`].map(printable).join("\n");
  return [
    `    <testcase classname="${xml(oneLine(finding.function))}" name="${name}" time="0">`,
    `      <failure message="${xml(oneLine(finding.message))}" type="${xml(finding.rule)}">${xml(body)}</failure>`,
    "    </testcase>",
  ].join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML has no way to write some characters at all: `printable` has shown them by their code. */
const xml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
    .replace(/[\ud800-\udfff\ufffe\uffff]/gu, "?");
