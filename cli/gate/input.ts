import { readFileSync } from "node:fs";
import type { ChangeSet } from "../../gate/intake/change.ts";
import { readMails } from "../../gate/intake/mails.ts";
import { directoryTree, type Tree } from "../../gate/tree/tree.ts";
import { InputError } from "../../model/input-error.ts";
import type { GateArguments } from "./options.ts";

export interface GateInput {
  readonly set: ChangeSet;
  readonly tree?: Tree;
}

/** Reads what the arguments name. Throws an InputError where it cannot be read or is no change. */
export async function readInput(names: readonly string[], options: GateArguments): Promise<GateInput> {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0) throw new InputError("say one change: a file, or - for stdin");
  const set = await readMails(name, readBytes(name));
  return { set, ...(options.tree !== undefined && { tree: directoryTree(options.tree) }) };
}

function readBytes(name: string): Buffer {
  try {
    return readFileSync(name === "-" ? 0 : name);
  } catch (error) {
    throw new InputError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
