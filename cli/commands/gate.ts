import type { Command } from "commander";
import { type Baseline, writeBaseline } from "../../gate/compare/baseline.ts";
import { gate } from "../../gate/gate.ts";
import type { OpenIndex } from "../../gate/judge/informed-judge.ts";
import { replaceText } from "../../model/files/replace-file.ts";
import { loadFormat } from "../../reports/index.ts";
import { reportOfGate } from "../../reports/of-gate.ts";
import { programDigest } from "../../tree/cache/program.ts";
import { openTreeIndex } from "../../tree/index/tree-index.ts";
import { openCache } from "../cache.ts";
import { coloured } from "../colour.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../exit-code.ts";
import { formatName } from "../format.ts";
import { commandLine } from "../gate/command-line.ts";
import { readInput } from "../gate/input.ts";
import { declareGateOptions, type GateArguments } from "../gate/options.ts";
import { chooseKernel } from "../kernel.ts";
import { MANY_PROGRAMS, optimiseLate } from "../optimise-late.ts";
import { readText } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

const AFTER = `
Exit codes: 0 nothing new, or nothing to check; 1 new findings; 2 bad input; 3 not all that the change
touches could be seen: each such place is named.`;

export function configure(command: Command): Command {
  return declareGateOptions(command).addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  optimiseLate(MANY_PROGRAMS);
  const options = command.opts<GateArguments>();
  const print = await loadFormat("gate", formatName(options));
  const { set, tree, after } = await readInput(command.args, options);
  const standing = set.changes.at(-1)?.tree ?? tree;
  const store = openCache("judgements", options.cache);
  const baseline = options.baseline === undefined ? undefined : await loadBaseline(options.baseline);
  const kernel = chooseKernel(options.kernel, standing && ((path) => standing.read(path)?.toString("utf8")));
  const result = await gate(set, {
    kernel,
    wholeTree: options.callers === "tree",
    index: openIndex(options.cache),
    ...(store && { store }),
    ...(tree && { tree }),
    ...(after && { after }),
    ...(options.only !== undefined && { only: options.only }),
    ...(baseline && { baseline }),
  });
  const report = reportOfGate(result, { kernel, command: commandLine(command.args, set, options) });
  const text = print(report, { verbose: options.verbose === true, old: options.old === true });
  terminal.out(coloured(text, formatName(options)));
  if (options.writeBaseline === undefined) return exitCodeOf([report.verdict]);
  replaceText(options.writeBaseline, writeBaseline(result.new, baseline));
  return EXIT.holds;
}

/** The index of the tree that a change applies to, as `check --tree` and `index` have it. */
const openIndex =
  (cache: GateArguments["cache"]): OpenIndex =>
  ({ place }) =>
    openTreeIndex({ place, store: openCache("index", cache), program: programDigest() });

/** Its reader is loaded where it is needed alone: it takes longer than a small patch. */
async function loadBaseline(name: string): Promise<Baseline> {
  const { readBaseline } = await import("../../gate/compare/baseline-file.ts");
  return readBaseline(name, readText(name));
}
