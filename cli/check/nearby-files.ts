import { dirname, relative, resolve } from "node:path";
import { asleepAbove } from "../../functions/above/asleep-above.ts";
import { Callers } from "../../functions/above/callers.ts";
import type { TreeAbove } from "../../functions/above/calling-file.ts";
import { type CheckOptions, type CheckResult, checkSource } from "../../functions/check.ts";
import { Elsewhere } from "../../functions/elsewhere.ts";
import type { Finding } from "../../functions/finding.ts";
import { InTree } from "../../functions/in-tree.ts";
import type { RestOfTree } from "../../functions/questions.ts";
import type { Knowledge } from "../../model/c/knowledge/index.ts";
import { programDigest } from "../../tree/cache/program.ts";
import type { Dependencies } from "../../tree/dependencies.ts";
import { folderSource } from "../../tree/file-source.ts";
import { openTreeIndex, type TreeIndex } from "../../tree/index/tree-index.ts";
import { type NearFile, NearFiles } from "../../tree/near-files.ts";
import { NearbyFiles } from "../../tree/nearby.ts";
import { noteText } from "../../tree/present.ts";
import { rootOf } from "../../tree/tree.ts";
import { openCache } from "../cache.ts";
import type { CheckArguments } from "./options.ts";
import type { ProgressLine } from "./progress.ts";
import { isStandardInput, readSource, type SourceFile } from "./source-files.ts";

/** What is read beside the files to check: nothing outside the tree, or the folder that they all stand in. */
export function nearbyFiles(
  files: readonly SourceFile[],
  tree: string | undefined,
  dependencies?: Dependencies,
): NearbyFiles {
  const root = rootAround(files, tree);
  const reader = new NearFiles(root, folderSource, dependencies);
  return new NearbyFiles(root, pathsOf(files), reader, dependencies);
}

const pathsOf = (files: readonly SourceFile[]): readonly string[] =>
  files.filter((each) => !isStandardInput(each)).map(({ path }) => resolve(path));

/** What nothing outside of is read. */
export const rootAround = (files: readonly SourceFile[], tree: string | undefined): string =>
  tree ?? commonFolder(pathsOf(files));

/** The tree that files stand in, and what of it is read where it must be. */
export interface WholeTree {
  readonly root: string;
  readonly rest: RestOfTree;
  readonly index: () => Promise<TreeIndex>;
  /** Where callers are looked up: apart from what is known of callees, so that neither depends on the other. */
  readonly above: () => Promise<Omit<TreeAbove, "isChecked">>;
}

/** The tree that is named; its index is opened once. */
export function wholeTree(
  { tree, cache }: Pick<CheckArguments, "tree" | "cache">,
  files: NearbyFiles,
  known: Knowledge,
  progress: ProgressLine,
): WholeTree | undefined {
  if (tree === undefined) return undefined;
  const reading = {
    place: { kind: "folder", root: rootOf(tree) },
    store: openCache("index", cache),
    program: programDigest(),
    onRead: (read: number, all: number) => progress.show(read, all, " of the tree are read"),
  } as const;
  const root = resolve(tree);
  const index = once(async () => {
    const opened = await openTreeIndex(reading);
    progress.clear();
    return opened;
  });
  const rest = once(async () => new InTree(await index(), root, files, known));
  const above = once(async () => {
    const apart = new NearbyFiles(root, []);
    const inTree = once(async () => new InTree(await index(), root, apart, known));
    const elsewhere = new Elsewhere(apart, known, inTree);
    return { root, known, files: apart, elsewhere, callers: new Callers(await index(), known) };
  });
  return { root, rest, index, above };
}

function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The folder of the command where all stand below that, else the one that the first stands in. */
function commonFolder(paths: readonly string[]): string {
  const here = resolve(".");
  const isBelow = paths.every((path) => !relative(here, path).startsWith(".."));
  return isBelow ? here : dirname(paths[0] ?? here);
}

/** What stands around the files to check. */
export interface Around {
  readonly elsewhere: Elsewhere;
  readonly tree?: WholeTree | undefined;
  /** The paths of the files to check. */
  readonly checked?: ReadonlySet<string>;
  /** Notes what results depend on. */
  readonly dependencies?: Dependencies | undefined;
}

/** Checks a file by what headers and sources near it say, and the tree; what is read from standard input stands nowhere. */
export async function checkNearOthers(
  file: SourceFile,
  options: CheckOptions,
  around: Around,
): Promise<CheckResult> {
  const source = { file: file.name, text: readSource(file) };
  if (isStandardInput(file)) return checkSource(source, options);
  const path = resolve(file.path);
  noteText(path, source.text, around.dependencies);
  const { unread, left, ...informed } = await around.elsewhere.about({ path, text: source.text });
  const hints = () => hintsAbove({ path, name: file.name, text: source.text }, around);
  const result = await checkSource(source, { ...options, ...informed, hints });
  if (result.functions.seen === 0) return result;
  const named = (each: string) => `${file.name}: ${each}`;
  return {
    ...result,
    bounds: [
      ...result.bounds,
      ...unread.map((each) => named(`a header that it includes was not read: ${each}`)),
    ],
    assumed: [...result.assumed, ...left.map(named)],
  };
}

async function hintsAbove(source: NearFile, { tree, checked }: Around): Promise<readonly Finding[]> {
  if (!tree) return [];
  const isChecked = (path: string) => checked?.has(resolve(tree.root, path)) === true;
  return asleepAbove(source, { ...(await tree.above()), isChecked });
}
