import type { Command } from "commander";
import { programDigest } from "../../tree/cache/program.ts";
import { requireCommit, requireRepository } from "../../tree/commit-tree.ts";
import type { Place } from "../../tree/index/sources.ts";
import { openTreeIndex, type TreeIndex } from "../../tree/index/tree-index.ts";
import { rootOf } from "../../tree/tree.ts";
import { openCache } from "../cache.ts";
import { progressLine } from "../check/progress.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { wholeNumber } from "../explore/number.ts";
import type { Terminal } from "../terminal.ts";

interface IndexArguments {
  readonly tree: string;
  readonly commit?: string;
  /** False with --no-cache. */
  readonly cache?: string | false;
  readonly threads?: number;
  readonly verbose?: boolean;
}

const AFTER = `
check --tree DIR uses the index, and reads what changed since. Exit codes: 0 done, 2 bad input.`;

export function configure(command: Command): Command {
  return command
    .allowExcessArguments(false)
    .requiredOption("--tree <dir>", "the tree to read: a plain directory or a git checkout")
    .option("--commit <revision>", "a commit of the tree, instead of what stands in it")
    .option("--cache <dir>", "where to keep the index (default: holdfast in the user's cache folder)")
    .option("--no-cache", "read all anew, and keep nothing")
    .option("--threads <n>", "how many threads read at once (default: one for each processor)", (text) =>
      wholeNumber("--threads", text),
    )
    .option("-v, --verbose", "list the files that were left out")
    .addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const options = command.opts<IndexArguments>();
  const started = performance.now();
  const progress = progressLine(terminal);
  const index = await openTreeIndex({
    place: placeOf(options),
    store: openCache("index", options.cache),
    program: programDigest(),
    ...(options.threads !== undefined && { threads: options.threads }),
    onRead: (read, files) => progress.show(read, files),
  });
  const summary = summaryOf(index, (performance.now() - started) / 1000);
  progress.clear();
  const left = options.verbose === true ? index.unread.map((each) => `left out: ${each}\n`) : [];
  terminal.out(`${left.join("")}${options.tree}: ${summary}\n`);
  return EXIT.holds;
}

function placeOf({ tree, commit }: IndexArguments): Place {
  if (commit === undefined) return { kind: "folder", root: rootOf(tree) };
  const repository = requireRepository(tree);
  return { kind: "commit", repository, commit: requireCommit(repository, commit) };
}

function summaryOf({ files, functions, unread, cacheBytes }: TreeIndex, seconds: number): string {
  const left = unread.length > 0 ? ` (${unread.length} left out)` : "";
  const kept = cacheBytes > 0 ? `${(cacheBytes / 1e6).toFixed(1)} MB kept` : "nothing kept";
  return `${files} files${left}, ${functions} functions, ${seconds.toFixed(1)} s, ${kept}`;
}
