import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";
import { formatsOf } from "../../reports/index.ts";
import { declareFormat, type FormatArguments } from "../format.ts";
import { declareTraceOptions, type TraceOptions } from "../trace/options.ts";
import { declareEngine } from "./engine.ts";
import { declareLimits } from "./limits.ts";

/** The options of `holdfast explore`, beside limits. */
export interface ExploreOptions extends TraceOptions, FormatArguments {
  readonly all?: boolean;
  readonly version?: string;
  readonly property?: readonly string[];
  readonly keepGoing?: boolean;
  readonly random?: boolean;
  readonly seed?: string;
  readonly path?: string;
}

export function declareExploreOptions(command: Command): Command {
  const declared = command
    .option("--all", "explore every version of the madvise scenario and print the property matrix")
    .option("--version <id>", "which version of the scenario (default: the newest)")
    .option("--property <name...>", "judge only these properties")
    .option("--keep-going", "go on past violations, as the kernel does, and show what it would print")
    .option("--random", "walk at random where a model is too big to search; never says that it holds")
    .option("--seed <number>", "with --random: walk the same ways again")
    .option("--path <path>", "with --random and --seed: only the walks of one run");
  const printed = declareFormat(declareTraceOptions(declared), formatsOf("explore"));
  return declareEngine(declareLimits(printed));
}

type Flag = keyof ExploreOptions;

/** What each option cannot go with, and why. */
const EXCLUDED: readonly (readonly [Flag, Flag, string])[] = [
  ["keepGoing", "random", "--keep-going searches in full: leave out --random"],
  ["keepGoing", "all", "--keep-going is about one version: leave out --all"],
  ["shrink", "shrinkByReplay", "--shrink-by-replay is a way to shrink: leave out --shrink"],
  ["all", "version", "--all is about every version: leave out --version"],
  ["all", "property", "--all is about every property: leave out --property"],
  ["all", "trace", "--all keeps no trace: leave out --trace"],
];

const NEEDED: readonly (readonly [Flag, Flag, string])[] = [
  ["seed", "random", "--seed is for --random"],
  ["path", "seed", "--path needs --seed"],
];

/** What reports of a kernel that goes on are told in. */
const KEEP_GOING_FORMATS = ["text", "lockdep"];

/** @throws InputError for options that do not go together. */
export function refuseCombinations(options: ExploreOptions, format: string): void {
  if (options.keepGoing === true && !KEEP_GOING_FORMATS.includes(format)) {
    const name = format === "json" ? "JSON" : format;
    throw new InputError(`--keep-going has no ${name} form (valid: ${KEEP_GOING_FORMATS.join(", ")})`);
  }
  if (options.all === true && format === "lockdep") {
    throw new InputError("--format lockdep is about one version: leave out --all");
  }
  const given = (flag: Flag) => options[flag] !== undefined;
  const wrong =
    EXCLUDED.find(([one, other]) => given(one) && given(other)) ??
    NEEDED.find(([one, other]) => given(one) && !given(other));
  if (wrong) throw new InputError(wrong[2]);
}
