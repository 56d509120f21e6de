import { posix } from "node:path";
import { SIDES } from "../diff/diff.ts";
import { toText } from "../intake/text.ts";
import {
  changedFunctions,
  type ImagePair,
  judgePair,
  type KnownEffects,
  type PairJudgement,
} from "../judge/pair.ts";
import { untouchedImage } from "../tree/image.ts";
import { callGraph } from "./call-graph.ts";
import type { CallersContext } from "./callers.ts";
import { type ChangedEffect, changedEffects } from "./changed-effects.ts";

/** Callers in other files than the changed function's. */
export interface Elsewhere {
  readonly judged: readonly PairJudgement[];
  readonly bounds: readonly string[];
}

/** A function with more callers than that is part of the kernel's language: see model/kernel/table. */
const MOST_FILES = 200;
/** How many headers' functions, one calling the other, are followed to those who call them. */
const MOST_WRAPPERS = 4;

/**
 * Finds and judges the callers that other files have of functions whose effect changed. Where a function of a
 * header passes the effect on, its callers are judged as well.
 */
export async function judgeElsewhere(
  file: string,
  changes: readonly ChangedEffect[],
  touched: readonly PairJudgement[],
  context: CallersContext,
): Promise<Elsewhere> {
  const { tree, store } = context;
  const folder = context.wholeTree ? "." : posix.dirname(file);
  const judged: PairJudgement[] = [];
  const bounds: string[] = [];
  const known = changes.filter((each) => !each.private);
  for (let next = known, round = 0; tree && next.length > 0 && round < MOST_WRAPPERS; round++) {
    const names = new Set(next.map(({ name }) => name));
    const { files, trouble } = await tree.mentioning([...names], folder, store);
    // The changed file's own callers were judged with it, but for those of what others pass on.
    const near = nearestFirst(files, file).filter((path) => round > 0 || path !== file);
    const found: PairJudgement[] = [];
    for (const path of near.slice(0, MOST_FILES)) {
      const pair = pairOf(path, touched, context);
      const wanted = pair ? namesToJudge(pair, names) : [];
      if (pair && wanted.length > 0)
        found.push(await judgePair(pair, wanted, context.judge, knownEffects(known)));
    }
    judged.push(...found);
    bounds.push(...notSearched(names, { folder, left: near.slice(MOST_FILES), trouble }));
    next = found.flatMap((each) => passedOn(each, known));
    known.push(...next);
  }
  return { judged, bounds };
}

/** Effects of a header's functions that changed because of those known to have. */
function passedOn(judged: PairJudgement, known: readonly ChangedEffect[]): readonly ChangedEffect[] {
  const found = SIDES.flatMap((side) => changedEffects(judged, side, judged.names));
  const isKnown = ({ name, file }: ChangedEffect) =>
    known.some((each) => each.name === name && each.file === file);
  return found.filter((each) => each.file.endsWith(".h") && !isKnown(each));
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

interface Search {
  readonly folder: string;
  readonly left: readonly string[];
  readonly trouble: string | undefined;
}

/** What of the search keeps the verdict from being `holds`. */
function notSearched(changed: ReadonlySet<string>, { folder, left, trouble }: Search): readonly string[] {
  const names = [...changed].map((name) => `${name}()`).join(", ");
  const gaps = [
    ...(folder === "." ? [] : [`outside ${folder}/ were not looked for (--callers tree)`]),
    ...(left.length === 0 ? [] : [`in ${left.length} more files were not judged, among them ${left[0]}`]),
    ...(trouble === undefined ? [] : [`may be missing: ${trouble}`]),
  ];
  return gaps.map((gap) => `what ${names} does to locks changed: callers ${gap}`);
}

export const knownEffects = (changes: readonly ChangedEffect[]): KnownEffects => ({
  before: new Map(changes.map((each) => [each.name, each.before])),
  after: new Map(changes.map((each) => [each.name, each.after])),
});

function pairOf(
  path: string,
  touched: readonly PairJudgement[],
  { tree }: CallersContext,
): ImagePair | undefined {
  const own = touched.find(({ pair }) => pair.after?.file === path);
  if (own) return own.pair;
  const bytes = tree?.read(path);
  if (!bytes) return undefined;
  const image = untouchedImage(path, toText(bytes));
  const file = { before: path, after: path, hunks: [], binary: false, input: 0 };
  return { file, before: image, after: image };
}

function namesToJudge(pair: ImagePair, changed: ReadonlySet<string>): readonly string[] {
  const { text = "", file = "" } = pair.after ?? {};
  const callers = callGraph(text, file).callersOf(changed);
  return callers.size === 0 ? [] : [...new Set([...callers, ...changedFunctions(pair)])];
}
