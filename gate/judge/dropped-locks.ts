import { bareCallers } from "../../functions/bare-callers.ts";
import type { CheckResult } from "../../functions/check.ts";
import { contractsOf } from "../../functions/contracts.ts";
import type { Finding } from "../../functions/finding.ts";
import { tableKnowledge, withEffects } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";

/**
 * Calls of what asserts a lock, by functions that touch no lock after a change, while the lock was taken for such a call
 * before it: what only the other side of the change shows.
 */
export function droppedLocks(
  { before, after }: ImagePair,
  names: readonly string[],
  report: CheckResult,
): readonly Finding[] {
  if (!before || !after || before.partial || after.partial) return [];
  const known = withEffects(tableKnowledge, report.effects ?? new Map());
  const unit = readUnit(after.text);
  const found = bareCallers(
    after.file,
    { unit, before: readUnit(before.text) },
    known,
    contractsOf(unit, tableKnowledge),
  );
  const isNew = ({ id }: Finding) => !report.findings.some((each) => each.id === id);
  return found.filter((each) => names.includes(each.function) && isNew(each));
}
