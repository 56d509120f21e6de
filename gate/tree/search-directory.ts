import { availableParallelism } from "node:os";
import { digest, type Store } from "../cache/store.ts";
import { type Mentions, remembered, sorted } from "./mentions.ts";
import { run } from "./run.ts";

/** C files and headers, with what changes whenever one of them is written, renamed or replaced. */
const SOURCES = ["-name", ".git", "-prune", "-o", "-type", "f", "-name", "*.[ch]"];
const STAMPS = ["-printf", "%P\t%s\t%T@\t%C@\t%i\n"];
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
  const listed = await run(directory, "find", ["-P", ".", ...SOURCES, ...STAMPS]);
  const paths = listed.out.split("\n").flatMap((line) => line.split("\t")[0] || []);
  if (!listed.ok) return { files: [], trouble: `find: ${listed.error}` };
  const state = [directory, digest(listed.out), ...words];
  const found = await remembered(store, state, () => grep(directory, words, paths));
  const prefix = folder === "." ? "" : `${folder}/`;
  return { ...found, files: found.files.map((path) => prefix + path) };
}

async function grep(
  directory: string,
  words: readonly string[],
  paths: readonly string[],
): Promise<Mentions> {
  const parallel = ["-0", "-n", String(BATCH), "-P", String(Math.min(8, availableParallelism()))];
  const search = ["grep", "-lwF", "--null", ...words.flatMap((word) => ["-e", word]), "--"];
  const names = paths.map((path) => `./${path}\0`).join("");
  // Where some batch has no hit its exit code says so; what goes wrong is on standard error.
  const { out, error } = await run(directory, "xargs", [...parallel, ...search], names);
  const files = sorted(out.split("\0").flatMap((path) => path.replace(/^\.\//, "") || []));
  return { files, ...(error !== "" && { trouble: error }) };
}
