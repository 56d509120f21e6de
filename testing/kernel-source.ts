import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where unpacked kernel trees usually lie; each may hold trees or be one. */
function usualPlaces(): readonly string[] {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return ["/usr/src", "/usr/src/linux-src", join(cache, "holdfast")];
}

/**
 * The root of an unpacked Linux tree: the directory named by HOLDFAST_LINUX, or the newest
 * `linux-source-*` in the usual places; undefined where there is none, so that a test can skip.
 */
export function kernelSource(): string | undefined {
  const named = process.env["HOLDFAST_LINUX"];
  if (named !== undefined && named !== "") return isKernel(named) ? named : undefined;
  return usualPlaces().flatMap(treesIn).find(isKernel);
}

/** Why a test that needs kernel source did not run. */
export const KERNEL_SOURCE_MISSING = "no kernel source: set HOLDFAST_LINUX to an unpacked Linux tree";

function treesIn(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  const names = readdirSync(place).filter((name) => name.startsWith("linux-source-"));
  return names
    .sort()
    .reverse()
    .map((name) => join(place, name));
}

function isKernel(directory: string): boolean {
  return existsSync(join(directory, "mm", "memory.c"));
}
