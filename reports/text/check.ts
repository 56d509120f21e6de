import { count } from "../../counterexamples/render/words.ts";
import { oneLine, printable, withoutCommands } from "../../model/printable.ts";
import { abridged, type Format, sayExtent, sayNotJudged, sayStep } from "../format.ts";
import { limitsOf, sayLimits } from "../limits.ts";
import type { CheckFinding, CheckReport } from "../report.ts";
import { type MarkedStep, tellPath } from "../story.ts";

/** A line for each finding with its path, or with why it breaks its rule where that was asked for; then the counts. */
export const checkText: Format<CheckReport> = (report, { verbose = false, terse = false }) => {
  const found = report.findings.flatMap((each) => [
    ...findingLines(each).slice(0, terse ? 1 : undefined),
    ...(verbose ? [`    reproduce: ${oneLine(each.reproduce)}`] : []),
  ]);
  const origin = verbose ? originLines(report) : [];
  const said = [...lists(report, verbose), ...sayLimits(limitsOf(report)), counts(report), ...origin];
  return withoutCommands(`${[...found, ...said].join("\n")}\n`);
};

function findingLines(finding: CheckFinding): readonly string[] {
  const { file, line, function: name, message, rule, confidence, lock, explanation = [] } = finding;
  const severity = confidence === "hard" ? "error" : "audit";
  const about = lock === "" || isTold(lock, message) ? "" : ` (${lock})`;
  const head = `${file}:${line}: ${severity}: ${name}(): ${message}${about} [${rule}]`;
  const why = explanation.map((each) => `    ${printable(each)}`);
  const story = why.length > 0 ? why : tellPath(finding).map(stepLine);
  return [oneLine(head), ...story, ...suspectLines(finding), ...consequenceLines(finding)];
}

/** The message names the lock, or says in words what forbids to sleep. */
const isTold = (lock: string, message: string): boolean =>
  message.endsWith(lock) || /, (?:with \w[\w ]* disabled|in an RCU read section)$/.test(message);

const suspectLines = ({ suspects = [] }: CheckFinding): readonly string[] =>
  suspects.map(
    (name) => `    a false alarm if ${oneLine(name)}(), of which nothing is known, releases the lock`,
  );

const MAX_CONSEQUENCES = 3;

/** What else the same mistake leads to, in short. */
function consequenceLines({ consequences = [], file, function: own }: CheckFinding): readonly string[] {
  const told = consequences.slice(0, MAX_CONSEQUENCES).map((each) => {
    const caller = each.function === own ? "" : `${each.function}(): `;
    return `    leads to ${oneLine(`${file}:${each.line}: ${caller}${each.message} [${each.rule}]`)}`;
  });
  const rest = consequences.length - told.length;
  return rest > 0 ? [...told, `    leads to ${rest} more`] : told;
}

const stepLine = (step: MarkedStep | "..."): string =>
  step === "..." ? "    ..." : `    ${String(step.line).padStart(5)}  ${oneLine(sayStep(step))}`;

/** What was not seen is named without being asked for where it decides the verdict. */
function lists(
  { verdict, functions, assumed, bounds, provenance }: CheckReport,
  verbose: boolean,
): readonly string[] {
  const unseen = [
    ...functions.skipped.map((each) => `skipped: ${each.file}: ${each.function}(): ${each.reason}`),
    ...functions.capped.map((each) => `capped: ${each.file}: ${each.function}(): ${each.reason}`),
    ...bounds.map((each) => `bound: ${each}`),
  ];
  const rest = [
    ...assumed.map((each) => `assumed: ${each}`),
    ...provenance.conditionals.map((each) => `#if: ${each}`),
  ];
  const isDecisive = verdict === "holds-within-bound";
  return [...(verbose || isDecisive ? abridged(unseen, verbose) : []), ...(verbose ? rest : [])].map(oneLine);
}

function originLines({ provenance }: CheckReport): readonly string[] {
  const { version, table, kernel, baseCommit, reproduce } = provenance;
  return [
    `holdfast ${version}, table ${table}, kernel ${kernel.version} (${kernel.why}), base ${baseCommit ?? "none"}`,
    `reproduce: ${reproduce}`,
  ].map(oneLine);
}

function counts(report: CheckReport): string {
  const { verdict, extent, findings, leftOut = 0, functions, assumed, bounds } = report;
  const { seen, modelled, skipped, capped } = functions;
  const all = leftOut > 0 ? ` of ${findings.length + leftOut}` : "";
  return [
    `${verdict}: ${count(findings.length, "finding")}${all}`,
    `${count(seen, "lock-taking function")}, ${modelled} modelled, ${skipped.length} skipped, ${capped.length} capped`,
    `${count(assumed.length, "assumption")}, ${count(bounds.length, "bound")}`,
    sayExtent(extent),
    ...sayNotJudged(report),
  ].join("; ");
}
