import { readlinkSync, statSync } from "node:fs";
import type { ChangeSet } from "../../gate/intake/change.ts";
import { systemCode } from "../../model/files/system-error.ts";
import { shellWord } from "../shell-word.ts";
import type { GateArguments } from "./options.ts";

/** The command that asks the same again, for a shell; ranges by the commits that they stood for. */
export function commandLine(names: readonly string[], set: ChangeSet, options: GateArguments): string {
  const ranged = set.changes.some(({ commit }) => commit !== undefined);
  const inputs = ranged ? [set.name] : filesOf(names, options);
  const tree = options.tree === undefined ? [] : ["--tree", options.tree];
  const base = options.base === undefined ? [] : ["--base", options.base];
  const after = options.after === undefined ? [] : ["--after", options.after];
  const kernel = options.kernel === undefined ? [] : ["--kernel", options.kernel];
  const flags = [...(options.worktree ? ["--worktree"] : []), ...(options.index ? ["--index"] : [])];
  const callers = options.callers === "folder" ? ["--callers", "folder"] : [];
  const baseline = options.baseline === undefined ? [] : ["--baseline", options.baseline];
  return [
    "holdfast",
    "gate",
    ...inputs,
    ...tree,
    ...base,
    ...after,
    ...kernel,
    ...flags,
    ...callers,
    ...baseline,
  ]
    .map(shellWord)
    .join(" ");
}

/** With no name at all, standard input was read. */
function filesOf(names: readonly string[], { worktree, index }: GateArguments): readonly string[] {
  const given = names.length > 0 || worktree || index ? names : ["-"];
  return given.map((name) => (name === "-" ? standardInputName() : name));
}

const HERE = "/proc/self/fd/0";

/** The file that standard input is read from, where it is one; else `-`, as what a pipe brings has no name. */
export function standardInputName(link = HERE): string {
  try {
    const path = readlinkSync(link);
    return statSync(path).isFile() ? path : "-";
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return "-";
  }
}
