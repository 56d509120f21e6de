import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";
import { findPrimitive } from "../../model/kernel/table/index.ts";
import type { KernelVersion } from "../../model/kernel/version/version.ts";
import { rootOf } from "../../tree/tree.ts";
import { openCache } from "../cache.ts";
import { progressLine } from "../check/progress.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { effectText, primitiveText } from "../explain/believed.ts";
import type { TreeFunctions } from "../explain/in-tree.ts";
import { rowlessText, unknownText } from "../explain/unknown.ts";
import { chooseKernel, KERNEL_OPTION } from "../kernel.ts";
import { readText } from "../read-file.ts";
import { standingTree } from "../standing-tree.ts";
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
    .argument("<name...>", "a kernel call, or a function of --in or of the tree")
    .option("--in <file>", "a C file whose functions are read for what they do to their callers' locks")
    .option(
      "--tree <dir>",
      "the tree whose kernel is meant, whose functions are told, and that --in is relative to (default: the kernel that this folder is in)",
    )
    .option(...KERNEL_OPTION)
    .addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const { in: file, kernel: named, tree } = command.opts<ExplainArguments>();
  const { version } = chooseKernel(named, readerOf(tree));
  const inferred = file === undefined ? new Map() : await inferredFrom(inTree(file, tree), version);
  const far = file === undefined ? functionsOf(tree, version, terminal) : undefined;
  const told: { readonly name: string; readonly text: string | undefined }[] = [];
  for (const name of command.args) {
    const text = believed(name, inferred, version);
    const isAsked = far && (text === undefined || tree !== undefined);
    const inTree = isAsked ? await (await far())?.textOf(name) : undefined;
    told.push({ name, text: text === undefined ? inTree : text + (inTree ?? "") });
  }
  for (const { text } of told) if (text !== undefined) terminal.out(text);
  const unknown = told.filter(({ text }) => text === undefined).map(({ name }) => name);
  if (unknown.length > 0) throw new InputError(unknownText(unknown));
  return (await hasOpen(command.args, inferred, version)) ? EXIT.bound : EXIT.holds;
}

/** The functions of the tree that is named, or that this folder stands in; it is read where a name is looked up in it. */
function functionsOf(named: string | undefined, version: KernelVersion | undefined, terminal: Terminal) {
  const tree = named ?? standingTree();
  if (tree === undefined) return undefined;
  let opened: Promise<TreeFunctions> | undefined;
  const open = async () => {
    const [{ TreeFunctions }, { openTreeIndex }, { programDigest }, { knowledgeOf }] = await Promise.all([
      import("../explain/in-tree.ts"),
      import("../../tree/index/tree-index.ts"),
      import("../../tree/cache/program.ts"),
      import("../../model/c/knowledge/index.ts"),
    ]);
    const root = rootOf(tree);
    const progress = progressLine(terminal);
    const index = await openTreeIndex({
      place: { kind: "folder", root },
      store: openCache("index", undefined),
      program: programDigest(),
      onRead: (read, all) => progress.show(read, all, " of the tree are read"),
    });
    progress.clear();
    return new TreeFunctions(index, root, knowledgeOf(version));
  };
  return () => (opened ??= open());
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
