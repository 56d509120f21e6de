import { Command, CommanderError } from "commander";
import { InputError } from "../model/input-error.ts";
import { printable, withoutCommands } from "../model/printable.ts";
import { Undecided } from "../model/undecided.ts";
import type { CommandRow } from "./command.ts";
import { internalError } from "./crash.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** Runs one command line and returns its exit code. Bad input is one line on stderr and code 2. */
export async function dispatch(
  args: readonly string[],
  rows: readonly CommandRow[],
  version: string,
  terminal: Terminal,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.holds;
  const program = describe(rows, version, terminal);
  const wanted = program.commands.find((each) => each.name() === args[0]);
  const row = rows.find((each) => each.name === args[0]);
  let words = args;
  try {
    refuseUnknown(args[0], rows);
    if (wanted && row) {
      const module = await row.load();
      words = module.wordsOf?.(args) ?? args;
      module.configure(wanted).action(async () => {
        code = await module.run(wanted, terminal);
      });
    }
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    return report(error, terminal);
  }
  return code;
}

function refuseUnknown(name: string | undefined, rows: readonly CommandRow[]): void {
  const names = [...rows.map((row) => row.name), "help"];
  if (name === undefined || name.startsWith("-") || names.includes(name)) return;
  throw new InputError(`unknown command '${name}' (valid: ${names.join(", ")})`);
}

function describe(rows: readonly CommandRow[], version: string, terminal: Terminal): Command {
  const program = new Command("holdfast")
    .description("An explicit-state model checker for kernel lock and state invariants.")
    .version(version)
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: (text) => terminal.err(harmless(text)) })
    .addHelpText("after", "\nExit codes: 0 holds, 1 violated, 2 bad input, 3 bound or interruption.");
  for (const { name, summary } of rows) program.command(name).description(summary);
  return program;
}

/** A name on the command line may come from somebody else, as a file in a patch set or a branch does. */
const harmless = (text: string): string => withoutCommands(printable(text));

/** Whatever goes wrong, it is never taken for a verdict. */
function report(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.holds : EXIT.input;
  if (error instanceof Undecided) {
    terminal.err(`undecided: ${harmless(error.message)}\n`);
    return EXIT.bound;
  }
  const isInput = error instanceof InputError;
  terminal.err(isInput ? `error: ${harmless(error.message)}\n` : internalError(error));
  return EXIT.input;
}
