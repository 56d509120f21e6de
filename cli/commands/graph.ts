import { extname } from "node:path";
import type { Command } from "commander";
import { replaceText } from "../../model/files/replace-file.ts";
import { InputError } from "../../model/input-error.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { findFamily } from "../explore/family.ts";
import type { Terminal } from "../terminal.ts";

interface GraphOptions {
  readonly version?: string;
  readonly property?: readonly string[];
  readonly output?: string;
}

const FORMATS = [".dot", ".svg"];

export function configure(command: Command): Command {
  return command
    .argument("<scenario>", "a scenario's id, or the path of a model")
    .option("--version <id>", "which version of the scenario (default: the newest)")
    .option("--property <name...>", "mark where these properties are violated (default: all)")
    .option("-o, --output <file>", `where to: ${FORMATS.join(" or ")} (default: Graphviz' language, printed)`)
    .allowUnknownOption()
    .allowExcessArguments();
}

/** Draws every reachable state of a small model and the steps between them. */
export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const [name = "", ...words] = command.args;
  const { version, property, output } = command.opts<GraphOptions>();
  const format = output === undefined ? ".dot" : formatOf(output);
  const { subject } = await findFamily({ name, version, words });
  const model = subject.judgedBy(wanted(property, subject.properties));
  const { stateGraph } = await import("../../counterexamples/graph/state-graph.ts");
  const { toDot, toSvg } = await import("../../counterexamples/graph/dot.ts");
  const dot = toDot(model, stateGraph(model));
  const drawing = format === ".svg" ? await toSvg(dot) : dot;
  if (output === undefined) terminal.out(drawing);
  else replaceText(output, drawing);
  return EXIT.holds;
}

function formatOf(path: string): string {
  const found = extname(path);
  if (FORMATS.includes(found)) return found;
  throw new InputError(`${path}: unknown kind of drawing (valid: ${FORMATS.join(", ")})`);
}

function wanted(asked: readonly string[] | undefined, valid: readonly string[]): readonly string[] {
  const unknown = asked?.find((each) => !valid.includes(each));
  if (unknown === undefined) return asked ?? valid;
  throw new InputError(`not judged by '${unknown}' (valid: ${valid.join(", ")})`);
}
