import type { Checked } from "./run.ts";

export interface Row {
  readonly folder: string;
  readonly files: number;
  readonly checked: Checked;
}

const HEADS = [
  "folder",
  "files",
  "seen",
  "modelled",
  "skipped",
  "capped",
  "hard",
  "audit",
  "user s",
  "files/s",
];

/** A table in Markdown; `startUp` seconds are taken off each row's user time. */
export function tableOf(rows: readonly Row[], startUp: number): string {
  const cells = rows.map((row) => cellsOf(row, startUp));
  return [HEADS, HEADS.map(() => "---"), ...cells].map((each) => `| ${each.join(" | ")} |`).join("\n");
}

function cellsOf({ folder, files, checked }: Row, startUp: number): readonly string[] {
  const { functions, findings } = checked.report;
  const count = (wanted: string) => findings.filter(({ confidence }) => confidence === wanted).length;
  const user = Math.max(0, checked.user - startUp);
  const { seen, modelled, skipped, capped } = functions;
  const counts = [files, seen, modelled, skipped.length, capped.length, count("hard"), count("audit")];
  return [folder, ...counts.map(String), user.toFixed(2), (files / checked.wall).toFixed(1)];
}
