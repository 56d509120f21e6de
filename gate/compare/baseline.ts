import { z } from "zod";
import { InputError } from "../../model/input-error.ts";
import type { GateFinding } from "../report.ts";

/** Findings that are known and accepted: how often each may occur. */
const BASELINE = z.object({
  holdfast: z.literal("baseline"),
  version: z.literal(1),
  findings: z.array(
    z.object({
      digest: z.string().regex(/^[0-9a-f]{12}$/),
      rule: z.string(),
      file: z.string(),
      function: z.string(),
      count: z.number().int().positive(),
    }),
  ),
});

export type Baseline = z.infer<typeof BASELINE>;

/** Reads a baseline file's text. Throws an InputError that says where it is wrong. */
export function readBaseline(name: string, text: string): Baseline {
  try {
    return BASELINE.parse(JSON.parse(text));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const why = issue ? `${issue.path.join(".")}: ${issue.message}` : String(error);
    throw new InputError(`${name} is no baseline file: ${why}`);
  }
}

/** Writes down what a report finds new, so that it counts as known from now on. */
export function writeBaseline(findings: readonly GateFinding[]): string {
  const counted = new Map<string, Baseline["findings"][number]>();
  for (const { digest, rule, file, function: name } of findings) {
    const count = (counted.get(digest)?.count ?? 0) + 1;
    counted.set(digest, { digest, rule, file, function: name, count });
  }
  const sorted = [...counted.values()].sort((one, other) => one.digest.localeCompare(other.digest));
  return `${JSON.stringify({ holdfast: "baseline", version: 1, findings: sorted }, undefined, 2)}\n`;
}

/** Those of the findings that the baseline has, each as often as it has it. */
export function knownFindings(findings: readonly GateFinding[], { findings: entries }: Baseline) {
  const left = new Map(entries.map(({ digest, count }) => [digest, count]));
  const known = findings.filter(({ digest }) => {
    const count = left.get(digest) ?? 0;
    left.set(digest, count - 1);
    return count > 0;
  });
  return new Set(known);
}

/** Entries about a file that was judged, of which nothing is found any more. */
export function staleEntries(
  findings: readonly GateFinding[],
  files: ReadonlySet<string>,
  { findings: entries }: Baseline,
): readonly string[] {
  const found = new Set(findings.map(({ digest }) => digest));
  return entries
    .filter(({ digest, file }) => files.has(file) && !found.has(digest))
    .map((each) => `stale baseline entry ${each.digest}: ${each.rule} in ${each.file}: ${each.function}()`);
}
