import type { Store } from "../cache/store.ts";
import { SIDES } from "../diff/diff.ts";
import type { Judge } from "../judge/judge.ts";
import { changedFunctions, type ImagePair, judgePair, type PairJudgement } from "../judge/pair.ts";
import type { Tree } from "../tree/tree.ts";
import { callGraph } from "./call-graph.ts";
import { type ChangedEffect, changedEffects } from "./changed-effects.ts";
import { judgeElsewhere, knownEffects } from "./elsewhere.ts";
import { isExpected } from "./expectation.ts";
import { type LeftAlone, unproven, unprovenBound } from "./unproven.ts";

export interface CallersContext {
  readonly judge: Judge;
  readonly tree: Tree | undefined;
  /** Look for callers in the whole tree, not only beside the file. */
  readonly wholeTree: boolean;
  /** Remembers where words stand; without it, each run searches. */
  readonly store?: Store | undefined;
}

export interface CallersJudgement {
  /** Callers in the files of the change and in others. */
  readonly judged: readonly PairJudgement[];
  /** Effects, on either side, that some caller does not expect, or that have no caller to expect them. */
  readonly unexpected: readonly ChangedEffect[];
  /** What is no longer done to locks, of which callers do not tell whether it was wrong. */
  readonly unproven: readonly LeftAlone[];
  readonly bounds: readonly string[];
}

type JudgedFile = Omit<CallersJudgement, "unproven">;

/** Judges the callers of functions whose effect on their callers' locks a change alters. */
export async function judgeCallers(
  touched: readonly PairJudgement[],
  context: CallersContext,
): Promise<CallersJudgement> {
  const files = await refine(touched, context.judge);
  const results: JudgedFile[] = [];
  for (const file of files) {
    const changes = SIDES.flatMap((side) => changedEffects(file, side));
    if (changes.length > 0) results.push(await judgeFile(file, changes, files, context));
  }
  const callers = results.flatMap((each) => each.judged);
  const unexpected = results.flatMap((each) => each.unexpected);
  const unclear = files.flatMap((file) => unproven(file, [...files, ...callers]));
  return {
    judged: [...files, ...callers],
    unexpected: unexpected.filter((each) => !isConsequence(each, unexpected, files)),
    unproven: unclear,
    bounds: [...results.flatMap((each) => each.bounds), ...unclear.map(unprovenBound)],
  };
}

/** Judges again what calls a changed function of another file of the change, now that its effect is known. */
async function refine(files: readonly PairJudgement[], judge: Judge): Promise<readonly PairJudgement[]> {
  const changes = files.flatMap((file) => SIDES.flatMap((side) => changedEffects(file, side)));
  const open = changes.filter((each) => !each.private);
  const refined: PairJudgement[] = [];
  for (const file of files) {
    const others = open.filter((each) => each.file !== file.pair[each.side]?.file);
    const calls = others.some(({ name }) => callersIn(file.pair, new Set([name])).length > 0);
    refined.push(calls ? await judgePair(file.pair, file.names, judge, knownEffects(others)) : file);
  }
  return refined;
}

async function judgeFile(
  file: PairJudgement,
  changes: readonly ChangedEffect[],
  files: readonly PairJudgement[],
  context: CallersContext,
): Promise<JudgedFile> {
  const own = await judgeOwnCallers(file, changes, context.judge);
  const elsewhere = await judgeElsewhere(file, changes, files, context);
  const callers = { own: [file, own], elsewhere: elsewhere.judged };
  return {
    judged: [own, ...elsewhere.judged],
    unexpected: changes.filter((each) => !isExpected(each, callers)),
    bounds: elsewhere.bounds,
  };
}

/** Callers in the same file that the change does not touch themselves. */
async function judgeOwnCallers(
  { pair }: PairJudgement,
  changes: readonly ChangedEffect[],
  judge: Judge,
): Promise<PairJudgement> {
  const names = new Set(changes.map(({ name }) => name));
  const touched = new Set(changedFunctions(pair));
  const callers = new Set(callersIn(pair, names).filter((name) => !touched.has(name)));
  return judgePair(pair, [...callers], judge);
}

const callersIn = (pair: ImagePair, names: ReadonlySet<string>): readonly string[] =>
  SIDES.flatMap((side) => {
    const image = pair[side];
    return image ? [...callGraph(image.text, image.file).callersOf(names)] : [];
  });

/** A function whose effect changed because that of one it calls did. */
function isConsequence(
  { name, side }: ChangedEffect,
  all: readonly ChangedEffect[],
  files: readonly PairJudgement[],
): boolean {
  const graphs = files.flatMap(({ pair }) => {
    const image = pair[side];
    return image ? [callGraph(image.text, image.file)] : [];
  });
  const causes = all.filter((each) => each.side === side && each.name !== name);
  return causes.some((each) => graphs.some((graph) => graph.directCallers(each.name).includes(name)));
}
