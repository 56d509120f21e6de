import type { Command } from "commander";
import { exampleOf } from "../../functions/examples/index.ts";
import { type RuleEntry, ruleEntries } from "../../functions/rule-ids.ts";
import { InputError } from "../../model/input-error.ts";
import { nearestHint } from "../../model/nearest.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";

export function configure(command: Command): Command {
  return command.argument("[id...]", "rules to explain, each with code that breaks it and what mends it");
}

export async function run({ args }: Command, terminal: Terminal): Promise<ExitCode> {
  const unknown = args.find((id) => !ruleEntries.some((each) => each.id === id));
  if (unknown !== undefined) {
    throw new InputError(
      `unknown rule '${unknown}' ${nearestHint(
        unknown,
        ruleEntries.map(({ id }) => id),
      )}`,
    );
  }
  const told = args.length === 0 ? ruleEntries.map(inShort) : args.flatMap(inFull);
  terminal.out(`${told.join("\n")}\n`);
  return EXIT.holds;
}

const inShort = ({ id, confidence, summary }: RuleEntry): string =>
  `${id.padEnd(WIDTH)} ${confidence.padEnd("audit".length)}  ${summary}`;

const WIDTH = Math.max(...ruleEntries.map(({ id }) => id.length));

function inFull(id: string): readonly string[] {
  const rule = ruleEntries.find((each) => each.id === id);
  const example = exampleOf(id)?.diff.trimEnd().split("\n") ?? [];
  return [
    `${id} (${rule?.confidence === "hard" ? "counts always" : "a hint: check --audit"})`,
    `  ${rule?.summary}`,
    `  on the word of: ${rule?.kernel}`,
    "",
    "  broken (-) and mended (+):",
    "",
    ...example.map((line) => `    ${line}`.trimEnd()),
    "",
    `  taken back at one place by a comment on its line or the one above: /* holdfast: ignore ${id}: REASON */`,
  ];
}
