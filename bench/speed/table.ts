import { type Measurement, medians } from "./measure.ts";

export interface Row {
  readonly name: string;
  readonly runs: readonly Measurement[];
}

const HEAD = ["", "states", "wall s", "user s", "states per user-second", "ratio", "MB", "bytes per state"];

/** Medians as a table in Markdown; the ratio is that of states per user-second to the reference's. */
export function speedTable(rows: readonly Row[], reference: string): string {
  const base = rows.find(({ name }) => name === reference);
  const baseRate = base && rateOf(medians(base.runs));
  const lines = rows.map(({ name, runs }) => cells(name, medians(runs), baseRate));
  return [HEAD, HEAD.map(() => "---"), ...lines].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cells(name: string, figures: Measurement, base: number | undefined): readonly string[] {
  const { states, wall, user, megabytes } = figures;
  return [
    name,
    String(states),
    wall.toFixed(2),
    user.toFixed(2),
    Math.round(rateOf(figures)).toString(),
    base === undefined ? "" : (rateOf(figures) / base).toFixed(2),
    megabytes.toFixed(0),
    ((megabytes * 1e6) / states).toFixed(0),
  ];
}

function rateOf({ states, user }: Measurement): number {
  return states / Math.max(user, 0.01);
}
