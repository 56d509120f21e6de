import type { Finding } from "./finding.ts";
import type { CheckResult, Suppressed } from "./result.ts";

/** A comment that takes a finding back: `holdfast: ignore RULE: REASON`, on the line or the one above. */
interface Suppression {
  readonly line: number;
  readonly rule: string;
  readonly reason: string;
}

const COMMENT = /holdfast: ignore ([\w-]+)(?:: *([^*\n]*))?/;

/** What became of a suppression of a configuration in some sources. */
export interface SuppressionUse {
  /** The warning that it is stale. */
  readonly warning: string;
  /** The sources have its function. */
  readonly defined: boolean;
  readonly taken: boolean;
}

/** Of a configuration's suppressions, which took something back, and which could have. */
export function suppressionUse(
  configured: readonly Suppressed[],
  reports: readonly Pick<CheckResult, "defined" | "taken">[],
): readonly SuppressionUse[] {
  const taken = new Set(reports.flatMap((each) => each.taken ?? []));
  const defined = new Set(reports.flatMap((each) => each.defined ?? []));
  return configured.map((each) => ({
    warning: `suppression of ${each.rule} in ${each.function}() is stale: no such finding`,
    defined: defined.has(each.function),
    taken: taken.has(each),
  }));
}

interface Judged {
  readonly file: string;
  readonly text: string;
  /** All functions were judged by all rules, so that a suppression without a finding is stale. */
  readonly complete: boolean;
}

/** Findings without those that the source or the configuration takes back; one that finds nothing to is a warning. */
export function applySuppressions(
  { file, text, complete }: Judged,
  findings: readonly Finding[],
  configured: readonly Suppressed[] = [],
) {
  const suppressions = suppressionsIn(text);
  const used = new Set<Suppression>();
  const taken = new Set<Suppressed>();
  const kept = findings.filter((each) => {
    const found = suppressions.find(
      ({ rule, line }) => rule === each.rule && (line === each.line || line === each.line - 1),
    );
    if (found) used.add(found);
    const back = configured.filter((one) => one.rule === each.rule && one.function === each.function);
    for (const one of back) taken.add(one);
    return back.length === 0 && !found?.reason;
  });
  const warnings = suppressions.flatMap((each) => {
    const where = `${file}:${each.line}: suppression of ${each.rule}`;
    if (each.reason === "") return [`${where} gives no reason: not applied`];
    return used.has(each) || !complete ? [] : [`${where} is stale: no such finding`];
  });
  return { findings: kept, warnings, taken: [...taken] };
}

function suppressionsIn(text: string): readonly Suppression[] {
  if (!text.includes("holdfast: ignore")) return [];
  return text.split("\n").flatMap((content, at) => {
    const match = COMMENT.exec(content);
    return match ? [{ line: at + 1, rule: match[1] ?? "", reason: match[2]?.trim() ?? "" }] : [];
  });
}
