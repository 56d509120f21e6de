import { join } from "node:path";
import { Elsewhere } from "../../functions/elsewhere.ts";
import { InTree } from "../../functions/in-tree.ts";
import { ANY } from "../../model/c/index.ts";
import { type CallEffect, type Knowledge, withConfirmedSleep } from "../../model/c/knowledge/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { type ChangedTexts, changedFiles } from "../../tree/changed-files.ts";
import { filesOfTree } from "../../tree/files-of-tree.ts";
import type { TreeIndex } from "../../tree/index/tree-index.ts";
import { NearbyFiles } from "../../tree/nearby.ts";
import type { Tree } from "../../tree/tree.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { otherSide, SIDES, type Side } from "../diff/diff.ts";
import type { Image } from "../rebuild/rebuild.ts";
import type { Effects, Judge } from "./judge.ts";
import { isSureSleep } from "./sure-sleep.ts";

/** Opens the index of a tree. */
export type OpenIndex = (tree: Tree) => Promise<TreeIndex>;

/** Where functions of files that a change leaves alone are looked up. */
export interface KnownTree {
  readonly tree: Tree;
  /** What all of the tree is after the change; `tree` with the change alone where absent. */
  readonly treeAfter: Tree | undefined;
  /** What the patches so far made of its files. */
  readonly patched: ChangedTexts;
  readonly index: OpenIndex | undefined;
  readonly table: Knowledge;
}

/**
 * A judge that knows what the files around a touched one say of the functions that it calls: those of the same side of
 * the change. What is known already goes before that.
 */
export function informedJudge(judge: Judge, pairs: readonly ImagePair[], known: KnownTree): Judge {
  const about = effectsAround(pairs, judge, known);
  const merged = async (image: Image, functions: readonly string[], given: Effects | undefined) => {
    const found = await about(image, functions);
    const isTold = ([name, effect]: readonly [string, CallEffect | undefined]) =>
      effect !== undefined || found.get(name)?.leavesLocks !== true;
    return found.size === 0 ? given : new Map([...found, ...[...(given ?? [])].filter(isTold)]);
  };
  const informed: Judge = async (image, functions, given) =>
    judge(image, functions, await merged(image, functions, given));
  const { probe, remember } = judge;
  return Object.assign(informed, {
    around: about,
    ...(remember && { remember }),
    ...(probe && {
      probe: async (...[image, name, given, doubted]: Parameters<typeof probe>) =>
        probe(image, name, (await merged(image, [name], given)) ?? given, doubted),
    }),
  });
}

type About = (image: Image, functions: readonly string[]) => Promise<Effects>;

const NOTHING: Effects = new Map();

/** What one side of a change has around its files. */
interface Surroundings {
  readonly root: string;
  readonly files: NearbyFiles;
  readonly elsewhere: Elsewhere;
}

function effectsAround(pairs: readonly ImagePair[], judge: Judge, known: KnownTree): About {
  const { tree, treeAfter, patched, index, table } = known;
  const standing = { before: once(() => standingIn(tree, index)) };
  const trees = {
    ...standing,
    after: treeAfter ? once(() => standingIn(treeAfter, index)) : standing.before,
  };
  const around = (side: Side): Surroundings => {
    const { root, files, opened } = trees[side]();
    const texts = new Map([...patched, ...textsOn(side, pairs)]);
    const given = [...texts].flatMap(([name, text]) => (text === undefined ? [] : [join(root, name)]));
    const nearby = new NearbyFiles(root, given, changedFiles(files, root, texts));
    let inTree: Promise<InTree> | undefined;
    const rest = async (open: () => Promise<TreeIndex>) => new InTree(await open(), root, nearby, table);
    const askTree = opened && (() => (inTree ??= rest(opened)));
    return { root, files: nearby, elsewhere: new Elsewhere(nearby, table, askTree) };
  };
  const sides = { before: once(() => around("before")), after: once(() => around("after")) };
  const sideOf = (image: Image) =>
    image.isOfAnotherPart ? image.side : SIDES.find((side) => pairs.some((pair) => pair[side] === image));
  return async (image, functions) => {
    const side = sideOf(image);
    if (side === undefined || image.partial || functions.length === 0) return NOTHING;
    const { root, files: nearby, elsewhere } = sides[side]();
    const source = { path: join(root, image.file), text: image.text };
    const asleep = callsOf(image, functions);
    const { effects, chains, silent } = await elsewhere.about(source, functions, asleep);
    const told = [...effects].map(
      ([name, effect]) => [name, effect.flagsAt === undefined ? effect : confirmed(effect)] as const,
    );
    const found = new Map<string, CallEffect>([...[...silent].map(leavingLocks), ...told]);
    for (const [name, chain] of chains)
      if (await isSureSleep(name, chain, { root, files: nearby }, judge))
        found.set(name, withConfirmedSleep(name, found.get(name), chain));
    return found;
  };
}

/** Files of a tree, which are read once for all sides that have them, and its index. */
const standingIn = (tree: Tree, index: OpenIndex | undefined) => ({
  ...filesOfTree(tree.place),
  opened: index && once(() => index(tree)),
});

/** What sleeps where its flags allow it does so whoever calls it. */
const confirmed = (effect: CallEffect): CallEffect => ({
  ...effect,
  outcomes: effect.outcomes.map((each) => ({
    ...each,
    does: each.does.map((done) => ({ ...done, confirmed: true })),
  })),
});

const leavingLocks = (name: string): readonly [string, CallEffect] => [
  name,
  {
    ...{ name, source: "summary", leavesLocks: true },
    outcomes: [{ name: "done", weight: 0, does: [], returns: ANY }],
  },
];

/** What functions call: that it sleeps matters to their callers, too. */
function callsOf({ text, file }: Image, functions: readonly string[]): readonly string[] {
  const graph = callGraph(text, file);
  return functions.flatMap((name) => [...graph.calls(name)]);
}

function once<Result>(make: () => Result): () => Result {
  let made: Result | undefined;
  return () => (made ??= make());
}

/** What the change touches, as it stands on one side; undefined for what is only on the other. */
const textsOn = (side: Side, pairs: readonly ImagePair[]): ChangedTexts =>
  new Map([
    ...pairs.flatMap((pair) =>
      pair[otherSide(side)] ? [[pair[otherSide(side)]?.file ?? "", undefined] as const] : [],
    ),
    ...pairs.flatMap((pair) => (pair[side] ? [[pair[side].file, pair[side].text] as const] : [])),
  ]);
