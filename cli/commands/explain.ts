import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";
import { findPrimitive } from "../../model/kernel/table/index.ts";
import type { KernelVersion } from "../../model/kernel/version/version.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { effectText, primitiveText } from "../explain/believed.ts";
import { rowlessText, unknownText } from "../explain/unknown.ts";
import { chooseKernel, KERNEL_OPTION } from "../kernel.ts";
import { readText } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { inTree, readerOf } from "../tree.ts";

interface ExplainArguments {
  readonly in?: string;
  readonly tree?: string;
  readonly kernel?: string;
}

const AFTER = `
Exit codes: 0 all are told; 2 bad input, or a name that nothing is known of; 3 a function of --in was not understood.`;

export function configure(command: Command): Command {
  return command
    .argument("<name...>", "a kernel call, or a function of --in")
    .option("--in <file>", "a C file whose functions are read for what they do to their callers' locks")
    .option("--tree <dir>", "the tree whose kernel is meant, and that --in is relative to")
    .option(...KERNEL_OPTION)
    .addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const { in: file, kernel: named, tree } = command.opts<ExplainArguments>();
  const { version } = chooseKernel(named, readerOf(tree));
  const inferred = file === undefined ? new Map() : await inferredFrom(inTree(file, tree), version);
  const told = command.args.map((name) => ({ name, text: believed(name, inferred, version) }));
  for (const { text } of told) if (text !== undefined) terminal.out(text);
  const unknown = told.filter(({ text }) => text === undefined).map(({ name }) => name);
  if (unknown.length > 0) throw new InputError(unknownText(unknown));
  return (await hasOpen(command.args, inferred, version)) ? EXIT.bound : EXIT.holds;
}

/** Whether one of the functions was not understood; what tells so is loaded where functions were read. */
async function hasOpen(
  names: readonly string[],
  inferred: Effects,
  version: KernelVersion | undefined,
): Promise<boolean> {
  if (inferred.size === 0) return false;
  const { NOT_SUMMARISED } = await import("../../functions/unsummarised.ts");
  return names.some((name) => !findPrimitive(name, version) && inferred.get(name)?.source === NOT_SUMMARISED);
}

type Effects = Awaited<ReturnType<typeof inferredFrom>>;

/** Undefined where nothing is known. */
function believed(name: string, inferred: Effects, version: KernelVersion | undefined): string | undefined {
  const row = findPrimitive(name, version);
  if (row) return primitiveText(row);
  const effect = inferred.get(name);
  if (effect) return effectText(effect);
  return inferred.has(name) ? `${name}\n  ${NEUTRAL}\n` : rowlessText(name, version);
}

const NEUTRAL = "leaves its callers' locks and contexts as they are, on the word of: its own body";

async function inferredFrom(file: string, version: KernelVersion | undefined) {
  const { checkSource } = await import("../../functions/check.ts");
  const { knowledgeOf } = await import("../../model/c/knowledge/index.ts");
  const { effects = new Map<string, undefined>(), defined = [] } = await checkSource(
    { file, text: readText(file) },
    { knowledge: knowledgeOf(version) },
  );
  return new Map([...defined.map((name) => [name, undefined] as const), ...effects]);
}
