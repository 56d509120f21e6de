import type { Consequence, GateFinding } from "../result.ts";

/**
 * Puts what a changed function leads to in its callers under its own finding. Where it has none, because other
 * callers are right with it, the first of those that are not stands for all.
 */
export function underCallee(findings: readonly Consequence[]): readonly GateFinding[] {
  const causes: { readonly finding: Consequence; readonly consequences: Consequence[] }[] = [];
  const heads = findings.filter(({ because }) => because === undefined);
  for (const finding of heads) causes.push({ finding, consequences: [] });
  for (const finding of findings.filter(({ because }) => because !== undefined)) {
    const cause = causes.find((each) => hasCause(finding, each.finding));
    if (cause) cause.consequences.push(finding);
    else causes.push({ finding, consequences: [] });
  }
  return causes.map(({ finding, consequences }) => ({
    ...finding,
    alsoViolates: rulesBeside(finding, consequences),
    consequences,
  }));
}

/** A finding and what it leads to in callers, each by itself. */
export const eachAlone = ({ consequences, ...finding }: GateFinding): readonly Consequence[] => [
  finding,
  ...consequences,
];

/** The other is about the function that is to blame for the finding, or blames it, too. */
function hasCause({ because, patch }: Consequence, other: Consequence): boolean {
  const { file, function: name } = other.because ?? other;
  return patch === other.patch && because?.file === file && because.function === name;
}

function rulesBeside({ rule, alsoViolates }: Consequence, others: readonly Consequence[]): readonly string[] {
  const rules = others.flatMap((each) => [each.rule, ...each.alsoViolates]);
  return [...new Set([...alsoViolates, ...rules])].filter((each) => each !== rule).sort();
}
