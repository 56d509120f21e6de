import type { Command } from "commander";
import { findPrimitive } from "../../model/kernel/table/index.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { effectText, primitiveText } from "../explain/believed.ts";
import { readText } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

export function configure(command: Command): Command {
  return command
    .argument("<name...>", "a kernel call, or a function of --in")
    .option("--in <file>", "a C file whose functions are read for what they do to their callers' locks");
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const { in: file } = command.opts<{ in?: string }>();
  const inferred = file === undefined ? new Map() : await inferredFrom(file);
  for (const name of command.args) terminal.out(believed(name, inferred));
  return EXIT.holds;
}

type Effects = Awaited<ReturnType<typeof inferredFrom>>;

function believed(name: string, inferred: Effects): string {
  const row = findPrimitive(name);
  if (row) return primitiveText(row);
  const effect = inferred.get(name);
  return effect ? effectText(effect) : `${name}\n  ${nothing(name, inferred)}\n`;
}

function nothing(name: string, inferred: Effects): string {
  return inferred.has(name)
    ? "leaves its callers' locks and contexts as they are, on the word of: its own body"
    : "not known: taken to leave locks and contexts alone";
}

async function inferredFrom(file: string) {
  const { checkSource } = await import("../../checker/functions/check.ts");
  const { effects = new Map() } = await checkSource({ file, text: readText(file) });
  return effects;
}
