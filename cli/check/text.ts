import { findingLines as explanationOf } from "../../counterexamples/explain/finding.ts";
import { count } from "../../counterexamples/render/words.ts";
import type { Finding, PathStep } from "../../functions/finding.ts";
import { oneLine, printable } from "../../model/printable.ts";
import { shorten } from "../../reports/format.ts";
import type { CheckReport } from "./check-report.ts";
import { reproduce } from "./command-line.ts";
import type { CheckArguments } from "./options.ts";

const MOST_PATH_LINES = 12;

/** One line per finding with its path, then one line of counts; `explain`: why, in the path's place. */
export function checkText(report: CheckReport, options: CheckArguments): string {
  const { verbose = false, explain = false } = options;
  const found = report.findings.flatMap((each) => [
    ...findingLines(each, explain),
    ...(verbose ? [`    reproduce: ${oneLine(reproduce(each, options))}`] : []),
  ]);
  const origin = verbose ? originLines(report) : [];
  return `${[...found, ...lists(report, verbose), counts(report), ...origin].join("\n")}\n`;
}

function findingLines(finding: Finding, explain: boolean): readonly string[] {
  const { file, line, function: name, message, rule, confidence, lock, path } = finding;
  const severity = confidence === "hard" ? "error" : "audit";
  const about = lock === "" || message.endsWith(lock) ? "" : ` (${lock})`;
  const head = `${file}:${line}: ${severity}: ${name}(): ${message}${about} [${rule}]`;
  const why = explain ? explanationOf(finding).map((each) => `    ${printable(each)}`) : [];
  return [oneLine(head), ...(why.length > 0 ? why : shorten(path, MOST_PATH_LINES).map(stepLine))];
}

function stepLine(step: PathStep | "..."): string {
  if (step === "...") return "    ...";
  const decision = step.decision === undefined ? "" : `   <- ${step.decision}`;
  return `    ${String(step.line).padStart(5)}  ${oneLine(`${step.text}${decision}`)}`;
}

/** What was not seen is named without being asked for where it decides the verdict. */
function lists(
  { verdict, functions, assumed, bounds, provenance }: CheckReport,
  verbose: boolean,
): readonly string[] {
  const unseen = [
    ...functions.skipped.map((each) => `skipped: ${each.function}(): ${each.reason}`),
    ...functions.capped.map((each) => `capped: ${each.function}(): ${each.reason}`),
    ...bounds.map((each) => `bound: ${each}`),
  ];
  const rest = [
    ...assumed.map((each) => `assumed: ${each}`),
    ...provenance.conditionals.map((each) => `#if: ${each}`),
  ];
  const isDecisive = verdict === "holds-within-bound";
  return [...(verbose || isDecisive ? unseen : []), ...(verbose ? rest : [])].map(oneLine);
}

function originLines({ provenance }: CheckReport): readonly string[] {
  const { version, table, kernel, baseCommit, reproduce } = provenance;
  return [
    `holdfast ${version}, table ${table}, kernel ${kernel.version} (${kernel.why}), base ${baseCommit ?? "none"}`,
    `reproduce: ${reproduce}`,
  ].map(oneLine);
}

function counts({ verdict, findings, leftOut = 0, functions, assumed, bounds }: CheckReport): string {
  const { seen, modelled, skipped, capped } = functions;
  const all = leftOut > 0 ? ` of ${findings.length + leftOut}` : "";
  return [
    `${verdict}: ${count(findings.length, "finding")}${all}`,
    `${count(seen, "lock-taking function")}, ${modelled} modelled, ${skipped.length} skipped, ${capped.length} capped`,
    `${count(assumed.length, "assumption")}, ${count(bounds.length, "bound")}`,
  ].join("; ");
}
