import { isAbsolute, join } from "node:path";
import type { Command } from "commander";
import { type CheckOptions, checkSource, type FunctionReport } from "../../checker/functions/check.ts";
import { parseConfig, withConfig } from "../../model/c/program/config.ts";
import { tableKnowledge } from "../../model/c/program/knowledge.ts";
import { checkReport } from "../check/check-report.ts";
import { type CheckArguments, declareCheckOptions, refuseCheckOptions } from "../check/options.ts";
import { checkText } from "../check/text.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import { readText } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

const AFTER = `
Exit codes: 0 holds or nothing to check, 1 findings, 2 bad input, 3 some function was not modelled in full.`;

export function configure(command: Command): Command {
  return declareCheckOptions(command).addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const options = command.opts<CheckArguments>();
  refuseCheckOptions(options);
  const parts: FunctionReport[] = [];
  const configured = configuredBy(options.config);
  for (const file of command.args) parts.push(await checkFile(file, options, configured));
  for (const warning of parts.flatMap(({ warnings }) => warnings ?? []))
    terminal.err(`warning: ${warning}\n`);
  const report = checkReport(parts, options.failOn === "audit");
  terminal.out(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : checkText(report, options));
  return exitCodeOf([report.verdict]);
}

function checkFile(
  file: string,
  { tree, function: functions, audit }: CheckArguments,
  configured: CheckOptions,
): Promise<FunctionReport> {
  const chosen = { ...configured, ...(functions && { functions }), ...(audit === true && { audit }) };
  return checkSource({ file, text: read(file, tree) }, chosen);
}

function configuredBy(file: string | undefined): CheckOptions {
  if (file === undefined) return {};
  const config = parseConfig(file, readText(file));
  return { knowledge: withConfig(tableKnowledge, config), suppress: config.suppress };
}

function read(file: string, tree: string | undefined): string {
  return readText(tree === undefined || isAbsolute(file) ? file : join(tree, file));
}
