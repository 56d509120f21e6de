import { dirname, relative, resolve } from "node:path";
import { type CheckOptions, type CheckResult, checkSource } from "../../functions/check.ts";
import type { Elsewhere } from "../../functions/elsewhere.ts";
import { InTree } from "../../functions/in-tree.ts";
import type { RestOfTree } from "../../functions/questions.ts";
import type { Knowledge } from "../../model/c/knowledge/index.ts";
import { programDigest } from "../../tree/cache/program.ts";
import { openTreeIndex } from "../../tree/index/tree-index.ts";
import { NearbyFiles } from "../../tree/nearby.ts";
import { rootOf } from "../../tree/tree.ts";
import { openCache } from "../cache.ts";
import type { ProgressLine } from "./progress.ts";
import { isStandardInput, readSource, type SourceFile } from "./source-files.ts";

/** What is read beside the files to check: nothing outside the tree, or the folder that they all stand in. */
export function nearbyFiles(files: readonly SourceFile[], tree: string | undefined): NearbyFiles {
  const paths = files.filter((each) => !isStandardInput(each)).map(({ path }) => resolve(path));
  return new NearbyFiles(tree ?? commonFolder(paths), paths);
}

/** The rest of the tree that files stand in, which is read where it must be: the one that is named. */
export function restOfTree(
  tree: string | undefined,
  files: NearbyFiles,
  known: Knowledge,
  progress: ProgressLine,
): RestOfTree | undefined {
  if (tree === undefined) return undefined;
  const reading = {
    place: { kind: "folder", root: rootOf(tree) },
    store: openCache("index", undefined),
    program: programDigest(),
    onRead: (read: number, all: number) => progress.show(read, all, " of the tree are read"),
  } as const;
  let opened: Promise<InTree> | undefined;
  const open = async () => {
    const index = await openTreeIndex(reading);
    progress.clear();
    return new InTree(index, resolve(tree), files, known);
  };
  return () => {
    opened ??= open();
    return opened;
  };
}

/** The folder of the command where all stand below that, else the one that the first stands in. */
function commonFolder(paths: readonly string[]): string {
  const here = resolve(".");
  const isBelow = paths.every((path) => !relative(here, path).startsWith(".."));
  return isBelow ? here : dirname(paths[0] ?? here);
}

/** Checks a file by what headers and sources near it say; what is read from standard input stands nowhere. */
export async function checkNearOthers(
  file: SourceFile,
  options: CheckOptions,
  elsewhere: Elsewhere,
): Promise<CheckResult> {
  const source = { file: file.name, text: readSource(file) };
  if (isStandardInput(file)) return checkSource(source, options);
  const { unread, left, ...informed } = await elsewhere.about({
    path: resolve(file.path),
    text: source.text,
  });
  const result = await checkSource(source, { ...options, ...informed });
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
