import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { digest, type Store } from "../cache/store.ts";
import { type Mentions, remembered, sorted } from "./mentions.ts";
import { run } from "./run.ts";

/** C files and headers, with what changes whenever one of them is written, renamed or replaced. */
const SOURCES = ["-name", ".git", "-prune", "-o", "-type", "f", "-name", "*.[ch]"];
const STAMPS = ["-printf", "%p\t%s\t%T@\t%C@\t%i\n"];
/** Files a process: few enough that all processes have some to read. */
const BATCH = 2_000;

/** Searches the files of a plain directory under a folder (`.` for all). The tree is only read. */
export async function searchDirectory(
  root: string,
  words: readonly string[],
  folder: string,
  store?: Store,
): Promise<Mentions> {
  const directory = folder === "." ? root : `${root}/${folder}`;
  const listed = await list(directory);
  if (listed.trouble !== undefined) return { files: [], trouble: listed.trouble };
  const state = [directory, digest(listed.text), ...words];
  const found = await remembered(store, state, () => grep(directory, words, listed.text));
  const prefix = folder === "." ? "" : `${folder}/`;
  return { ...found, files: found.files.map((path) => prefix + path) };
}

/** As many walks at once as there are processors, each of some of the folders: most of the time goes into waiting. */
async function list(directory: string): Promise<{ readonly text: string; readonly trouble?: string }> {
  const names = readdirSync(directory).sort();
  const walks = Math.min(names.length, availableParallelism());
  const results = await Promise.all(
    Array.from({ length: walks }, (_, walk) => {
      const own = names.filter((__, at) => at % walks === walk).map((name) => `./${name}`);
      return run(directory, "find", ["-P", ...own, ...SOURCES, ...STAMPS]);
    }),
  );
  const failed = results.find(({ ok }) => !ok);
  const text = results.map(({ out }) => out).join("");
  return { text, ...(failed && { trouble: `find: ${failed.error}` }) };
}

async function grep(directory: string, words: readonly string[], listed: string): Promise<Mentions> {
  const parallel = ["-0", "-n", String(BATCH), "-P", String(Math.min(8, availableParallelism()))];
  const search = ["grep", "-lwF", "--null", ...words.flatMap((word) => ["-e", word]), "--"];
  const names = listed.replace(/\t[^\n]*\n/g, "\0");
  // Where some batch has no hit its exit code says so; what goes wrong is on standard error.
  const { out, error } = await run(directory, "xargs", [...parallel, ...search], names);
  const files = sorted(out.split("\0").flatMap((path) => path.replace(/^\.\//, "") || []));
  return { files, ...(error !== "" && { trouble: error }) };
}
