import { oneLine, printable } from "../model/printable.ts";
import { type Format, placeOf, present, sayPath, unseenLevel } from "./format.ts";
import type { Report, ReportFinding } from "./report.ts";

/**
 * JUnit's XML as CI servers read it: one failed case a finding, a skipped one for what was not seen, and one in
 * error where nothing was judged because of it.
 */
export const junit: Format = (report) => {
  const found = present<ReportFinding>(report.findings);
  const isError = unseenLevel(report) === "error";
  const unseen = report.reservations.map((each) =>
    testCase("holdfast.bound", each, isError ? `<error message="${xml(oneLine(each))}"/>` : "<skipped/>"),
  );
  const held = report.held.map((each) => testCase(`holdfast.${report.kind}`, each));
  const some = [...found.map(findingCase), ...unseen, ...held];
  const cases = some.length > 0 ? some : [testCase("holdfast", report.verdict)];
  const failures = found.filter(({ fails }) => fails).length;
  const [errors, skipped] = isError ? [unseen.length, 0] : [0, unseen.length];
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite name="holdfast ${report.kind}" ${counts} time="0">`,
    "    <properties>",
    ...propertiesOf(report).map(
      ([name, value]) => `      <property name="${name}" value="${xml(oneLine(value))}"/>`,
    ),
    "    </properties>",
    ...cases,
    ...(report.notes.length > 0
      ? [`    <system-out>${xml(report.notes.map(oneLine).join("\n"))}</system-out>`]
      : []),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
};

function propertiesOf(report: Report): readonly (readonly [string, string])[] {
  const { version, reproduce } = report.provenance;
  const searched = Object.entries(report.extent).map(([name, value]) => [name, String(value)] as const);
  return [["version", version], ...codeProperties(report), ...searched, ["reproduce", reproduce]];
}

function codeProperties({ provenance }: Report): readonly (readonly [string, string])[] {
  if (!("table" in provenance)) return [];
  const { table, kernel, baseCommit = "none", conditionals } = provenance;
  return [
    ["table", table],
    ["kernel", kernel.version],
    ["base", baseCommit],
    ["conditionals", conditionals.join("; ")],
  ];
}

function testCase(suite: string, name: string, content = ""): string {
  const head = `<testcase classname="${xml(oneLine(suite))}" name="${xml(oneLine(name))}" time="0"`;
  return `    ${head}${content === "" ? "/>" : `>${content}</testcase>`}`;
}

/** A hint, which fails nothing, passes with its words as output. */
function findingCase(finding: ReportFinding): string {
  const { message, rule, fails, remarks, reproduce } = finding;
  const text = [...remarks, ...sayPath(finding), `reproduce: ${reproduce}`].map(printable).join("\n");
  const content = fails
    ? `<failure message="${xml(oneLine(message))}" type="${xml(rule)}">${xml(text)}</failure>`
    : `<system-out>${xml(`${oneLine(message)}\n${text}`)}</system-out>`;
  return testCase(
    finding.function || "holdfast.explore",
    `${placeOf(finding)} ${rule}`,
    `\n      ${content}\n    `,
  );
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
