import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Why a test that needs kernel source did not run. */
export const KERNEL_SOURCE_MISSING = "no kernel source: set HOLDFAST_LINUX to an unpacked Linux tree";

/**
 * The root of an unpacked Linux tree: the directory that HOLDFAST_LINUX names, or the newest
 * `linux-source-*` in the usual places; undefined where there is none, so that a test can skip.
 */
export function kernelSource(): string | undefined {
  const { HOLDFAST_LINUX } = process.env;
  if (HOLDFAST_LINUX) return isKernel(HOLDFAST_LINUX) ? HOLDFAST_LINUX : undefined;
  return usualPlaces().flatMap(treesIn).find(isKernel);
}

/** Where distributions and .ci/run unpack kernel source. */
function usualPlaces(): readonly string[] {
  const { XDG_CACHE_HOME } = process.env;
  const cache = XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const roots = ["/usr/src", join(cache, "holdfast")];
  return roots.flatMap((root) => [root, ...directoriesIn(root)]);
}

function treesIn(place: string): readonly string[] {
  return directoriesIn(place)
    .filter((path) => path.includes("linux-source-"))
    .sort()
    .reverse();
}

function directoriesIn(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  const entries = readdirSync(place, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(place, entry.name));
}

function isKernel(directory: string): boolean {
  return existsSync(join(directory, "mm", "memory.c"));
}
