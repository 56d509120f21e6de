import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions, type ImagePair } from "../apply/image-pair.ts";
import { SIDES } from "../diff/diff.ts";
import type { Judge } from "../judge/judge.ts";
import { judgePair, type PairJudgement } from "../judge/pair.ts";
import { isHalfOfPair } from "../paths/paired.ts";
import { type Blame, blameOf } from "./blame.ts";
import { type ChangedEffect, changedEffects } from "./changed-effects.ts";
import { type CallersContext, judgeElsewhere, knownEffects } from "./elsewhere.ts";
import { isExpected, newOn } from "./expectation.ts";
import { type HandedOn, handedOn, handedOnBound } from "./handed-on.ts";
import { newSleepers } from "./new-sleepers.ts";
import { newTakers, newVariants } from "./new-takers.ts";
import { notUnderstood, otherReadings, unjudgedCallers, unknownInCallers } from "./not-judged.ts";
import { perhapsTaken } from "./perhaps-taken.ts";
import { type LeftAlone, unproven } from "./unproven.ts";

export interface CallersJudgement {
  /** Callers in the files of the change and in others. */
  readonly judged: readonly PairJudgement[];
  /** Effects that a changed function has on one side alone that some caller does not expect, or that have no caller to expect them. */
  readonly unexpected: readonly ChangedEffect[];
  /** What is no longer done to locks, of which callers do not tell whether it was wrong. */
  readonly unproven: readonly LeftAlone[];
  /** Which changed callee is to blame, but for those whose effect another's change explains. */
  readonly blame: Blame;
  readonly bounds: readonly string[];
}

interface JudgedFile extends Omit<CallersJudgement, "unproven" | "blame"> {
  readonly changes: readonly ChangedEffect[];
  readonly handedOn: readonly HandedOn[];
}

/** Judges the callers of functions whose effect on their callers' locks a change alters. */
export async function judgeCallers(
  touched: readonly PairJudgement[],
  context: CallersContext,
): Promise<CallersJudgement> {
  const files = await refine(touched, context.judge);
  const results: JudgedFile[] = [];
  for (const file of files) {
    const changes = SIDES.flatMap((side) => changedEffects(file, side));
    const sleeping = await newSleepers(file, context.judge);
    const named = new Set([...changes, ...sleeping].map(({ name }) => name));
    const taking = [...newTakers(file), ...newVariants(file)].filter(({ name }) => !named.has(name));
    const all = [...changes, ...sleeping, ...taking];
    if (all.length > 0) results.push(await judgeFile(file, { changes, all }, files, context));
  }
  const callers = results.flatMap((each) => each.judged);
  const [changes, unexpected] = [
    results.flatMap((each) => each.changes),
    results.flatMap((each) => each.unexpected),
  ];
  const judged = [...files, ...callers];
  const anyBlame = blameOf(changes, judged);
  const wrong = unexpected.filter((each) => !isOutweighed(each, unexpected, judged, anyBlame));
  // Of what is found to be wrong, the callers that can be seen have told.
  const pointers = results
    .flatMap((each) => each.handedOn)
    .filter(({ file, name }) => !wrong.some((each) => each.file === file && each.name === name));
  const unclear = files.flatMap((file) =>
    unproven(file, judged).filter(({ name }) => !isHalfOfPair(name, file)),
  );
  const own = changes.filter((each) => !isConsequence(each, changes, files));
  return {
    judged,
    blame: own.length === changes.length ? anyBlame : blameOf(own, judged),
    unexpected: wrong.filter((each) => !isConsequence(each, wrong, files)),
    unproven: unclear,
    bounds: [
      ...results.flatMap((each) => each.bounds),
      ...pointers.map(handedOnBound),
      ...files.flatMap((file) => [...notUnderstood(file), ...otherReadings(file)]),
      ...callers.flatMap((each) => [...unjudgedCallers(each), ...unknownInCallers(each)]),
      ...judged.flatMap((each) => each.unknown),
    ],
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

interface FileChanges {
  /** What functions newly do to locks, or no longer do. */
  readonly changes: readonly ChangedEffect[];
  /** These, and that functions newly sleep, or take a lock and give it back. */
  readonly all: readonly ChangedEffect[];
}

async function judgeFile(
  file: PairJudgement,
  { changes, all }: FileChanges,
  files: readonly PairJudgement[],
  context: CallersContext,
): Promise<JudgedFile> {
  const own = await judgeOwnCallers(file, all, context.judge);
  const below = newTakers(own);
  const elsewhere = await judgeElsewhere(file, [...all, ...below], files, context);
  const perhaps = await perhapsTaken([...newTakers(file), ...below], {
    text: file.pair.after?.text ?? "",
    judgeCallers: async (surely) => (await judgeElsewhere(file, surely, files, context)).judged,
    judge: context.judge,
  });
  const callers = { own: [file, own], elsewhere: elsewhere.judged };
  const pairs = file.pair.after ? [file.pair.after] : [];
  const isHalf = ({ name }: { readonly name: string }) => isHalfOfPair(name, file);
  return {
    judged: [own, ...elsewhere.judged, ...perhaps.judged],
    changes: all,
    unexpected: changes.filter((each) => !isHalf(each) && !isExpected(each, callers)),
    handedOn: [...handedOn(changes, pairs), ...elsewhere.handedOn].filter((each) => !isHalf(each)),
    bounds: [...elsewhere.bounds, ...perhaps.bounds],
  };
}

/** Callers in the same file, and those whose effect changed by what they call, that the change does not touch themselves. */
async function judgeOwnCallers(
  { pair }: PairJudgement,
  changes: readonly ChangedEffect[],
  judge: Judge,
): Promise<PairJudgement> {
  const names = new Set(changes.map(({ name }) => name));
  const touched = new Set(changedFunctions(pair));
  const callers = new Set([...callersIn(pair, names), ...names].filter((name) => !touched.has(name)));
  return judgePair(pair, [...callers], judge);
}

const callersIn = (pair: ImagePair, names: ReadonlySet<string>): readonly string[] =>
  SIDES.flatMap((side) => {
    const image = pair[side];
    return image ? [...callGraph(image.text, image.file).callersOf(names)] : [];
  });

/** Where callers seem not to expect what a function does on either side, the side on which fewer go wrong is right. */
function isOutweighed(
  effect: ChangedEffect,
  all: readonly ChangedEffect[],
  judged: readonly PairJudgement[],
  blame: Blame,
): boolean {
  const twin = all.find(
    ({ name, file, side }) => name === effect.name && file === effect.file && side !== effect.side,
  );
  const wrong = ({ side, name }: ChangedEffect) => {
    const found = judged.flatMap((each) => newOn(each, side));
    const blamed = found.filter((each) => blame(side, each.file, each.function)?.name === name);
    return new Set(blamed.map((each) => `${each.file} ${each.function}`)).size;
  };
  return twin !== undefined && wrong(twin) > wrong(effect);
}

/** A function whose effect changed because that of one it calls did, and for no other reason. */
function isConsequence(
  { name, file, side }: ChangedEffect,
  all: readonly ChangedEffect[],
  files: readonly PairJudgement[],
): boolean {
  const own = files.find(({ pair }) => pair[side]?.file === file)?.alone[side] ?? [];
  if (own.some((each) => each.function === name)) return false;
  const graphs = files.flatMap(({ pair }) => {
    const image = pair[side];
    return image ? [callGraph(image.text, image.file)] : [];
  });
  const causes = all.filter((each) => each.side === side && each.name !== name);
  return causes.some((each) => graphs.some((graph) => graph.directCallers(each.name).includes(name)));
}
