import type { Finding } from "../../functions/finding.ts";
import { type Decided, explainFinding } from "./finding.ts";

/** Why a path breaks its rule, in lines: what turned it, where, and which decisions matter. */
export function findingLines(finding: Finding): readonly string[] {
  const explained = explainFinding(finding);
  if (!explained) return [];
  const { pivot, guilty, decisive } = explained;
  const source = guilty?.source;
  return [
    ...(pivot
      ? [
          `pivot: ${pivot.subject} -> ${pivot.taken}; had it been '${pivot.instead}', nothing would be violated`,
        ]
      : ["pivot: no single outcome or branch would have saved it"]),
    ...(source ? [`guilty line: ${source.line}  ${source.text ?? ""}`] : []),
    ...(decisive.length > 0 ? ["decisions that matter:", ...decisive.map(decisionText)] : []),
  ];
}

const decisionText = ({ line, subject, alternative }: Decided): string =>
  `${String(line).padStart(5)}  ${subject} -> ${alternative}`;
