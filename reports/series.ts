import type { GateFinding, GateReport } from "../gate/report.ts";
import { oneLine } from "../model/printable.ts";

/** Which patch of a series makes or mends a finding; nothing is to be said where there is one alone. */
export function patchText({ changes }: GateReport, patch: number): string | undefined {
  if (changes.length < 2) return undefined;
  return `patch ${patch + 1} of ${changes.length}: ${oneLine(changes[patch]?.label ?? "")}`;
}

/** The later patch of the series that mends what this one makes. */
export function mendedBy(report: GateReport, { digest, patch }: GateFinding): string | undefined {
  const mended = report.fixed.find((each) => each.digest === digest && each.patch > patch);
  return mended && patchText(report, mended.patch);
}

/** What could not be seen, with the patches of a series that it is of where it is not of all. */
export function boundTexts({ bounds, patches }: GateReport): readonly string[] {
  return bounds.map((bound) => {
    const own = patches.flatMap((each, at) => (each.bounds.includes(bound) ? [at + 1] : []));
    const where = own.length > 0 && own.length < patches.length ? `patch ${own.join(", ")}: ` : "";
    return `${where}${oneLine(bound)}`;
  });
}
