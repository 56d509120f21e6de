import { dirname, relative, resolve } from "node:path";
import { type CheckOptions, type CheckResult, checkSource } from "../../functions/check.ts";
import type { Elsewhere } from "../../functions/elsewhere.ts";
import { NearbyFiles } from "../../tree/nearby.ts";
import { isStandardInput, readSource, type SourceFile } from "./source-files.ts";

/** What is read beside the files to check: nothing outside the tree, or the folder that they all stand in. */
export function nearbyFiles(files: readonly SourceFile[], tree: string | undefined): NearbyFiles {
  const paths = files.filter((each) => !isStandardInput(each)).map(({ path }) => resolve(path));
  return new NearbyFiles(tree ?? commonFolder(paths), paths);
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
