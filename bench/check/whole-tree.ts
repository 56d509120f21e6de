import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { BIN } from "../timed.ts";
import { type Compared, compareRecall, readRecall } from "./recall.ts";
import type { Finding } from "./run.ts";

/** What is not kernel: programs that run on it or build it. */
export const NOT_KERNEL = /^(?:Documentation|samples|scripts|tools|usr)\//;
/** C files that one process checks: a tree at once would be held in memory as a whole. */
const AT_ONCE = 1_000;

/** The C files of a kernel tree. */
export function kernelFiles(tree: string): readonly string[] {
  return readdirSync(tree, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".c") && !NOT_KERNEL.test(name))
    .sort();
}

/** Prints the hard findings of a whole tree beside what docs/recall.json says of them. */
export function compareWholeTree(tree: string): void {
  const files = kernelFiles(tree);
  const found: Finding[] = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    found.push(...certainIn(tree, files.slice(from, from + AT_ONCE)));
    process.stderr.write(`\r${Math.min(from + AT_ONCE, files.length)} of ${files.length} files`);
  }
  process.stderr.write("\n");
  console.log(summaryOf(compareRecall(readRecall(), found), files.length));
}

/** What a plain check says, as somebody has it who names files and nothing else. Throws where it gives no report. */
function certainIn(tree: string, files: readonly string[]): readonly Finding[] {
  const words = [BIN, "check", "--json", ...files];
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    ...{ cwd: tree, encoding: "utf8", maxBuffer: 2 ** 30 },
  });
  if (!stdout) throw new Error(`no report: ${stderr}`);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  return findings.filter(({ confidence }) => confidence === "hard");
}

/** Counts, then what nobody has read and what is lost, a line each. */
export function summaryOf({ counts, lost, unread }: Compared, files: number): string {
  const { genuine, odd, false: wrong } = counts;
  const lines = (what: string, all: Compared["lost"]) => all.map(({ file, id }) => `${what}: ${file}: ${id}`);
  return [
    `${files} files; hard findings: ${genuine} genuine, ${odd} odd, ${wrong} false, ${unread.length} not read; ${lost.length} genuine ones lost`,
    ...lines("lost", lost),
    ...lines("not read", unread),
  ].join("\n");
}
