import { createHash } from "node:crypto";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import {
  inAnyFolder,
  type Lead,
  type Mentions,
  type Search,
  SOURCE_NAMES,
  searchedOnce,
  sorted,
  unseenBehind,
} from "./mentions.ts";
import { fileIn, isArgument, nameOf, namesIn } from "./names.ts";
import { run } from "./run.ts";

/** C and links, with what changes whenever one of them is written, renamed or replaced. */
const NAMES = SOURCE_NAMES.flatMap((name, at) => [...(at === 0 ? [] : ["-o"]), "-name", name]);
const SOURCES = [
  "-name",
  ".git",
  "-prune",
  "-o",
  "(",
  "-type",
  "f",
  "(",
  ...NAMES,
  ")",
  "-o",
  "-type",
  "l",
  ")",
];
const STAMPS = ["-printf", "%y %s %T@ %C@ %i %p\\0"];
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
  return inAnyFolder(async (words, folder, store) => {
    const directory = folder === "." ? root : `${root}/${folder}`;
    const listing = await listingOf(directory);
    // After an error, what changed in it would not be noticed.
    const known = listing.trouble === undefined ? store : undefined;
    const found = await searchedOnce(known, [directory, listing.digest, ...words], () =>
      searchListed({ root, directory, listing, words }),
    );
    const prefix = folder === "." ? "" : `${folder}/`;
    const within = (paths: readonly string[]) => paths.map((path) => prefix + path);
    return { ...found, files: within(found.files), unseen: within(found.unseen) };
  });
}

interface Listing {
  /** For each file or link its kind, stamps and path, as each walk wrote them. */
  readonly parts: readonly Buffer[];
  readonly digest: string;
  readonly trouble?: string;
}

/** As many walks at once as there are processors, each of some of the folders: most of the time goes into waiting. */
async function list(directory: string): Promise<Listing> {
  const starts = startsIn(directory);
  const walks = Math.min(starts.length, availableParallelism());
  const results = await Promise.all(
    Array.from({ length: walks }, (_, walk) => {
      const own = starts.filter((__, at) => at % walks === walk);
      return run(directory, "find", ["-P", ...own, ...SOURCES, ...STAMPS]);
    }),
  );
  const failed = results.find(({ code }) => code !== 0);
  const hash = createHash("sha256");
  for (const { bytes } of results) hash.update(bytes);
  return {
    parts: results.map(({ bytes }) => bytes),
    digest: hash.digest("hex"),
    ...(failed && { trouble: failed.error || `find: exit code ${failed.code}` }),
  };
}

/** What lies in a directory; the directory itself where the name of something in it cannot be an argument. */
function startsIn(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory, { encoding: "buffer" }).map(nameOf).sort();
  return names.every(isArgument) ? names.map((name) => `./${name}`) : ["."];
}

interface ListedSearch {
  readonly root: string;
  readonly directory: string;
  readonly listing: Listing;
  readonly words: readonly string[];
}

async function searchListed({ root, directory, listing, words }: ListedSearch): Promise<Mentions> {
  const [files, links] = [pathsOf(listing, "f"), pathsOf(listing, "l")];
  const { found, trouble = listing.trouble } = await grep(directory, words, files);
  const names = links.map((path) => nameOf(Buffer.from(path.slice("./".length), "latin1")));
  const leads = names.flatMap((link) => leadOf(root, directory, link) ?? []);
  return { files: sorted(found), unseen: unseenBehind(leads), ...(trouble !== undefined && { trouble }) };
}

/** The paths of one kind, which begin with `./`, each byte a character. */
function pathsOf({ parts }: Listing, kind: "f" | "l"): readonly string[] {
  const lines = parts.flatMap((part) => part.toString("latin1").split("\0"));
  return lines.filter((line) => line.startsWith(kind)).map((line) => line.slice(line.indexOf(" ./") + 1));
}

async function grep(directory: string, words: readonly string[], files: readonly string[]) {
  const parallel = ["-0", "-n", String(BATCH), "-P", String(Math.min(8, availableParallelism()))];
  const search = ["grep", "-lwF", "--null", ...words.flatMap((word) => ["-e", word]), "--"];
  const input = Buffer.from(files.map((file) => `${file}\0`).join(""), "latin1");
  const { bytes, error, code } = await run(directory, "xargs", [...parallel, ...search], input);
  const found = namesIn(bytes).map((path) => path.replace(/^\.\//, ""));
  // 123: some batch has no hit. What else goes wrong is on standard error.
  const isWhole = (code === 0 || code === 123) && error === "";
  return { found, ...(!isWhole && { trouble: error || `xargs: exit code ${code}` }) };
}

/** Undefined where a link leads nowhere. */
function leadOf(root: string, directory: string, path: string): Lead | undefined {
  const place = fileIn(directory, path);
  if (!existsSync(place)) return undefined;
  const target = relative(root, realpathSync(place));
  return { path, target: target.startsWith("..") ? undefined : target };
}
