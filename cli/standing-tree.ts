import { dirname, resolve } from "node:path";
import { readerOf } from "./tree.ts";

/** The kernel tree that a folder lies in, by its top Makefile; undefined where it lies in none. */
export function standingTree(folder = "."): string | undefined {
  for (let place = resolve(folder); ; place = dirname(place)) {
    if (isKernelTree(place)) return place;
    if (dirname(place) === place) return undefined;
  }
}

/** The kernel's Makefile begins with its version. */
const isKernelTree = (folder: string): boolean =>
  /^VERSION *= *\d+\s*\nPATCHLEVEL *= *\d+/m.test(readerOf(folder)?.("Makefile") ?? "");
