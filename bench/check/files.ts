import { readdirSync } from "node:fs";
import { join } from "node:path";

/** All below the folder, not only what stands in it. */
const BELOW = "/**";

/** The C files of a folder of a tree, as paths within the tree: of `mm` those in it, of `kernel/**` all below. */
export function filesOf(tree: string, folder: string): readonly string[] {
  const recursive = folder.endsWith(BELOW);
  const start = recursive ? folder.slice(0, -BELOW.length) : folder;
  return readdirSync(join(tree, start), { recursive, encoding: "utf8" })
    .filter((name) => name.endsWith(".c"))
    .sort()
    .map((name) => join(start, name));
}
