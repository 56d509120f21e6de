import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";
import { formatsOf } from "../../reports/index.ts";
import { wholeNumber } from "../explore/number.ts";
import { declareFormat, type FormatArguments, formatName } from "../format.ts";
import { KERNEL_OPTION } from "../kernel.ts";

/** The options of `holdfast check`. */
export interface CheckArguments extends FormatArguments {
  readonly function?: readonly string[];
  readonly tree?: string;
  readonly kernel?: string;
  /** Id of the one finding to report. */
  readonly only?: string;
  readonly config?: string;
  readonly audit?: boolean;
  readonly failOn?: string;
  readonly explain?: boolean;
  readonly showModel?: boolean;
  readonly exitZero?: boolean;
  readonly terse?: boolean;
  readonly rules?: readonly string[];
  readonly ignore?: readonly string[];
  readonly verbose?: boolean;
  /** `3/8` */
  readonly shard?: string;
  readonly threads?: number;
  /** False with --no-cache. */
  readonly cache?: string | false;
}

export function declareCheckOptions(command: Command): Command {
  const declared = command
    .argument(
      "<file...>",
      "kernel C, as it stands: files, folders (all .c below), 'patterns', @list (a name a line), - for standard input",
    )
    .option("--function <name...>", "check only these functions")
    .option("--tree <dir>", "the tree that files are named relative to")
    .option(...KERNEL_OPTION)
    .option("--config <file>", "JSON: a project's wrappers of primitives, and findings that it takes back")
    .option("--audit", "also hints: exits that leave locks differently, items left on a list")
    .option("--fail-on <confidence>", "audit: with --audit, hints fail the check as well")
    .option("--only <id>", "report this one finding alone, by its id in the JSON")
    .option("--rules <id...>", "judge by these rules alone")
    .option("--ignore <id...>", "leave these rules out")
    .option(
      "--exit-zero",
      "exit 0 whatever is found, as make C=1 CHECK='holdfast check --exit-zero' wants it",
    )
    .option("--shard <i/n>", "check the i-th of n parts of the files, for holdfast merge")
    .option(
      "--threads <n>",
      "how many processes check many files at once (default: one for each processor)",
      (text) => wholeNumber("--threads", text),
    )
    .option(
      "--cache <dir>",
      "where to keep results and the index (default: holdfast in the user's cache folder)",
    )
    .option("--no-cache", "judge all anew, and keep nothing")
    .option("--terse", "a line for each finding")
    .option("--explain", "what turned each path and which decisions matter, in place of the path")
    .option("--show-model", "print the programs that the functions of --function are turned into")
    .option("-v, --verbose", "also the lists behind the counts");
  return declareFormat(declared, formatsOf("check"));
}

/** What `--show-model` can be printed in. */
const MODEL_FORMATS = ["text", "json"];

/** @throws InputError for options that do not go together. */
export function refuseCheckOptions(options: CheckArguments): void {
  const { failOn, audit, showModel, function: names } = options;
  if (showModel === true) {
    if (names === undefined) throw new InputError("--show-model needs --function");
    const format = formatName(options);
    if (!MODEL_FORMATS.includes(format)) {
      throw new InputError(`--show-model has no format '${format}' (valid: ${MODEL_FORMATS.join(", ")})`);
    }
  }
  const apart = { "--function": names, "--only": options.only, "--show-model": showModel };
  for (const [name, value] of Object.entries(options.shard === undefined ? {} : apart))
    if (value !== undefined) throw new InputError(`--shard and ${name} do not go together`);
  if (failOn === undefined) return;
  if (failOn !== "audit") throw new InputError(`unknown confidence '${failOn}' (valid: audit)`);
  if (audit !== true) throw new InputError("--fail-on audit needs --audit");
}
