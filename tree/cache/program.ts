import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { VERSION } from "../../model/tool-version.ts";
import { digest } from "./store.ts";

const HERE = import.meta.dirname;
/** What a judgement depends on: the sources, or, once built, all that lies beside the bundle of this module. */
const FOLDERS = import.meta.filename.endsWith(".ts")
  ? ["model", "properties", "checker", "tree", "functions"].map((folder) => join(HERE, "..", "..", folder))
  : [dirname(HERE)];

let known: string | undefined;

/**
 * Names the program by its version and its files as they are when it first asks, for what runs has been loaded:
 * what an older one judged is never believed.
 */
export function programDigest(): string {
  known ??= digestOfFiles();
  return known;
}

function digestOfFiles(): string {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /(?<!\.test|\.d)\.[jt]s$/.test(path))
      .map((path) => join(folder, path)),
  );
  const stamps = files.sort().map((path) => {
    const { size, mtimeMs } = statSync(path);
    return `${path} ${size} ${mtimeMs}`;
  });
  return digest([VERSION, process.versions.node, ...stamps].join("\n"));
}
