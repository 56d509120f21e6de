import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Mentions, type Search, searchedOnce, sorted } from "./mentions.ts";
import { run } from "./run.ts";

/** C files and headers, with what changes whenever one of them is written, renamed or replaced. */
const SOURCES = ["-name", ".git", "-prune", "-o", "-type", "f", "-name", "*.[ch]"];
const STAMPS = ["-printf", "%p\t%s\t%T@\t%C@\t%i\n"];
/** Files a process: few enough that all processes have some to read. */
const BATCH = 2_000;

/** The search of a directory, whose files are listed once. The tree is only read. */
export function directorySearch(root: string): Search {
  const listings = new Map<string, Promise<Listing>>();
  const listingOf = (directory: string): Promise<Listing> => {
    const known = listings.get(directory) ?? list(directory);
    listings.set(directory, known);
    return known;
  };
  return async (words, folder, store) => {
    const directory = folder === "." ? root : `${root}/${folder}`;
    const listed = await listingOf(directory);
    if (listed.trouble !== undefined) return { files: [], trouble: listed.trouble };
    const state = [directory, listed.digest, ...words];
    const found = await searchedOnce(store, state, () => grep(directory, words, listed));
    const prefix = folder === "." ? "" : `${folder}/`;
    return { ...found, files: found.files.map((path) => prefix + path) };
  };
}

interface Listing {
  /** Lines of a path and its stamps, as each walk wrote them. */
  readonly parts: readonly Buffer[];
  readonly digest: string;
  readonly trouble?: string;
}

/** As many walks at once as there are processors, each of some of the folders: most of the time goes into waiting. */
async function list(directory: string): Promise<Listing> {
  const names = readdirSync(directory).sort();
  const walks = Math.min(names.length, availableParallelism());
  const results = await Promise.all(
    Array.from({ length: walks }, (_, walk) => {
      const own = names.filter((__, at) => at % walks === walk).map((name) => `./${name}`);
      return run(directory, "find", ["-P", ...own, ...SOURCES, ...STAMPS]);
    }),
  );
  const failed = results.find(({ ok }) => !ok);
  const hash = createHash("sha256");
  for (const { bytes } of results) hash.update(bytes);
  return {
    parts: results.map(({ bytes }) => bytes),
    digest: hash.digest("hex"),
    ...(failed && { trouble: `find: ${failed.error}` }),
  };
}

async function grep(directory: string, words: readonly string[], { parts }: Listing): Promise<Mentions> {
  const parallel = ["-0", "-n", String(BATCH), "-P", String(Math.min(8, availableParallelism()))];
  const search = ["grep", "-lwF", "--null", ...words.flatMap((word) => ["-e", word]), "--"];
  const names = parts.map((each) => each.toString("latin1").replace(/\t[^\n]*\n/g, "\0")).join("");
  // Where some batch has no hit its exit code says so; what goes wrong is on standard error.
  const input = Buffer.from(names, "latin1");
  const { bytes, error } = await run(directory, "xargs", [...parallel, ...search], input);
  const found = bytes.toString().split("\0");
  const files = sorted(found.flatMap((path) => path.replace(/^\.\//, "") || []));
  return { files, ...(error !== "" && { trouble: error }) };
}
