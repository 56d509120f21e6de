import { shellWord } from "../shell-word.ts";

/** A model as the command line names it, and all options of the run. */
export interface Explored {
  /** Absent for all versions of the scenario that `--all` is about. */
  readonly name?: string;
  /** The scenario's own options, as the user wrote them. */
  readonly words: readonly string[];
  readonly options: object;
}

/** Options that decide what is explored and how far, by their names in the parsed command line. */
const FLAGS = [
  ["version", "--version"],
  ["property", "--property"],
  ["maxStates", "--max-states"],
  ["maxDepth", "--max-depth"],
  ["maxTime", "--max-time"],
  ["maxMemory", "--max-memory"],
  ["workers", "--workers"],
  ["hashCompact", "--hash-compact"],
  ["resume", "--resume"],
  ["keepGoing", "--keep-going"],
] as const;

/** The command that explores the same again, for a shell. `again`: how to walk the same random ways. */
export function commandLine({ name, words, options }: Explored, again: readonly string[] = []): string {
  const given = new Map<string, unknown>(Object.entries(options));
  const flags = FLAGS.flatMap(([key, flag]) => {
    const value = given.get(key);
    if (value === undefined || value === false) return [];
    return value === true ? [flag] : [flag, ...[value].flat().map(String)];
  });
  const backEnd = given.get("backEnd");
  const engine = [
    ...(given.get("reduce") === false ? ["--no-reduce"] : []),
    ...(backEnd === undefined || backEnd === "auto" ? [] : ["--back-end", String(backEnd)]),
  ];
  return ["holdfast", "explore", name ?? "--all", ...words, ...flags, ...engine, ...again]
    .map(shellWord)
    .join(" ");
}
