import type { Command } from "commander";
import { exampleOf } from "../../functions/examples/index.ts";
import { findRule, type RuleEntry, ruleEntries } from "../../functions/rule-ids.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";

export function configure(command: Command): Command {
  return command.argument("[id...]", "rules to explain, each with code that breaks it and what mends it");
}

export async function run({ args }: Command, terminal: Terminal): Promise<ExitCode> {
  const told = args.length === 0 ? ruleEntries.map(inShort) : args.map(findRule).flatMap(inFull);
  terminal.out(`${told.join("\n")}\n`);
  return EXIT.holds;
}

const inShort = ({ id, confidence, summary }: RuleEntry): string =>
  `${id.padEnd(WIDTH)} ${confidence.padEnd("audit".length)}  ${summary}`;

const WIDTH = Math.max(...ruleEntries.map(({ id }) => id.length));

function inFull({ id, confidence, summary, kernel }: RuleEntry): readonly string[] {
  const example = exampleOf(id)?.diff.trimEnd().split("\n") ?? [];
  return [
    `${id} (${confidence === "hard" ? "counts always" : "a hint: check --audit"})`,
    `  ${summary}`,
    `  on the word of: ${kernel}`,
    "",
    "  broken (-) and mended (+):",
    "",
    ...example.map((line) => `    ${line}`.trimEnd()),
    "",
    `  taken back at one place by a comment on its line or the one above: /* holdfast: ignore ${id}: REASON */`,
  ];
}
