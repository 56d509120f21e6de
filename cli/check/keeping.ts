import { resolve } from "node:path";
import type { Kernel } from "../../model/kernel/version/tree.ts";
import { programDigest } from "../../tree/cache/program.ts";
import { digest } from "../../tree/cache/store.ts";
import { openCache } from "../cache.ts";
import { readText } from "../read-file.ts";
import { KeptResults } from "./kept-results.ts";
import { type Around, rootAround } from "./nearby-files.ts";
import type { CheckArguments } from "./options.ts";
import { isStandardInput, type SourceFile } from "./source-files.ts";

/** Of fewer files, the results are made as fast as they are looked up. */
const FEW_FILES = 10;

/** Whether the results of a check are kept: not those of some functions, nor what is more than text, nor what callers show. */
export function areKept(files: readonly SourceFile[], options: CheckArguments): boolean {
  const { function: names, only, explain, showModel, audit, tree, cache } = options;
  const isMore = [names, only, explain, showModel].some((each) => each !== undefined);
  const looksUp = audit === true && tree !== undefined;
  return !isMore && !looksUp && cache !== false && files.length >= FEW_FILES && !files.some(isStandardInput);
}

/** What is kept of the results of a check of these files; undefined where nothing is. */
export async function keptResults(
  { files, options, kernel }: KeptFor,
  { dependencies, tree }: Around,
): Promise<KeptResults | undefined> {
  const store = dependencies && openCache("results", options.cache);
  if (!store) return undefined;
  const root = rootAround(files, options.tree);
  const { audit, config, shard } = options;
  const about = [
    programDigest(),
    ...[resolve(root), tree?.root ?? "", kernel.version ?? "", audit === true ? "audit" : ""].map(String),
    config === undefined ? "" : readText(config),
    digest(files.map(({ name, path }) => `${name}\n${resolve(path)}\n`).join("")),
  ];
  return KeptResults.open({ store, about, root, index: tree?.index, dependencies, shard });
}

interface KeptFor {
  readonly files: readonly SourceFile[];
  readonly options: CheckArguments;
  readonly kernel: Kernel;
}
