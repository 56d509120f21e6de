import type { Finding } from "./finding.ts";

/** A comment that takes a finding back: `holdfast: ignore RULE: REASON`, on the line or the one above. */
interface Suppression {
  readonly line: number;
  readonly rule: string;
  readonly reason: string;
}

const COMMENT = /holdfast: ignore ([\w-]+)(?:: *([^*\n]*))?/;

/** A finding that a configuration takes back. */
export interface Suppressed {
  readonly rule: string;
  readonly function: string;
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
  const kept = findings.filter((each) => {
    const found = suppressions.find(
      ({ rule, line }) => rule === each.rule && (line === each.line || line === each.line - 1),
    );
    if (found) used.add(found);
    return (
      !configured.some((one) => one.rule === each.rule && one.function === each.function) && !found?.reason
    );
  });
  const warnings = suppressions.flatMap((each) => {
    const where = `${file}:${each.line}: suppression of ${each.rule}`;
    if (each.reason === "") return [`${where} gives no reason: not applied`];
    return used.has(each) || !complete ? [] : [`${where} is stale: no such finding`];
  });
  return { findings: kept, warnings };
}

function suppressionsIn(text: string): readonly Suppression[] {
  if (!text.includes("holdfast: ignore")) return [];
  return text.split("\n").flatMap((content, at) => {
    const match = COMMENT.exec(content);
    return match ? [{ line: at + 1, rule: match[1] ?? "", reason: match[2]?.trim() ?? "" }] : [];
  });
}
