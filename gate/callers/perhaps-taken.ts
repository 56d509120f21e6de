import { passingSurely } from "../../functions/other-sources.ts";
import { Outline } from "../../model/c/source/index.ts";
import { doubleLock } from "../../properties/double-lock.ts";
import { untouchedImage } from "../apply/image.ts";
import type { IdentifiedFinding } from "../compare/identity.ts";
import type { Judge } from "../judge/judge.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { ChangedEffect } from "./changed-effects.ts";
import { newOn } from "./expectation.ts";

/** What is known of callers of functions that newly take a lock on some paths. */
export interface PerhapsTaken {
  /** Callers that come to these paths, with their findings. */
  readonly judged: readonly PairJudgement[];
  /** Those of which it is not known whether they do. */
  readonly bounds: readonly string[];
}

interface Judging {
  /** The file of the functions, as the change leaves it. */
  readonly text: string;
  /** Their callers in other files, judged as if they did so on every path. */
  readonly judgeCallers: (surely: readonly ChangedEffect[]) => Promise<readonly PairJudgement[]>;
  readonly judge: Judge;
}

/**
 * Callers in other files that would wait for themselves on the paths on which a function newly takes a lock, where it
 * does so on some: found where they come to such a path with the function's body in place of its call.
 */
export async function perhapsTaken(
  takers: readonly ChangedEffect[],
  { text, judgeCallers, judge }: Judging,
): Promise<PerhapsTaken> {
  const open = takers.filter(
    (each) => !each.private && each.after?.outcomes.some(({ mayPass = [] }) => mayPass.length > 0),
  );
  if (open.length === 0) return { judged: [], bounds: [] };
  const surely = await judgeCallers(
    open.map((each) => ({ ...each, after: each.after && passingSurely(each.after) })),
  );
  const names = open.map(({ name }) => name);
  const outline = new Outline(text);
  const bodies = outline.excerpt(outline.reached(names, () => true));
  const judged: PairJudgement[] = [];
  const bounds: string[] = [];
  for (const each of surely) {
    const fresh = newOn(each, "after").filter(({ rule }) => rule === doubleLock.name);
    const found = each.after.filter(({ finding }) => fresh.includes(finding));
    const sure: IdentifiedFinding[] = [];
    for (const one of found)
      if (await comesThere(one, each, bodies, judge)) sure.push(one);
      else bounds.push(boundOf(one, names));
    if (sure.length > 0)
      judged.push({ ...each, after: [...each.after.filter((one) => !found.includes(one)), ...sure] });
  }
  return { judged, bounds };
}

function boundOf(
  { finding: { file, line, function: caller, lock } }: IdentifiedFinding,
  names: readonly string[],
): string {
  const takers = names.map((name) => `${name}()`).join(", ");
  return `${file}:${line}: ${caller}(): holds ${lock}, which ${takers} newly takes on some paths`;
}

/** Whether a caller comes to take its lock again, with the bodies of the functions in its file. */
async function comesThere(
  { finding: { function: name, lock, rule } }: IdentifiedFinding,
  { pair: { after } }: PairJudgement,
  bodies: string,
  judge: Judge,
): Promise<boolean> {
  if (!after) return false;
  const { findings } = await judge(untouchedImage(after.file, `${after.text}\n${bodies}`), [name]);
  return findings.some((each) => each.rule === rule && each.function === name && each.lock === lock);
}
