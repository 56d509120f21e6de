import { posix } from "node:path";
import type { Store } from "../../tree/cache/store.ts";
import { callGraph } from "../../tree/call-graph.ts";
import type { Tree } from "../../tree/tree.ts";
import { changedFunctions, type ImagePair } from "../apply/image-pair.ts";
import { SIDES } from "../diff/diff.ts";
import type { Judge, KnownEffects } from "../judge/judge.ts";
import { judgePair, type PairJudgement } from "../judge/pair.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { calledByMacros } from "./by-macro.ts";
import { callerFiles } from "./caller-files.ts";
import { callersAsleep, sleepOf } from "./callers-asleep.ts";
import { type ChangedEffect, changedEffects } from "./changed-effects.ts";
import { openNames, withCompanions } from "./companions.ts";
import { type HandedOn, handedOn } from "./handed-on.ts";
import { handlersAsleep } from "./handlers-asleep.ts";
import { newTakers } from "./new-takers.ts";

export interface CallersContext {
  readonly judge: Judge;
  readonly tree: Tree | undefined;
  /** What all of the tree is after the change; `tree` with the change alone where absent. */
  readonly treeAfter?: Tree | undefined;
  /** Look for callers in the whole tree, not only beside the file. */
  readonly wholeTree: boolean;
  /** Remembers where words stand; without it, each run searches. */
  readonly store?: Store | undefined;
}

/** Callers in other files than the changed function's. */
export interface Elsewhere {
  readonly judged: readonly PairJudgement[];
  readonly handedOn: readonly HandedOn[];
  readonly bounds: readonly string[];
}

/** A function with more callers than that is part of the kernel's language: see model/kernel/table. */
const MAX_FILES = 200;
/** How many functions, one calling the other, are followed to those who call them. */
const MAX_WRAPPERS = 4;

/**
 * Finds and judges the callers that other files have of functions whose effect changed. Where a caller passes on that it
 * sleeps, or takes a lock and gives it back, and where a function of a header passes on what it does, those who call it
 * are judged as well.
 */
export async function judgeElsewhere(
  changed: PairJudgement,
  changes: readonly ChangedEffect[],
  touched: readonly PairJudgement[],
  context: CallersContext,
): Promise<Elsewhere> {
  const { tree, treeAfter = tree, store, judge } = context;
  const file = changed.pair.after?.file ?? "";
  const folder = context.wholeTree ? "." : posix.dirname(file);
  const defining = [changed];
  const judged: PairJudgement[] = [];
  const pointers: HandedOn[] = [];
  const bounds: string[] = [];
  const known = changes.filter((each) => !each.private);
  for (let next = known, round = 0; tree && treeAfter && next.length > 0 && round < MAX_WRAPPERS; round++) {
    const names = new Set(next.map(({ name }) => name));
    const { files, unseen, trouble } = await treeAfter.mentioning([...names], folder, store);
    // The changed file's own callers were judged with it, but for those of what others pass on.
    const near = nearestFirst(files, file).filter((path) => round > 0 || path !== file);
    const { pairs, unread } = callerFiles(near.slice(0, MAX_FILES), touched, { tree, treeAfter });
    const callers = pairs.flatMap((pair) => callersIn(pair, names, defining));
    const handlers = handlersAsleep(next, [changed, ...judged], afterOf(pairs));
    judged.push(...handlers);
    const told = new Set(handlers.flatMap((each) => each.names));
    // That it sleeps, or takes a lock, may matter to anybody who calls it by a pointer: of those that only pass it on, too many.
    const open = next.filter(({ name, change }) => (round === 0 || !change.neutral) && !told.has(name));
    pointers.push(...handedOn(open, afterOf(pairs)));
    bounds.push(...calledByMacros(pairs, names));
    const calls = new Set(callers.flatMap((each) => each.calls));
    const effects = await withCompanions(knownEffects(known), calls, defining, judge);
    const found: PairJudgement[] = [];
    for (const each of callers) found.push(await judgePair(each.pair, each.names, judge, effects));
    judged.push(...found);
    const missing = [...unseen, ...unread, ...(trouble === undefined ? [] : [trouble])];
    bounds.push(...notSearched(names, { folder, left: near.slice(MAX_FILES), missing }));
    next = [...found.flatMap((each) => passedOn(each, known)), ...(await sleepingBy(found, known, judge))];
    known.push(...next);
    defining.push(...found.filter(({ pair }) => isHeader(pair)));
    if (round === MAX_WRAPPERS - 1) bounds.push(...next.map(notFollowed));
  }
  return { judged, handedOn: pointers, bounds };
}

/** Functions of one file that are to be judged, with what they call. */
interface Callers {
  readonly pair: ImagePair;
  readonly names: readonly string[];
  readonly calls: readonly string[];
}

const afterOf = (pairs: readonly ImagePair[]): readonly Image[] => pairs.flatMap(({ after }) => after ?? []);

const isHeader = ({ after }: ImagePair): boolean => after?.file.endsWith(".h") === true;

/** Functions that call one of these. In a header, also wrappers of others that are defined where these are. */
function callersIn(
  pair: ImagePair,
  changed: ReadonlySet<string>,
  defining: readonly PairJudgement[],
): readonly Callers[] {
  const { text = "", file = "" } = pair.after ?? {};
  const graph = callGraph(text, file);
  const callers = graph.callersOf(changed);
  if (callers.size === 0) return [];
  const open = isHeader(pair) ? defining.flatMap((each) => openNames(each, "after")) : [];
  const names = [...new Set([...callers, ...graph.callersOf(new Set(open)), ...changedFunctions(pair)])];
  return [{ pair, names, calls: names.flatMap((name) => [...graph.calls(name)]) }];
}

/** Effects of callers that changed because of those known to have: of a header all, of others what is over when they return. */
function passedOn(judged: PairJudgement, known: readonly ChangedEffect[]): readonly ChangedEffect[] {
  const found = SIDES.flatMap((side) => changedEffects(judged, side, judged.names));
  const open = found.filter(({ file }) => file.endsWith(".h"));
  const taking = newTakers(judged).filter(
    (each) => !each.private && !open.some(({ name }) => name === each.name),
  );
  return [...open, ...taking].filter((each) => !isKnownOf(each, known));
}

const isKnownOf = ({ name, file }: ChangedEffect, known: readonly ChangedEffect[]): boolean =>
  known.some((each) => each.name === name && each.file === file);

/** Callers that sleep in their own callers' context since what they call does. */
async function sleepingBy(
  found: readonly PairJudgement[],
  known: readonly ChangedEffect[],
  judge: Judge,
): Promise<readonly ChangedEffect[]> {
  const sleepers = known.filter(({ side, after }) => side === "after" && sleepOf(after) !== undefined);
  const passing: ChangedEffect[] = [];
  for (const each of sleepers.length > 0 ? found : []) {
    const callers = await callersAsleep(each, sleepers, judge);
    passing.push(...callers.filter((caller) => !isKnownOf(caller, [...known, ...passing])));
  }
  return passing;
}

/** Files that share most folders with this one come first: if some must be left out, it is the far ones. */
function nearestFirst(paths: readonly string[], file: string): readonly string[] {
  const own = file.split("/");
  const distance = (path: string) => {
    const parts = path.split("/");
    const shared = own.findIndex((part, at) => part !== parts[at]);
    return own.length + parts.length - 2 * (shared < 0 ? own.length : shared);
  };
  return paths
    .map((path) => ({ path, far: distance(path) }))
    .sort((one, other) => one.far - other.far)
    .map(({ path }) => path);
}

const notFollowed = ({ file, name }: ChangedEffect): string =>
  `${file}: callers of ${name}() were not judged: headers' functions are followed through ${MAX_WRAPPERS} calls`;

interface Search {
  readonly folder: string;
  readonly left: readonly string[];
  /** Why callers may be missing from what was found. */
  readonly missing: readonly string[];
}

/** Of many reasons the first few are told. */
const MAX_REASONS = 5;

/** What of the search keeps the verdict from being `holds`. */
function notSearched(changed: ReadonlySet<string>, { folder, left, missing }: Search): readonly string[] {
  const names = [...changed].map((name) => `${name}()`).join(", ");
  const gaps = [
    ...(folder === "." ? [] : [`outside ${folder}/ were not looked for (--callers tree)`]),
    ...(left.length === 0 ? [] : [`in ${left.length} more files were not judged, among them ${left[0]}`]),
    ...missing.slice(0, MAX_REASONS).map((reason) => `may be missing: ${reason}`),
    ...(missing.length > MAX_REASONS ? [`may be missing: ${missing.length - MAX_REASONS} more such`] : []),
  ];
  return gaps.map((gap) => `what ${names} does to locks changed: callers ${gap}`);
}

export const knownEffects = (changes: readonly ChangedEffect[]): KnownEffects => ({
  before: new Map(changes.map((each) => [each.name, each.before])),
  after: new Map(changes.map((each) => [each.name, each.after])),
});
