import { type Command, Option } from "commander";
import { formatsOf } from "../../reports/index.ts";
import { declareFormat, type FormatArguments } from "../format.ts";
import { KERNEL_OPTION } from "../kernel.ts";

export interface GateArguments extends FormatArguments {
  readonly tree?: string;
  readonly base?: string;
  readonly after?: string;
  readonly kernel?: string;
  readonly worktree?: boolean;
  readonly index?: boolean;
  readonly callers: string;
  /** False with --no-cache. */
  readonly cache?: string | false;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly only?: string;
  readonly old?: boolean;
  readonly verbose?: boolean;
}

export function declareGateOptions(command: Command): Command {
  const declared = command
    .argument(
      "[change...]",
      "patches, a folder of them, a mail that holds or quotes one, an mbox, BASE..HEAD, a commit, -N for the last N, or - for standard input",
    )
    .option("--tree <dir>", "what the change applies to: a git checkout or a plain directory")
    .option("--base <commit>", "the commit of the tree that the change applies to (default: as it stands)")
    .option(
      "--after <dir>",
      "what the tree becomes, where the change is a part of a larger one: the rest of it stands around both sides",
    )
    .option(...KERNEL_OPTION)
    .option("--worktree", "the change is what is not committed yet in the tree")
    .option("--index", "the change is what stands in the tree's index")
    .addOption(
      new Option("--callers <where>", "where to look for callers of functions whose effect on locks changed")
        .choices(["folder", "tree"])
        .default("tree"),
    )
    .option(
      "--cache <dir>",
      "where to remember what was judged (default: holdfast in the user's cache folder)",
    )
    .option("--no-cache", "judge all anew, and remember nothing")
    .option("--baseline <file>", "findings in it count as old")
    .option("--write-baseline <file>", "write the new findings down as a baseline, and exit 0")
    .option("--only <digest>", "report this one finding alone")
    .option("--old", "also report findings that were there before the change")
    .option("-v, --verbose", "the lists behind the counts");
  return declareFormat(declared, formatsOf("gate"));
}
