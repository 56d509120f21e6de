import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../model/tool-version.ts";
import { digest } from "./store.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** What a judgement depends on. */
const FOLDERS = ["model", "properties", "checker"];

/** Names the program by its version and its files as they are: what an older one judged is never believed. */
export function programDigest(): string {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /(?<!\.test|\.d)\.[jt]s$/.test(path))
      .map((path) => join(folder, path)),
  );
  const stamps = files.sort().map((path) => {
    const { size, mtimeMs } = statSync(join(ROOT, path));
    return `${path} ${size} ${mtimeMs}`;
  });
  return digest([VERSION, process.versions.node, ...stamps].join("\n"));
}
