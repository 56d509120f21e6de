import { posix } from "node:path";
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
import type { ChangedEffect } from "./changed-effects.ts";

/** Callers in other files than the changed function's. */
export interface Elsewhere {
  readonly judged: readonly PairJudgement[];
  readonly bounds: readonly string[];
}

/** Finds and judges the callers that other files have of functions whose effect changed. */
export async function judgeElsewhere(
  file: string,
  changes: readonly ChangedEffect[],
  touched: readonly PairJudgement[],
  context: CallersContext,
): Promise<Elsewhere> {
  const open = changes.filter((each) => !each.private);
  const { tree } = context;
  if (!tree || open.length === 0) return { judged: [], bounds: [] };
  const folder = context.wholeTree ? "." : posix.dirname(file);
  const names = new Set(open.map(({ name }) => name));
  const paths = new Set([...names].flatMap((name) => tree.mentioning(name, folder)));
  const pairs = [...paths].sort().flatMap((path) => (path === file ? [] : pairOf(path, touched, context)));
  const judged: PairJudgement[] = [];
  for (const pair of pairs) {
    const wanted = namesToJudge(pair, names);
    if (wanted.length > 0) judged.push(await judgePair(pair, wanted, context.judge, knownEffects(open)));
  }
  const altered = new Set(
    open.filter(({ side, change }) => side === "after" && !change.neutral).map(({ name }) => name),
  );
  return { judged, bounds: folder === "." ? [] : [...altered].map((name) => notSearched(name, folder)) };
}

export const knownEffects = (changes: readonly ChangedEffect[]): KnownEffects => ({
  before: new Map(changes.map((each) => [each.name, each.before])),
  after: new Map(changes.map((each) => [each.name, each.after])),
});

const notSearched = (name: string, folder: string): string =>
  `what ${name}() does to locks changed: callers outside ${folder}/ were not looked for (--callers tree)`;

function pairOf(
  path: string,
  touched: readonly PairJudgement[],
  { tree }: CallersContext,
): readonly ImagePair[] {
  const own = touched.find(({ pair }) => pair.after?.file === path);
  if (own) return [own.pair];
  const bytes = tree?.read(path);
  if (!bytes) return [];
  const image = untouchedImage(path, toText(bytes));
  const file = { before: path, after: path, hunks: [], binary: false, input: 0 };
  return [{ file, before: image, after: image }];
}

function namesToJudge(pair: ImagePair, changed: ReadonlySet<string>): readonly string[] {
  const { text = "", file = "" } = pair.after ?? {};
  const callers = callGraph(text, file).callersOf(changed);
  return callers.size === 0 ? [] : [...new Set([...callers, ...changedFunctions(pair)])];
}
