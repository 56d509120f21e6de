import type { Command } from "commander";
import { loadScenario, scenarioIds } from "../../model/scenarios/registry.ts";
import type { Scenario } from "../../model/scenarios/scenario.ts";
import { properties } from "../../properties/library.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";

export function configure(command: Command): Command {
  return command.allowExcessArguments(false);
}

export async function run(_: Command, terminal: Terminal): Promise<ExitCode> {
  const scenarios = await Promise.all(scenarioIds.map(loadScenario));
  const told = scenarios.flatMap((each) => (each ? [describe(each)] : []));
  const rules = properties.map(({ name, summary, kernel }) => `  ${name}: ${summary}\n      ${kernel}`);
  terminal.out(`Scenarios\n\n${told.join("\n\n")}\n\nProperties\n\n${rules.join("\n")}\n`);
  return EXIT.holds;
}

function describe({ id, summary, versions, parameters }: Scenario): string {
  const sizes = parameters.map(
    (each) => `    --${each.name} ${each.min}..${each.max} (default ${each.default}): ${each.summary}`,
  );
  const named = versions.map((each) => `    --version ${each.id}: ${each.summary}`);
  return [`  ${id}: ${summary}`, ...named, ...sizes].join("\n");
}
