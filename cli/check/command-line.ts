import type { Finding } from "../../functions/finding.ts";
import { shellWord } from "../shell-word.ts";
import type { CheckArguments } from "./options.ts";

/** The command that gives the same report, for a shell. */
export const commandLine = (files: readonly string[], options: CheckArguments): string =>
  ["holdfast", ...commandWords(files, options)].map(shellWord).join(" ");

/** The same as words. */
export function commandWords(files: readonly string[], options: CheckArguments): readonly string[] {
  const { function: names, tree, kernel, config, audit, failOn, rules, ignore, shard } = options;
  return [
    ...["check", ...files],
    ...(names ? ["--function", ...names] : []),
    ...(tree === undefined ? [] : ["--tree", tree]),
    ...(kernel === undefined ? [] : ["--kernel", kernel]),
    ...(config === undefined ? [] : ["--config", config]),
    ...(audit === true ? ["--audit"] : []),
    ...(failOn === undefined ? [] : ["--fail-on", failOn]),
    ...(rules === undefined ? [] : ["--rules", ...rules]),
    ...(ignore === undefined ? [] : ["--ignore", ...ignore]),
    ...(shard === undefined ? [] : ["--shard", shard]),
  ];
}

/** What a process is told that checks a part of the files. */
export const wordsOfPart = (files: readonly string[], options: CheckArguments): readonly string[] => [
  ...commandWords(files, options),
  ...(options.explain === true ? ["--explain"] : []),
  ...(options.cache === false ? ["--no-cache"] : []),
  ...(typeof options.cache === "string" ? ["--cache", options.cache] : []),
];

/** The command that gives exactly one finding of a report. */
export function reproduce(finding: Finding, options: CheckArguments): string {
  const { file, function: name, id } = finding;
  const { shard: _, ...whole } = options;
  return `${commandLine([file], { ...whole, function: [name] })} --only ${shellWord(id)}`;
}
