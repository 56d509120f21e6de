import { type GateOptions, gate } from "../../gate/gate.ts";
import { readMails } from "../../gate/intake/mails.ts";
import type { GateResult } from "../../gate/result.ts";
import type { PreservingKind } from "./edit-kind.ts";
import { gitDiff } from "./git-diff.ts";
import { preserve, type Rewrite } from "./rewrite.ts";

/** How often the gate speaks up about edits of one kind. */
export interface Quietness {
  readonly kind: PreservingKind;
  readonly edits: number;
  /** Edits with a new finding (exit 1). */
  readonly loud: number;
  /** Edits of which something was not modelled (exit 3). */
  readonly open: number;
  /** Each new finding, and each reason for an exit 3. */
  readonly remarks: readonly string[];
}

export async function quietnessOf(
  kind: PreservingKind,
  rewrites: readonly Rewrite[],
  options: GateOptions,
): Promise<Quietness> {
  let [loud, open] = [0, 0];
  const remarks: string[] = [];
  for (const rewrite of rewrites) {
    const { source, function: name } = rewrite;
    const patch = gitDiff(source.file, source.text, preserve(rewrite));
    const report = await gate(await readMails("edit.patch", Buffer.from(patch)), options);
    if (report.verdict === "violated") loud++;
    if (report.verdict === "holds-within-bound") open++;
    remarks.push(...remarksOf(report).map((each) => `${kind.name}: ${source.file}: ${name}(): ${each}`));
  }
  return { kind, edits: rewrites.length, loud, open, remarks };
}

function remarksOf({ verdict, new: fresh, functions, bounds }: GateResult): readonly string[] {
  if (verdict === "violated") return fresh.map(({ rule, line, message }) => `${line}: ${message} [${rule}]`);
  if (verdict !== "holds-within-bound") return [];
  const left = [...functions.skipped, ...functions.capped];
  return [...bounds, ...left.map(({ function: name, reason }) => `${name}(): ${reason}`)];
}

const HEAD = ["kind", "places", "edits", "with new findings", "share", "exit 3"];
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

export const TABLE_HEAD = [HEAD, HEAD.map(() => "---")].map(row).join("\n");

export function quietnessRow({ kind, edits, loud, open }: Quietness, places: number): string {
  const share = edits === 0 ? "none" : `${((100 * loud) / edits).toFixed(1)} %`;
  return row([kind.name, places, edits, loud, share, open]);
}
