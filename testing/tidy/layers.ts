import { posix } from "node:path";
import type { SourceFile } from "./sources.ts";
import { importsOf } from "./syntax.ts";

/** Each may import itself and what stands before it. */
export const LAYERS = [
  "model",
  "properties",
  "checker",
  "tree",
  "functions",
  "gate",
  "counterexamples",
  "reports",
  "cli",
] as const;

/** Imports of a product file that point forward, or out of the product. */
export function wrongImports(source: SourceFile): readonly string[] {
  const own = rank(source.path);
  const targets = importsOf(source)
    .filter((request) => request.startsWith("."))
    .map((request) => posix.join(posix.dirname(source.path), request));
  return targets.filter((target) => rank(target) > own).map((target) => `${source.path} imports ${target}`);
}

/** Where a file's folder stands; what is outside the layers stands above them all. */
export function rank(path: string): number {
  const position = LAYERS.findIndex((layer) => path.startsWith(`${layer}/`));
  return position < 0 ? LAYERS.length : position;
}
