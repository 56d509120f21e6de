import { limitsOf } from "../../reports/limits.ts";
import { compareVerdicts } from "../verdicts.ts";
import type { Finding, Report } from "./gated.ts";
import { type StableReadings, VERDICTS, type Verdict } from "./readings.ts";

export interface Totals {
  readonly files: number;
  readonly seconds: number;
  readonly report: Report;
}

/** The reports of all parts as one: what several of them say counts once. */
export function merged(reports: readonly Report[]): Report {
  const findings = (of: "new" | "fixed") => [
    ...new Map(reports.flatMap((each) => each[of]).map((each) => [each.digest, each])).values(),
  ];
  return {
    new: findings("new"),
    fixed: findings("fixed"),
    functions: {
      seen: reports.reduce((sum, { functions }) => sum + functions.seen, 0),
      skipped: reports.flatMap(({ functions }) => functions.skipped),
      capped: reports.flatMap(({ functions }) => functions.capped),
    },
    bounds: [...new Set(reports.flatMap(({ bounds }) => bounds))],
    refused: reports.flatMap(({ refused }) => refused),
  };
}

/** Counts, then each new finding with what was read of it, each fixed one, and with `places` each that causes exit 3. */
export function summaryOf(
  { files, seconds, report }: Totals,
  readings: StableReadings,
  places = false,
): string {
  const compared = compareVerdicts(
    { findings: readings.findings, verdicts: VERDICTS, genuine: "genuine" },
    report.new,
  );
  const why = new Map(readings.findings.map((each) => [`${each.file}: ${each.id}`, each.why]));
  const { seen } = report.functions;
  const hard = report.new.filter(({ confidence }) => confidence === "hard").length;
  const { genuine, contract, false: wrong } = compared.counts;
  const notGenuine = compared.read.filter(([, verdict]) => verdict !== "genuine").length;
  const unseen = placesOf(report);
  const head = [
    `${files} files, ${seen} changed lock-taking functions, ${seconds.toFixed(0)} s`,
    `new: ${report.new.length} (${hard} hard): ${genuine} genuine, ${contract} contract, ${wrong} false, ${compared.unread.length} not read`,
    `not genuine: ${rate(notGenuine, seen, 1000)} per 1,000 functions`,
    `fixed: ${report.fixed.length}`,
    `places that cause exit 3: ${unseen.length}, ${rate(unseen.length, seen, 100)} per 100 functions`,
    ...causesOf(report).map(([cause, count]) => `  ${cause}: ${count}, ${rate(count, seen, 100)} per 100`),
  ];
  const told = compared.read.map(
    ([each, verdict]) =>
      `${sayVerdict(verdict)}: ${sayFinding(each)}${reason(why.get(`${each.file}: ${each.id}`))}`,
  );
  const lost = compared.lost.map(({ file, id }) => `lost: ${file}: ${id}`);
  const fixed = report.fixed.map((each) => `fixed: ${sayFinding(each)}`);
  return [
    ...head,
    ...told,
    ...lost,
    ...fixed,
    ...(places ? unseen.map((each) => `exit 3: ${each}`) : []),
  ].join("\n");
}

const rate = (part: number, whole: number, per: number): string =>
  whole === 0 ? "none" : ((part * per) / whole).toFixed(2);

const sayVerdict = (verdict: Verdict | undefined): string => verdict ?? "not read";

const sayFinding = (each: Finding): string =>
  `${each.file}:${each.line}: ${each.function}(): ${each.message} [${each.rule}, ${each.confidence}] ${each.id}`;

const reason = (why: string | undefined): string => (why === undefined ? "" : `\n    ${why}`);

type Unseen = Pick<Report, "functions" | "bounds">;

/** What keeps the verdict from being `holds`, each place once: of several things that are said of one line, the first. */
export function placesOf({ functions, bounds }: Unseen): readonly string[] {
  const left = [...functions.skipped, ...functions.capped].map(
    (each) => `${each.file}: ${each.function}(): ${each.reason}`,
  );
  const places = new Map<string, string>();
  for (const each of [...bounds, ...left]) {
    const place = /^[^\s:]+:\d+(?=:)/.exec(each)?.[0] ?? each;
    if (!places.has(place)) places.set(place, each);
  }
  return [...places.values()];
}

/** How many places each cause has, the commonest first. */
function causesOf({ functions, bounds }: Report): readonly (readonly [string, number])[] {
  const said = new Set(placesOf({ functions, bounds }));
  const limits = limitsOf({
    bounds: bounds.filter((each) => said.has(each)),
    assumed: [],
    functions: {
      modelled: 0,
      searched: [],
      ...functions,
      skipped: functions.skipped,
      capped: functions.capped,
    },
  });
  return Object.entries(limits).sort(([, one], [, other]) => other - one);
}
